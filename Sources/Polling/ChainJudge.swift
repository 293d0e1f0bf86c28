public import Evidence
public import MTASTS

/// Judges a stored chain for all dates, without the network.
public protocol ChainJudge: Sendable {
    /// The facts of each certificate that can be read, leaf first.
    func certificates(of chain: CertificateChain) -> [CertificateFacts]
    /// When the chain is trusted by the trust store; names are not looked at.
    func trust(of chain: CertificateChain) -> TrustTimeline
    /// What the TLSA records say of the chain (RFC 7672 3, digest agility by RFC 7671 9).
    /// - Parameter names: the reference identifiers for usage 2: the TLSA base domain and the policy domain's own
    ///   MX host name; ignored for usage 3.
    func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline
}
