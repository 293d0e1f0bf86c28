import Evidence
import Testing

@testable import UnboundDNS

@Suite struct FailureReasonsTests {
    private let question = Question(name: "a.example", type: .mx)

    private func line(_ reason: String, at time: Int = 1000, name: String = "a.example.") -> String {
        "[\(time)] libunbound[1:0] error: SERVFAIL <\(name) MX IN>: \(reason)\n"
    }

    private func reasons(_ text: String) -> FailureReasons {
        var reasons = FailureReasons()
        reasons.take(Array(text.utf8)[...])
        return reasons
    }

    @Test func theLastReasonOfAQuestionCounts() {
        let reasons = reasons(line("one") + line("other", name: "b.example.") + "noise\n" + line("two"))
        #expect(reasons.reason(for: question, now: 1000) == "two")
        #expect(reasons.reason(for: Question(name: "a.example", type: .a), now: 1000) == nil)
    }

    @Test func linesMayComeInPieces() {
        var reasons = FailureReasons()
        for byte in line("whole").utf8 { reasons.take([byte]) }
        #expect(reasons.reason(for: question, now: 1000) == "whole")
    }

    @Test func whatTheCacheRepeatsKeepsItsReason() {
        let text = line("first") + line("SERVFAIL in cache", at: 1004) + line("misc failure", at: 1005)
        #expect(reasons(text).reason(for: question, now: 1030) == "first")
        #expect(reasons(line("SERVFAIL in cache")).reason(for: question, now: 1000) == "SERVFAIL in cache")
    }

    @Test func anOldReasonExplainsNothing() {
        #expect(reasons(line("old")).reason(for: question, now: 1031) == nil)
    }

    @Test func memoryIsBounded() {
        let text = (0..<5000).map { line("r", name: "n\($0).example.") }.joined()
        let reasons = reasons(text)
        #expect(reasons.reason(for: Question(name: "n4999.example", type: .mx), now: 1000) == "r")
        #expect(reasons.reason(for: Question(name: "n0.example", type: .mx), now: 1000) == nil)
    }

    @Test(arguments: [
        (nil, LookupFailure.timeout),
        ("all the configured stub or forward servers failed, at zone . upstream server timeout", .timeout),
        ("all servers for this domain failed, at zone a. no server to query nameserver addresses not usable", .timeout),
        ("all servers for this domain failed, at zone a. upstream server timeout and then got SERVFAIL", .timeout),
        ("failed to get a delegation (eg. prime failure)", .timeout),
        ("exceeded the maximum nameserver nxdomains", .timeout),
        ("SERVFAIL in cache", .timeout),
        ("something new", .timeout),
        ("all servers for this domain failed, at zone a. from 192.0.2.1 got SERVFAIL", .serverFailure),
        ("all servers for this domain failed, at zone a. from 192.0.2.1 nodata answer", .serverFailure),
        ("all the configured stub or forward servers failed, at zone . from 192.0.2.1 got REFUSED", .refused(rcode: 5)),
        (
            "all the configured stub or forward servers failed, at zone . from 192.0.2.1 got RCODE11",
            .refused(rcode: 11)
        ),
        ("request has exceeded the maximum number restarts (eg. indirections) stop at x.", .aliasLoop),
        (
            "all servers failed, at zone a. from 192.0.2.1 could not parse upstream response",
            .malformed("the servers sent an answer that cannot be read")
        ),
    ])
    func reasonsAreReadCarefully(reason: String?, failure: LookupFailure) {
        #expect(LookupFailure(reason: reason) == failure)
    }

    @Test(arguments: [
        (
            "validation failure <a. MX IN>: No DNSKEY record from 192.0.2.1 for key a.example. while building chain of trust",
            "a.example", RecordType.dnskey
        ),
        (
            "validation failure <a. MX IN>: no DNSKEY rrset from 192.0.2.1 for trust anchor . while building chain of trust",
            ".", .dnskey
        ),
        (
            "validation failure <a. MX IN>: SERVFAIL no DS from 192.0.2.1 for DS a.example. while building chain of trust",
            "a.example", .ds
        ),
        (
            "validation failure <a. MX IN>: key for validation a.example. is marked as invalid because of a previous no keys",
            "a.example", .dnskey
        ),
    ])
    func aMissingKeyIsNamed(reason: String, name: String, type: RecordType) {
        #expect(MissingKey(reason)?.question == Question(name: name, type: type))
    }

    @Test func aKeyThatDoesNotFitIsNotMissing() {
        #expect(MissingKey("validation failure <a. A IN>: signature expired from 192.0.2.1 for key a.example.") == nil)
    }
}
