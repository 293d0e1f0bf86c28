import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Testing
import UnboundDNS

@testable import MailLab

/// Every way in which a zone's servers mean harm, through the real resolver and the real poller to what the operator
/// reads: the right finding, never absence, and an end within the deadlines.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostileDNSTests {
    private typealias Bench = HostileDNSBench

    /// What one fault at one question must come to.
    struct Row: Sendable, CustomTestStringConvertible {
        let words: String
        let fault: LabDNSFault
        /// At MX, policy record and TLSA; nil for none at all.
        let mx: FindingCode?
        let record: FindingCode?
        let tlsa: FindingCode?

        var testDescription: String { words }

        init(_ words: String, _ fault: LabDNSFault, _ mx: FindingCode?, _ record: FindingCode?, _ tlsa: FindingCode?) {
            (self.words, self.fault, self.mx, self.record, self.tlsa) = (words, fault, mx, record, tlsa)
        }
    }

    private static let day: TimeInterval = 86_400

    static let failures: [Row] = [
        Row("SERVFAIL", .code(2), .mxLookupFailed, .recordLookupFailed, .daneLookupFailed),
        Row("REFUSED", .code(5), .mxLookupFailed, .recordLookupFailed, .daneLookupFailed),
        Row("bogus signatures", .bogusSignatures, .mxBogus, .recordLookupFailed, .daneBogus),
        Row("no signatures", .noSignatures, .mxBogus, .recordLookupFailed, .daneBogus),
        Row(
            "expired signatures",
            .signatures(from: Bench.now.addingTimeInterval(-30 * day), until: Bench.now.addingTimeInterval(-5 * day)),
            .mxBogus, .recordLookupFailed, .daneBogus),
        Row(
            "signatures of tomorrow",
            .signatures(from: Bench.now.addingTimeInterval(5 * day), until: Bench.now.addingTimeInterval(30 * day)),
            .mxBogus, .recordLookupFailed, .daneBogus),
    ]

    /// An answer that is none; that there are no TLSA records, or which, it does not tell.
    static let unreadable = Row(
        "another question", .wrongQuestion, .mxLookupFailed, .recordLookupFailed, .daneLookupFailed)

    /// Nobody has said anything that counts: unknown, and no finding about the zone. Only of TLSA, beside addresses that
    /// were answered and validated, it is told: DANE senders defer (RFC 7672 2.1.2).
    static let silences: [Row] = [
        Row("no answer", .silence, nil, nil, .daneLookupFailed),
        Row("truncated, and no TCP", .truncatedOnly, nil, nil, .daneLookupFailed),
        Row("another identifier", .wrongID, nil, nil, .daneLookupFailed),
        Row("garbage", .garbage([0xff, 0x00, 0x1b, 0x5b]), nil, nil, .daneLookupFailed),
    ]

    static let inOrder: [Row] = [
        Row("late", .late(milliseconds: 400), nil, nil, nil),
        Row("truncated over UDP", .truncated, nil, nil, nil),
    ]

    private static let questions: [(name: String, type: UInt16)] = [
        (Bench.domain, DNSType.mx), ("_mta-sts." + Bench.domain, DNSType.txt),
        ("_25._tcp." + Bench.mxHost, DNSType.tlsa),
    ]

    /// What must never be said for a lookup that failed.
    private static let absences: Set<FindingCode> = [
        .mxMissing, .domainMissing, .mxImplicit, .recordMissing, .recordRemoved, .mxNull, .danePartial,
    ]

    @Test func `the zone is in order before anybody bends it`() async throws {
        try await Bench.run { bench in
            let assessment = try #require(try await bench.check().assessment)
            #expect(assessment.state == .ok)
            #expect(assessment.findings.isEmpty, "\(assessment.findings)")
            #expect(assessment.dane.delivery == .delivers)
        }
    }

    @Test(arguments: failures + [unreadable])
    func `what the servers say is believed as a failure, never as absence`(row: Row) async throws {
        for (question, expected) in zip(Self.questions, [row.mx, row.record, row.tlsa]) {
            try await Bench.run { bench in
                try bench.server.set(.question(question.name, question.type), row.fault)
                let start = ContinuousClock.now
                let status = try await bench.check()
                #expect(ContinuousClock.now - start < .seconds(30))
                let assessment = try #require(status.assessment)
                let codes = Set(assessment.findings.map(\.code))
                #expect(codes.isDisjoint(with: Self.absences), "\(question): \(codes)")
                #expect(expected.map(codes.contains) == true, "\(question): \(codes)")
                #expect(assessment.state <= .warning)
                try status.expectNothingRaw()
            }
        }
    }

    @Test(arguments: silences)
    func `a silence is unknown, and of TLSA alone a failure; nothing is absent`(row: Row) async throws {
        for question in Self.questions {
            try await Bench.run(timeout: .seconds(1)) { bench in
                try bench.server.set(.question(question.name, question.type), row.fault)
                let start = ContinuousClock.now
                let status = try await bench.check()
                #expect(ContinuousClock.now - start < .seconds(60))
                let assessment = try #require(status.assessment)
                let codes = Set(assessment.findings.map(\.code))
                let expected = question.type == DNSType.tlsa ? [row.tlsa].compactMap { $0 } : []
                #expect(codes == Set(expected), "\(question): \(codes)")
                switch question.type {
                case DNSType.mx: #expect(status.evidence?.mx?.value.failure == .timeout)
                case DNSType.txt: #expect(status.evidence?.record?.value.failure == .timeout)
                default:
                    #expect(status.evidence?.hosts.first?.tlsa?.value.answer.failure == .timeout)
                    #expect(assessment.hosts.first?.addresses.first?.dane == .failed)
                }
                #expect(assessment.state == (question.type == DNSType.tlsa ? .risk : .unknown))
                #expect(bench.server.count(question.name, question.type) > 0)
            }
        }
    }

    @Test(arguments: inOrder)
    func `a clumsy answer is an answer`(row: Row) async throws {
        for question in Self.questions {
            try await Bench.run { bench in
                try bench.server.set(.question(question.name, question.type), row.fault)
                let assessment = try #require(try await bench.check().assessment)
                #expect(assessment.state == .ok, "\(assessment.findings)")
                #expect(assessment.dane.delivery == .delivers)
            }
        }
    }

    @Test func `a whole zone whose signatures have run out is bogus at every question`() async throws {
        let past = LabZone.Signing.around(Bench.now.addingTimeInterval(-40 * Self.day))
        try await Bench.run {
            $0.signing = past
        } body: { bench in
            let assessment = try #require(try await bench.check().assessment)
            let codes = Set(assessment.findings.map(\.code))
            #expect(codes == [.mxBogus, .recordLookupFailed])
            #expect(assessment.state == .bouncing)
            // Signed again, the next look finds it in order.
            try bench.server.edit(Bench.domain) { $0.signing = .around(Bench.now) }
            let repaired = await bench.resolver.mx(try name(Bench.domain), fresh: true)
            #expect(repaired.dnssec == .secure)
        }
    }

    @Test func `addresses that are bogus make DANE senders defer, and are not absent`() async throws {
        try await Bench.run { bench in
            for host in ["mx1", "mx2"] {
                try bench.server.set(.name("\(host).\(Bench.domain)"), .bogusSignatures)
            }
            let assessment = try #require(try await bench.check().assessment)
            let codes = Set(assessment.findings.map(\.code))
            #expect(codes.contains(.daneBogus), "\(codes)")
            #expect(assessment.dane.delivery == .refused)
        }
    }
}
