import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import SQLiteHistory

/// A history driven as the poller drives it, by hand-made time: what unchanged polls cost, and what they leave behind.
struct HistoryBench {
    let place: HistoryPlace
    let domains: Int

    private struct Watched {
        let domain: DomainName
        var memory = DomainMemory()
    }

    /// Facts that one domain's verdict rests on: record, policy, MX set, TLSRPT; the hosts' are shared.
    private static let factsOfADomain = 4

    /// Polls every domain so often without any change.
    /// - Returns: microseconds a fact, one figure a poll of all domains, what the batch at its end costs included.
    func run(polls: Int) async throws -> [Double] {
        let history = try SQLiteHistory(place, user: "bench")
        var watched = (0..<domains).compactMap { DomainName("customer-\($0).example") }.map { Watched(domain: $0) }
        var figures: [Double] = []
        var now = Date(timeIntervalSince1970: 1_795_521_600)
        for poll in 0..<polls {
            var spent = Duration.zero
            for start in stride(from: 0, to: watched.count, by: 500) {
                // As the poller does: judged first, then handed over together.
                let entries = (start..<min(start + 500, watched.count)).map { entry(&watched[$0], now) }
                let begun = ContinuousClock.now
                _ = await history.append(entries)
                spent += ContinuousClock.now - begun
            }
            let begun = ContinuousClock.now
            await history.flush()
            spent += ContinuousClock.now - begun
            // The first poll is no unchanged one.
            if poll > 0 { figures.append(spent / .microseconds(1) / Double(domains * Self.factsOfADomain)) }
            now += 300
        }
        await history.flush(all: true)
        return figures
    }

    private func entry(_ watched: inout Watched, _ now: Date) -> HistoryEntry {
        let evidence = Self.evidence(watched.domain, now)
        watched.memory = watched.memory.observing(evidence, now: now)
        let judged = assess(evidence, memory: watched.memory, now: now)
        return HistoryEntry(
            domain: watched.domain, changes: [], memory: watched.memory, assessment: watched.memory.stamp(judged),
            evidence: evidence)
    }

    private static let since = Date(timeIntervalSince1970: 1_795_521_600)

    /// What is seen of a domain that is in order.
    /// - Parameters:
    ///   - offersTLS: false: its MX host has none.
    ///   - maxAge: of its policy, in seconds.
    static func evidence(
        _ domain: DomainName, _ now: Date, offersTLS: Bool = true, maxAge: Int = 604_800
    ) -> DomainEvidence {
        func seen<Value>(_ value: Value) -> Observed<Value> { Observed(value, since: since, at: now) }
        let pool = domain.text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } % 20
        guard let host = DomainName("mx.pool-\(pool).example"), let policyHost = domain.prefixed("mta-sts"),
            let address = IPAddress(bytes: [127, 0, 1, UInt8(pool)])
        else { return DomainEvidence(domain: domain) }
        let body = "version: STSv1\r\nmode: enforce\r\nmx: *.pool-\(pool).example\r\nmax_age: \(maxAge)\r\n"
        let key = SessionKey(address: address, port: 25, serverName: host)
        let hosts = [
            HostEvidence(
                host: host,
                addresses: seen(
                    HostAddresses(
                        ipv4: DNSAnswer(.found([address]), dnssec: .insecure),
                        ipv6: DNSAnswer(.noData, dnssec: .insecure))),
                sessions: [
                    seen(
                        SessionEvidence(
                            key: key, outcome: .ok, starttls: offersTLS ? .offered : .missing,
                            tls: offersTLS ? session(host.text) : nil,
                            dialogue: SMTPDialogue(lines: [.init(.server, bytes: Array("220 \(host) ESMTP".utf8))]),
                            connectMilliseconds: 12, tlsMilliseconds: 5))
                ])
        ]
        return DomainEvidence(
            domain: domain,
            record: seen(DNSAnswer(.found([TXTRecord("v=STSv1; id=20261124")]), dnssec: .insecure, ttl: 300)),
            policy: seen(
                PolicyFetch(
                    host: policyHost, address: address, status: 200, contentType: "text/plain", body: Array(body.utf8),
                    tls: session(policyHost.text), milliseconds: 12)),
            mx: seen(DNSAnswer(.found([MXHost(preference: 10, host: host)]), dnssec: .insecure, ttl: 300)),
            tlsrpt: seen(DNSAnswer(.noName, dnssec: .insecure)), hosts: hosts)
    }

    private static func session(_ name: String) -> TLSSession {
        // As long as real ones are: a leaf of its own, an intermediate that is shared.
        let leaf = Array(name.utf8) + [UInt8](repeating: 0x30, count: 1_100)
        let intermediate = [UInt8](repeating: 0x31, count: 1_200)
        let facts = CertificateFacts(
            subject: "CN=\(name)", issuer: "CN=ca", issuerShort: "ca", names: [name],
            notBefore: since.addingTimeInterval(-86_400), notAfter: since.addingTimeInterval(60 * 86_400),
            key: "EC P-256", keyBits: 256, signature: "ecdsa-with-SHA256", isSelfSigned: false, sha256: name,
            publicKeySHA256: name)
        return TLSSession(
            version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [leaf, intermediate]),
            certificates: [facts], trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
    }
}
