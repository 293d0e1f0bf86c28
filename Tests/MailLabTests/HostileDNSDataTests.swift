import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Testing
import UnboundDNS

@testable import MailLab

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
            #expect(try status.reports.allSatisfy { $0.utf8.count < 200_000 })
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
            try status.expectNothingRaw()
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
