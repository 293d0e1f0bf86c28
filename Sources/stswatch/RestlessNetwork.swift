import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import Synchronization

/// A network in memory where nothing stays as it is: each domain's record, policy and servers turn every few looks,
/// so that a history has something to keep at every moment.
final class RestlessNetwork: Resolver, PolicyFetcher, SMTPProber, ChainJudge {
    private let looks = Mutex<[String: Int]>([:])
    private static let trust = TrustTimeline([.init(from: .distantPast, trust: .trusted)])
    /// Another run goes on elsewhere in the cycle.
    private let seed = Int.random(in: 0..<1_000_000)

    /// Which turn a name is in; each lasts so many looks.
    private func turn(_ name: String, lasting length: Int) -> Int {
        let look = looks.withLock { looks in
            looks[name, default: 0] += 1
            return looks[name] ?? 0
        }
        return seed + look / length
    }

    func txt(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TXTRecord]> {
        guard name.text.hasPrefix("_mta-sts.") else { return DNSAnswer(.noName, dnssec: .insecure) }
        return DNSAnswer(
            .found([TXTRecord("v=STSv1; id=\(turn(name.text, lasting: 9))")]), dnssec: .insecure, ttl: 1)
    }

    func mx(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[MXHost]> {
        DNSAnswer(.found([MXHost(preference: 10, host: name.prefixed("mx"))]), dnssec: .insecure, ttl: 1)
    }

    func addresses(_ name: DomainName, fresh: Bool) async -> HostAddresses {
        let address = name.text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xff_ffff }
        let bytes = [127, UInt8(address >> 16 & 0xff), UInt8(address >> 8 & 0xff), UInt8(address & 0xff)]
        return HostAddresses(
            ipv4: DNSAnswer(.found([IPAddress(bytes: bytes)].compactMap { $0 }), dnssec: .insecure),
            ipv6: DNSAnswer(.noData, dnssec: .insecure))
    }

    func tlsa(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TLSARecord]> {
        DNSAnswer(.noName, dnssec: .insecure)
    }

    func health() async -> ResolverHealth { .validating }

    func fetch(host: DomainName, addresses: [IPAddress], aliases: [DomainName]) async -> PolicyFetch {
        let domain = host.text.dropFirst("mta-sts.".count)
        let body = "version: STSv1\nmode: enforce\nmx: mx.\(domain)\nmax_age: \(86_400 + turn(host.text, lasting: 7))\n"
        return PolicyFetch(
            host: host, address: addresses.first, status: 200, contentType: "text/plain", body: Array(body.utf8),
            tls: session(host, 0))
    }

    func probe(_ key: SessionKey) async -> SessionEvidence {
        let turn = turn(key.serverName.text, lasting: 4)
        guard turn % 2 == 0 else { return SessionEvidence(key: key, outcome: .ok, starttls: .missing) }
        return SessionEvidence(key: key, outcome: .ok, starttls: .offered, tls: session(key.serverName, turn / 8))
    }

    func survey(_ session: SessionEvidence) async -> TLSSurvey {
        TLSSurvey(
            key: session.key, leaf: session.tls?.leaf?.sha256, otherKey: .refused("one key only"),
            withoutName: .notAsked)
    }

    private func session(_ host: DomainName, _ serial: Int) -> TLSSession {
        let der = Array("certificate \(serial) of \(host)".utf8)
        let facts = CertificateFacts(
            subject: "CN=\(host)", issuer: "CN=ca", issuerShort: "ca", names: [host.text],
            notBefore: .distantPast, notAfter: .distantFuture, key: "EC P-256", keyBits: 256,
            signature: "ecdsa-with-SHA256", isSelfSigned: false, sha256: "\(serial) \(host)",
            publicKeySHA256: "\(host)")
        return TLSSession(
            version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [der]),
            certificates: [facts], trust: Self.trust)
    }

    func certificates(of chain: CertificateChain) -> [CertificateFacts] { [] }
    func trust(of chain: CertificateChain) -> TrustTimeline { Self.trust }
    func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline {
        DANETimeline([.init(from: .distantPast, match: .unusable)])
    }
}
