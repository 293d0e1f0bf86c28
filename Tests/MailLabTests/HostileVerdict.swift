import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Report
import Testing

@testable import MailLab

/// What the program makes of a look at a domain that is in order but for what a stranger answered, and every text
/// of it that can reach a terminal or a file.
struct HostileVerdict {
    static let domain = "harbour.example"
    static let mxHost = "mx1.harbour.example"
    static let policyHost = "mta-sts.harbour.example"
    static let policy = LabPolicyReply.policy("enforce", mx: [mxHost])

    let assessment: Assessment
    private let status: DomainStatus
    private let now: Date

    /// - Parameters:
    ///   - session: nil for an MX that was not looked at yet.
    ///   - fetch: nil for a policy in order.
    ///   - mx: nil for the MX host of the lab.
    ///   - record: nil for a record in order.
    init(
        session: SessionEvidence? = nil, fetch: PolicyFetch? = nil, mx: DNSAnswer<[MXHost]>? = nil,
        record: DNSAnswer<[TXTRecord]>? = nil, now: Date = Date()
    ) throws {
        func seen<Value>(_ value: Value) -> Observed<Value> { Observed(value, at: now) }
        let domain = try name(Self.domain)
        let host = try name(Self.mxHost)
        let good = PolicyFetch(
            host: try name(Self.policyHost), status: 200, contentType: "text/plain", body: Self.policy.body)
        let addresses = session.map { session in
            HostAddresses(
                ipv4: DNSAnswer(.found([session.key.address]), dnssec: .insecure),
                ipv6: DNSAnswer(.noData, dnssec: .insecure))
        }
        let evidence = DomainEvidence(
            domain: domain,
            record: seen(
                record ?? DNSAnswer(.found([TXTRecord("v=STSv1; id=1;")]), dnssec: .insecure, ttl: 300)),
            policy: seen(fetch ?? good),
            mx: seen(mx ?? DNSAnswer(.found([MXHost(preference: 10, host: host)]), dnssec: .insecure)),
            tlsrpt: seen(DNSAnswer(.noData, dnssec: .insecure)),
            hosts: [
                HostEvidence(host: host, addresses: addresses.map(seen), sessions: session.map { [seen($0)] } ?? [])
            ])
        self.now = now
        assessment = assess(evidence, memory: DomainMemory(), now: now)
        status = DomainStatus(domain: domain, assessment: assessment, evidence: evidence)
    }

    var codes: [FindingCode] { assessment.findings.map(\.code) }

    func finding(_ code: FindingCode) -> Finding? { assessment.findings.first { $0.code == code } }

    /// JSON and text report.
    func reports() throws -> [(name: String, text: String)] {
        let json = try JSONEncoder().encode(DomainReport(status, now: now))
        return [("json", String(decoding: json, as: UTF8.self)), ("text report", TextReport.text(status, now: now))]
    }

    /// The reports, and the screen: the overview and each tab of the detail, the dialogue also scrolled.
    func texts() throws -> [(name: String, text: String)] {
        var texts = try reports()
        for (width, height) in [(200, 60), (80, 24)] {
            let size = Size(width: width, height: height)
            var model = Model(now: now)
            for message in [.resized(size), .tick(now), .listed([WatchedDomain(status.domain)]), .assessed([status])]
                as [Message]
            {
                _ = update(&model, message)
            }
            texts.append(("overview \(width)", view(model, size: size).dump))
            for tab in "1234" {
                _ = update(&model, .key(.character(tab)))
                for page in 0..<(tab == "3" ? 2 : 1) {
                    texts.append(("tab \(tab), page \(page), width \(width)", view(model, size: size).dump))
                    _ = update(&model, .key(.pageDown))
                }
            }
        }
        return texts
    }

    /// Fails for the first text that has a byte which is not printable ASCII, line ends aside.
    func expectNothingRaw(_ comment: String) throws {
        for (name, text) in try texts() {
            let raw = text.utf8.filter { !(0x20...0x7e).contains($0) && $0 != 0x0a }
            #expect(raw.isEmpty, "\(comment), \(name): \(raw.prefix(20)) in \(text.debugDescription.prefix(4_000))")
        }
    }
}

extension SessionEvidence {
    /// Bytes that are kept of the conversation.
    var keptBytes: Int { dialogue.lines.reduce(0) { $0 + $1.bytes.count } }
}
