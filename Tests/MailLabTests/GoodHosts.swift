import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Synchronization

/// Values from any thread, in the order in which they came.
final class Recorded<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func append(_ value: Value) { values.withLock { $0.append(value) } }

    var all: [Value] { values.withLock { $0 } }
}

/// Every policy host in order, without a socket: it enforces for the hosts of `harbour.example`.
struct GoodPolicyHost: PolicyFetcher {
    func fetch(host: DomainName, addresses: [IPAddress], aliases: [DomainName]) async -> PolicyFetch {
        let body = "version: STSv1\nmode: enforce\nmx: *.harbour.example\nmax_age: 604800\n"
        return PolicyFetch(
            host: host, address: addresses.first, aliases: aliases, status: 200, contentType: "text/plain",
            body: Array(body.utf8), tls: .good(for: host))
    }
}

/// Every MX host in order, without a socket.
struct GoodMailHost: SMTPProber {
    func probe(_ key: SessionKey) async -> SessionEvidence {
        SessionEvidence(key: key, outcome: .ok, starttls: .offered, tls: .good(for: key.serverName))
    }

    func survey(_ session: SessionEvidence) async -> TLSSurvey {
        TLSSurvey(
            key: session.key, leaf: session.tls?.leaf?.sha256, otherKey: .refused("no shared signature"),
            withoutName: .notAsked)
    }
}

/// Trusts every chain, and lets the first usable TLSA record match.
struct GoodJudge: ChainJudge {
    func certificates(of chain: CertificateChain) -> [CertificateFacts] { [] }

    func trust(of chain: CertificateChain) -> TrustTimeline {
        TrustTimeline([.init(from: .distantPast, trust: .trusted)])
    }

    func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline {
        let match = records.first(where: \.isUsable).map { DANEMatch.match($0) } ?? .unusable
        return DANETimeline([.init(from: .distantPast, match: match)])
    }
}

extension TLSSession {
    /// A session with a certificate for the host that is good for sixty days.
    fileprivate static func good(for host: DomainName) -> TLSSession {
        let end = Date().addingTimeInterval(60 * 86_400)
        let leaf = CertificateFacts(
            subject: "CN=\(host)", issuer: "CN=R11", issuerShort: "R11", names: [host.text],
            notBefore: end.addingTimeInterval(-90 * 86_400), notAfter: end, key: "EC P-256", keyBits: 256,
            signature: "ecdsa-with-SHA256", isSelfSigned: false, sha256: "aa", publicKeySHA256: "aa")
        return TLSSession(
            version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [[1]]),
            certificates: [leaf], trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
    }
}
