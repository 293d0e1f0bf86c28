import Deliverability
import Evidence
import Foundation
import MTASTS
import Testing

@testable import Report

@Suite struct TraceReportTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)

    /// A domain of this name with no record, and no MX that could be had.
    private func trace(_ domain: String, _ sender: SenderClass = .mtaSTS) throws -> SenderTrace {
        let name = try #require(DomainName(domain))
        let evidence = DomainEvidence(
            domain: name, record: Observed(DNSAnswer(.noName, dnssec: .insecure, milliseconds: 12), at: now),
            mx: Observed(DNSAnswer(.failed(.serverFailure), dnssec: .unknown, milliseconds: 123_456), at: now))
        let assessment = assess(evidence, memory: DomainMemory(), now: now)
        return try #require(SenderTrace(sender, evidence: evidence, assessment: assessment))
    }

    @Test func printsColumns() throws {
        let text = TraceReport(try trace("example.com")).text
        let expected = """
            What a sender does now: mta-sts, to example.com
              1 TXT _mta-sts.example.com           no record: no MTA-STS here    12ms  -
              2 policy file of mta-sts.example.com not asked: no record                -
              3 MX example.com                     SERVFAIL                      >99s  FAIL
              4 result                             no usable policy record: as         -
                                                   any sender (refused)

            """
        #expect(text == expected)
    }

    @Test func fits80Columns() throws {
        let long = String(repeating: "a", count: 63) + "." + String(repeating: "b", count: 63) + ".example"
        for sender in SenderTrace.classes {
            let text = TraceReport(try trace(long, sender)).text
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 79 && $0.last != " " })
        }
    }

    @Test func keepsTheKeys() throws {
        let data = try JSONEncoder().encode(TraceReport(try trace("example.com")))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(object.keys) == ["sender", "delivery", "steps"])
        #expect(object["sender"] as? String == "mta-sts")
        let steps = try #require(object["steps"] as? [[String: Any]])
        #expect(steps.count == 4)
        for step in steps { #expect(Set(step.keys) == ["number", "what", "result", "ms", "outcome", "rfc"]) }
        #expect(steps[0]["ms"] as? Int == 12)
        #expect(steps[3]["ms"] is NSNull)
    }

    @Test func exitsWithTheWorstOverTheSenders() {
        #expect(ExitStatus.worst(of: [.delivers, .none, .delivers]) == 0)
        #expect(ExitStatus.worst(of: [.unknown, .partial]) == 1)
        #expect(ExitStatus.worst(of: [.unknown, .delivers]) == 3)
        #expect(ExitStatus.worst(of: [.partial, .refused, .unknown]) == 2)
    }
}
