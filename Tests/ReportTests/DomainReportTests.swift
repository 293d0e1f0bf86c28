import Deliverability
import Evidence
import Foundation
import MTASTS
import Testing

@testable import Report

/// The keys of the contract: additions are seen here, renames break here.
@Suite struct DomainReportTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func object(_ status: DomainStatus, changes: [Change] = []) throws -> [String: Any] {
        let data = try JSONEncoder().encode(DomainReport(status, changes: changes, now: now))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func keys(_ value: Any?) -> Set<String> { Set(((value as? [String: Any]) ?? [:]).keys) }

    private func first(_ value: Any?) -> [String: Any] { (value as? [[String: Any]])?.first ?? [:] }

    private func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

    /// One host whose certificate runs out, so that findings and forecast have entries.
    private func status() throws -> DomainStatus {
        let (domain, host) = (try name("example.com"), try name("mx1.example.com"))
        let address = try #require(IPAddress("192.0.2.1"))
        let end = now.addingTimeInterval(3 * 86_400)
        let trust = TrustTimeline([
            .init(from: .distantPast, trust: .trusted),
            .init(from: end, trust: .expired(subject: "CN=x", notAfter: end)),
        ])
        func session(_ names: [String]) -> TLSSession {
            let facts = CertificateFacts(
                subject: "CN=x", issuer: "CN=ca", issuerShort: "ca", names: names,
                notBefore: now.addingTimeInterval(-87 * 86_400), notAfter: end, key: "EC P-256", keyBits: 256,
                signature: "x", isSelfSigned: false, sha256: "aa", publicKeySHA256: "aa")
            return TLSSession(
                version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [[1]]),
                certificates: [facts], trust: trust)
        }
        func seen<Value>(_ value: Value) -> Observed<Value> { Observed(value, at: now) }
        let policyHost = try name("mta-sts.example.com")
        let body = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmax_age: 604800\r\nnote: \u{fc}\r\n"
        let evidence = DomainEvidence(
            domain: domain,
            record: seen(DNSAnswer(.found([TXTRecord("v=STSv1; id=1")]), dnssec: .insecure, ttl: 300)),
            policy: seen(
                PolicyFetch(
                    host: policyHost, status: 200, contentType: "text/plain", body: Array(body.utf8),
                    tls: session([policyHost.text]), milliseconds: 12)),
            mx: seen(DNSAnswer(.found([MXHost(preference: 10, host: host)]), dnssec: .secure)),
            tlsrpt: seen(DNSAnswer(.noData, dnssec: .insecure)),
            hosts: [
                HostEvidence(
                    host: host,
                    addresses: seen(
                        HostAddresses(
                            ipv4: DNSAnswer(.found([address]), dnssec: .insecure),
                            ipv6: DNSAnswer(.noData, dnssec: .insecure))),
                    tlsa: seen(TLSALookup(base: host, answer: DNSAnswer(.noData, dnssec: .insecure))),
                    sessions: [
                        seen(
                            SessionEvidence(
                                key: SessionKey(address: address, port: 25, serverName: host), outcome: .ok,
                                starttls: .offered, tls: session([host.text]), connectMilliseconds: 1,
                                tlsMilliseconds: 5))
                    ])
            ])
        return DomainStatus(
            domain: domain, assessment: assess(evidence, memory: DomainMemory(), now: now), evidence: evidence)
    }

    @Test func everyKeyOfTheContractIsThere() throws {
        let change = Change(
            id: 1, domain: try name("example.com"), at: now, code: .certificateExpiring, stateBefore: .ok,
            stateAfter: .risk, before: "OK", after: "mx1 cert expires", turns: [], impact: "nobody yet", fix: "x")
        let report = try object(try status(), changes: [change])
        #expect(
            keys(report) == [
                "schema", "domain", "checkedAt", "state", "bouncesAt", "protectionEndsAt", "queuesGiveUp",
                "versionsKnownSince", "senders", "record", "policy", "tlsrpt", "mx", "forecast", "findings", "changes",
            ])
        let senders = report["senders"] as? [String: Any]
        #expect(keys(senders) == ["mta-sts", "cached", "dane", "opportunistic"])
        #expect(keys(senders?["mta-sts"]) == ["delivery", "enforced", "since", "until", "reason"])
        #expect(keys(senders?["dane"]) == ["delivery"])
        #expect(keys(report["record"]) == ["status", "id", "raw", "cname", "ttl", "dnssec"])
        let policy = report["policy"] as? [String: Any]
        #expect(keys(policy) == ["status", "mode", "maxAge", "mx", "body", "http", "certificate"])
        #expect(keys(policy?["http"]) == ["status", "contentType", "bytes", "ms"])
        #expect(keys(policy?["certificate"]) == ["notAfter", "trusted", "nameMatches", "issuer"])
        #expect(keys(report["tlsrpt"]) == ["status", "rua"])
        let mx = report["mx"] as? [String: Any]
        #expect(keys(mx) == ["status", "dnssec", "hosts"])
        let host = first(mx?["hosts"])
        #expect(keys(host) == ["host", "preference", "inPolicy", "tlsa", "addresses"])
        let address = first(host["addresses"])
        #expect(
            keys(address) == ["address", "outcome", "starttls", "tls", "cipher", "dane", "certificate", "ms"])
        #expect(
            keys(address["certificate"]) == [
                "notAfter", "notBefore", "names", "issuer", "key", "trusted", "nameMatches", "sha256",
            ])
        #expect(keys(address["ms"]) == ["connect", "tls"])
        #expect(keys(first(report["forecast"])) == ["at", "sender", "delivery", "because"])
        #expect(
            keys(first(report["findings"])) == [
                "code", "severity", "subject", "senders", "since", "until", "deadline", "evidence", "fix", "tlsrpt",
                "rfc",
            ])
        #expect(keys(first(report["changes"])) == ["at", "code", "before", "after", "impact"])
    }

    @Test func aCachedVerdictHasEveryKeyToo() throws {
        var assessment = try #require(try status().assessment)
        assessment.cached = [
            CachedVerdict(policyID: "1", bodySHA256: "aa", holders: .id, delivery: .refused, until: nil)
        ]
        let report = try object(DomainStatus(domain: assessment.domain, assessment: assessment))
        let senders = report["senders"] as? [String: Any]
        #expect(keys(first(senders?["cached"])) == ["policyId", "bodySha256", "holders", "delivery", "until"])
    }

    @Test func aQueueThatEndsHasEveryKey() throws {
        var assessment = try #require(try status().assessment)
        assessment.queuesGiveUp = [QueueEnd(sender: "Exchange Online", senderClass: .mtaSTS, at: now)]
        let report = try object(DomainStatus(domain: assessment.domain, assessment: assessment))
        let end = first(report["queuesGiveUp"])
        #expect(keys(end) == ["sender", "class", "at"])
        #expect(end["class"] as? String == "mta-sts" && end["at"] as? String == Stamp.text(now))
    }

    @Test func theValuesAreThoseOfTheVerdict() throws {
        let report = try object(try status())
        #expect(report["state"] as? String == "risk")
        #expect(report["bouncesAt"] as? String == Stamp.text(now.addingTimeInterval(3 * 86_400)))
        #expect(report["checkedAt"] as? String == Stamp.text(now))
        let policy = report["policy"] as? [String: Any]
        #expect((policy?["body"] as? String)?.hasSuffix("note: \\xc3\\xbc\r\n") == true)
        let mx = report["mx"] as? [String: Any]
        #expect(mx?["dnssec"] as? String == "secure")
        #expect(first(first(mx?["hosts"])["addresses"])["starttls"] as? String == "offered")
    }

    @Test func nothingSeenIsUnknownWithEveryKey() throws {
        let report = try object(DomainStatus(domain: try name("example.com")))
        #expect(report["state"] as? String == "unknown")
        #expect(report.keys.count == 16)
        let senders = report["senders"] as? [String: Any]
        #expect((senders?["mta-sts"] as? [String: Any])?["delivery"] as? String == "unknown")
    }

    @Test func theTextNamesStateFindingsAndFix() throws {
        let text = TextReport.text(try status(), now: now)
        #expect(text.hasPrefix("example.com  ! RISK  mx1 cert expires in 3d\n"))
        #expect(text.contains("certificate-expiring  mx1.example.com"))
        #expect(text.contains("fix   Renew the certificate on mx1.example.com"))
        #expect(text.contains("bounces in  3d, "))
    }

    @Test func exitStatusIsTheWorstInTheOrderOfTheContract() {
        #expect(ExitStatus.worst([.ok, .unprotected]) == 0)
        #expect(ExitStatus.worst([.ok, .unknown]) == 3)
        #expect(ExitStatus.worst([.unknown, .warning]) == 1)
        #expect(ExitStatus.worst([.risk]) == 1)
        #expect(ExitStatus.worst([.warning, .bouncing, .unknown]) == 2)
        #expect(ExitStatus.worst([]) == 0)
    }
}
