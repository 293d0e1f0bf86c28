import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Report
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
    static let unreadable = Row("another question", .wrongQuestion, .mxLookupFailed, .recordLookupFailed, nil)

    /// Nobody has said anything that counts: unknown, and no finding about the zone.
    static let silences: [Row] = [
        Row("no answer", .silence, nil, nil, nil),
        Row("truncated, and no TCP", .truncatedOnly, nil, nil, nil),
        Row("another identifier", .wrongID, nil, nil, nil),
        Row("garbage", .garbage([0xff, 0x00, 0x1b, 0x5b]), nil, nil, nil),
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
                if let expected {
                    #expect(codes.contains(expected), "\(question): \(codes)")
                    #expect(assessment.state <= .warning)
                } else {
                    #expect(codes.isEmpty, "\(question): \(codes)")
                    #expect(assessment.hosts.first?.addresses.first?.dane == .unknown)
                }
                try expectNothingRaw(status)
            }
        }
    }

    @Test(arguments: silences)
    func `a silence is unknown: no finding, and nothing absent`(row: Row) async throws {
        for question in Self.questions {
            try await Bench.run(timeout: .seconds(1)) { bench in
                try bench.server.set(.question(question.name, question.type), row.fault)
                let start = ContinuousClock.now
                let status = try await bench.check()
                #expect(ContinuousClock.now - start < .seconds(60))
                let assessment = try #require(status.assessment)
                #expect(assessment.findings.isEmpty, "\(question): \(assessment.findings)")
                switch question.type {
                case DNSType.mx: #expect(status.evidence?.mx?.value.failure == .timeout)
                case DNSType.txt: #expect(status.evidence?.record?.value.failure == .timeout)
                default:
                    #expect(status.evidence?.hosts.first?.tlsa?.value.answer.failure == .timeout)
                    #expect(assessment.hosts.first?.addresses.first?.dane == .unknown)
                }
                if question.type != DNSType.tlsa { #expect(assessment.state == .unknown) }
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

    private func expectNothingRaw(_ status: DomainStatus) throws {
        for text in try texts(status) {
            let raw = text.utf8.filter { !(0x20...0x7e).contains($0) && $0 != 0x0a }
            #expect(raw.isEmpty, "\(raw.prefix(20)) in \(text.debugDescription.prefix(2_000))")
        }
    }

    private func texts(_ status: DomainStatus) throws -> [String] {
        let json = try JSONEncoder().encode(DomainReport(status, now: Bench.now))
        return [String(decoding: json, as: UTF8.self), TextReport.text(status, now: Bench.now)]
    }
}

/// Answers that are too many, too long, too deep, or not text.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostileDNSDataTests {
    private typealias Bench = HostileDNSBench
    private static let record = "_mta-sts." + Bench.domain

    private static func chain(_ length: Int, to end: String, in zone: inout LabZone) {
        for link in 0..<length {
            let target = link == length - 1 ? end : "link\(link + 1).harbour.example"
            zone.records[link == 0 ? record : "link\(link).harbour.example"] = [.alias(target)]
        }
        zone.records[end] = [.text("v=STSv1; id=1;")]
    }

    @Test(arguments: [1, 5, 11])
    func `a chain of aliases that a resolver follows is followed and shown`(length: Int) async throws {
        try await Bench.run {
            Self.chain(length, to: "end.harbour.example", in: &$0)
        } body: { bench in
            let status = try await bench.check()
            #expect(status.assessment?.state == .ok, "\(status.assessment?.findings ?? [])")
            #expect(status.evidence?.record?.value.aliases.count == length)
            #expect(status.evidence?.record?.value.dnssec == .secure)
        }
    }

    @Test(arguments: [20, 60])
    func `a chain without an end in reach is a failed lookup`(length: Int) async throws {
        try await Bench.run {
            Self.chain(length, to: "end.harbour.example", in: &$0)
        } body: { bench in
            let status = try await bench.check()
            #expect(status.evidence?.record?.value.failure == .aliasLoop)
            #expect(status.assessment?.findings.map(\.code) == [.recordLookupFailed])
        }
    }

    @Test func `a loop of aliases is a failed lookup, at every kind of name`() async throws {
        try await Bench.run { zone in
            for (name, other) in [
                (Self.record, "loop1.harbour.example"), (Bench.mxHost, "loop2.harbour.example"),
                ("_25._tcp.mx2.harbour.example", "loop3.harbour.example"),
            ] {
                zone.records[name] = [.alias(other)]
                zone.records[other] = [.alias(name)]
            }
        } body: { bench in
            let start = ContinuousClock.now
            let status = try await bench.check()
            #expect(ContinuousClock.now - start < .seconds(30))
            #expect(status.evidence?.record?.value.failure == .aliasLoop)
            let codes = Set(status.assessment?.findings.map(\.code) ?? [])
            #expect(codes.isSuperset(of: [.recordLookupFailed, .mxNoAddress, .daneLookupFailed]), "\(codes)")
            #expect(codes.isDisjoint(with: [.recordMissing, .danePartial]))
        }
    }

    @Test func `hundreds of MX records are read, twenty hosts are looked at, and that is said`() async throws {
        try await Bench.run { zone in
            zone.records[Bench.domain] = (0..<700).map { .mx($0, "mx\($0).harbour.example") }
            zone.records = zone.records.filter { !$0.key.hasPrefix("_25._tcp") }
            for index in 0..<700 { zone.records["mx\(index).harbour.example"] = [.address(try address("127.77.9.3"))] }
        } body: { bench in
            let status = try await bench.check()
            let assessment = try #require(status.assessment)
            #expect(assessment.hosts.count == 20)
            #expect(assessment.hosts.first?.host.text == "mx0.harbour.example")
            #expect(status.evidence?.mx?.value.value?.count == 500)
            let finding = try #require(assessment.findings.first { $0.code == .mxNotAllChecked })
            #expect(finding.evidence.contains("20 of 500"), "\(finding.evidence)")
            #expect(assessment.state == .ok, "\(assessment.findings)")
            let asked = (0..<700).count { bench.server.count("mx\($0).harbour.example", DNSType.a) > 0 }
            #expect(asked == 20, "nobody makes us ask for hundreds of hosts")
        }
    }

    @Test func `hundreds of addresses are read, ten are looked at, and that is said`() async throws {
        try await Bench.run { zone in
            zone.records[Bench.mxHost] = try (0..<400).map {
                .address(try address("127.77.\($0 / 200 + 9).\($0 % 200 + 1)"))
            }
        } body: { bench in
            let status = try await bench.check()
            let assessment = try #require(status.assessment)
            #expect(assessment.hosts.first?.addresses.count == 10)
            let finding = try #require(assessment.findings.first { $0.code == .mxNotAllChecked })
            #expect(finding.subject == Bench.mxHost)
            #expect(finding.evidence.contains("10 of 200"), "\(finding.evidence)")
            #expect(assessment.state == .ok, "\(assessment.findings)")
        }
    }

    @Test func `the greatest TXT that DNS can carry is read and kept within bounds`() async throws {
        try await Bench.run { zone in
            zone.records[Self.record] = [.text([UInt8](repeating: 0x78, count: 64_000))]
        } body: { bench in
            let status = try await bench.check()
            #expect(status.evidence?.record?.value.value?.map(\.bytes.count) == [64_000])
            #expect(status.assessment?.findings.map(\.code) == [.recordMissing])
            #expect(try HostileVerdictTexts.reports(status).allSatisfy { $0.utf8.count < 200_000 })
        }
    }

    @Test func `what no message can hold is a failed lookup`() async throws {
        try await Bench.run { zone in
            zone.records[Self.record] =
                (0..<300).map { index in .text("\(index) " + String(repeating: "x", count: 240)) }
                + [.text("v=STSv1; id=1;")]
        } body: { bench in
            let status = try await bench.check()
            let codes = status.assessment?.findings.map(\.code) ?? []
            #expect(!codes.contains(.recordMissing), "\(codes)")
            #expect(status.evidence?.record?.value.value == nil)
        }
    }

    @Test func `bytes that are no text are shown as escapes only`() async throws {
        let evil: [UInt8] =
            Array("v=STSv1; id=a".utf8) + [0, 0x1b] + Array("]0;owned".utf8) + [7, 0x9b, 0xff]
            + Array("\u{202e}".utf8)
        try await Bench.run { zone in
            zone.records[Self.record] = [.text(evil)]
            zone.records["_smtp._tls." + Bench.domain] = [.text(Array("v=TLSRPTv1; rua=".utf8) + evil)]
            zone.records["mta-sts." + Bench.domain] = [.alias("evil\u{1b}[2J\u{202e}.harbour.example")]
            zone.records[Bench.domain]?.append(.mx(5, "evil\u{1b}[2J\u{202e}.harbour.example"))
        } body: { bench in
            let status = try await bench.check()
            let codes = Set(status.assessment?.findings.map(\.code) ?? [])
            #expect(codes.isSuperset(of: [.recordInvalid, .tlsrptInvalid]), "\(codes)")
            for text in try HostileVerdictTexts.reports(status) {
                let raw = text.utf8.filter { !(0x20...0x7e).contains($0) && $0 != 0x0a }
                #expect(raw.isEmpty, "\(raw.prefix(20)) in \(text.debugDescription.prefix(2_000))")
            }
        }
    }

    @Test func `answers that change at each look are never believed to be gone`() async throws {
        try await Bench.run { bench in
            try bench.server.set(
                .question(Bench.domain, DNSType.mx),
                .inTurn([[.mx(10, Bench.mxHost)], [.mx(10, "mx2.harbour.example")]]))
            let status = try await bench.check()
            #expect(status.evidence?.mx?.value.value?.count == 1)
            #expect(status.assessment?.findings.map(\.code) == [], "\(status.assessment?.findings ?? [])")
        }
    }
}

/// Every text of a status that can reach a file.
enum HostileVerdictTexts {
    static func reports(_ status: DomainStatus) throws -> [String] {
        let json = try JSONEncoder().encode(DomainReport(status, now: HostileDNSBench.now))
        return [String(decoding: json, as: UTF8.self), TextReport.text(status, now: HostileDNSBench.now)]
    }
}
