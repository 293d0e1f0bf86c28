public import Evidence
public import MTASTS
public import Polling

/// Judges chains by OpenSSL, each of them once: the verdicts of one trust store are kept by the chain's digest.
public final class OpenSSLChainJudge: ChainJudge {
    private struct DANEKey: Hashable {
        let chain: [UInt8]
        let records: [TLSARecord]
        let names: [DomainName]
    }

    /// The roots that chains are judged by; the caches below hold for this store alone.
    public let store: TrustStore
    private let facts: VerdictCache<[UInt8], [CertificateFacts]>
    private let verdicts: VerdictCache<[UInt8], TrustTimeline>
    private let daneVerdicts: VerdictCache<DANEKey, DANETimeline>

    public convenience init(store: TrustStore) {
        self.init(store: store, capacity: 20_000)
    }

    /// - Parameter capacity: chains that are remembered at most.
    init(store: TrustStore, capacity: Int) {
        self.store = store
        facts = VerdictCache(capacity: capacity)
        verdicts = VerdictCache(capacity: capacity)
        daneVerdicts = VerdictCache(capacity: capacity)
    }

    public func certificates(of chain: CertificateChain) -> [CertificateFacts] {
        facts.value(for: key(of: chain)) { CertificateReader.facts(of: chain) }
    }

    public func trust(of chain: CertificateChain) -> TrustTimeline {
        verdicts.value(for: key(of: chain)) { ChainVerifier(store: store).timeline(of: chain) }
    }

    public func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline {
        daneVerdicts.value(for: DANEKey(chain: key(of: chain), records: records, names: names)) {
            DANEVerifier(chain: chain, records: records, names: names).timeline()
        }
    }

    /// SHA-256 over the certificates' SHA-256, so that the borders between them count.
    private func key(of chain: CertificateChain) -> [UInt8] {
        Digest.sha256(chain.der.flatMap(Digest.sha256))
    }
}
