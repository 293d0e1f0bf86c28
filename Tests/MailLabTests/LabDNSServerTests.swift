import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Testing
import UnboundDNS

@testable import MailLab

/// The responder as a validating resolver sees it: what it signs is secure, and so is what it denies.
@Suite(.timeLimit(.minutes(5)))
struct LabDNSServerTests {
    @Test(arguments: [LabZone.Denial.nsec, .nsec3])
    func `data, aliases and every kind of denial are secure`(denial: LabZone.Denial) async throws {
        try await HostileDNSBench.run(denial: denial) { zone in
            zone.records["alias.harbour.example"] = [.alias("mx1.harbour.example")]
        } body: { bench in
            let resolver = bench.resolver
            let mx = await resolver.mx(try name("harbour.example"), fresh: false)
            #expect(mx.value?.map(\.host?.text) == ["mx1.harbour.example", "mx2.harbour.example"])
            #expect(mx.dnssec == .secure && mx.ttl == 60)
            let host = await resolver.addresses(try name("alias.harbour.example"), fresh: false)
            #expect(host.all == [try address("127.77.9.1")])
            #expect(host.aliases.map(\.text) == ["mx1.harbour.example"])
            #expect(host.ipv6.outcome == .noData)
            #expect(host.dnssec == .secure)
            let tlsa = await resolver.tlsa(try name("_25._tcp.mx1.harbour.example"), fresh: false)
            #expect(tlsa.value?.count == 1 && tlsa.dnssec == .secure)
            // A name that is there only for one below it, names that are not there, and one above all delegations.
            for (text, outcome) in [
                ("_tcp.mx1.harbour.example", LookupOutcome<[TXTRecord]>.noData), ("no.harbour.example", .noName),
                ("a.b.mx1.harbour.example", .noName), ("nobody.example", .noName), ("nowhere", .noName),
            ] {
                let answer = await resolver.txt(try name(text), fresh: false)
                #expect(answer.outcome == outcome, "\(text)")
                #expect(answer.dnssec == .secure, "\(text)")
            }
            #expect(await resolver.health() == .validating)
        }
    }

    @Test(arguments: [LabZone.Denial.nsec, .nsec3])
    func `a zone without signatures under a signed one is insecure`(denial: LabZone.Denial) async throws {
        let child = LabZone(
            "plain.example", signing: nil, records: ["plain.example": [.mx(10, "mx1.harbour.example")]])
        try await HostileDNSBench.run(denial: denial, others: [child]) { bench in
            let mx = await bench.resolver.mx(try name("plain.example"), fresh: false)
            #expect(mx.value?.count == 1)
            #expect(mx.dnssec == .insecure)
            let none = await bench.resolver.txt(try name("no.plain.example"), fresh: false)
            #expect(none.outcome == .noName)
            #expect(none.dnssec == .insecure)
        }
    }

    @Test func `zones, faults and answers in turn change while it runs, and questions are counted`() async throws {
        try await HostileDNSBench.run { bench in
            let host = try name("harbour.example")
            #expect(await bench.resolver.mx(host, fresh: false).value?.count == 2)
            #expect(bench.server.count("Harbour.Example.", 15) == 1)
            try bench.server.edit("harbour.example") { $0.records["harbour.example"] = [.mx(5, "mx2.harbour.example")] }
            let changed = await bench.resolver.mx(host, fresh: true)
            #expect(changed.value?.map(\.preference) == [5])
            #expect(changed.dnssec == .secure, "the zone kept its key")
            try bench.server.set(
                .question("harbour.example", 15),
                .inTurn([[.mx(1, "a.harbour.example")], [.mx(2, "b.harbour.example")]])
            )
            var seen: Set<Int> = []
            for _ in 0..<2 {
                let answer = await bench.resolver.mx(host, fresh: true)
                #expect(answer.dnssec == .secure)
                seen.formUnion(answer.value?.map(\.preference) ?? [])
            }
            #expect(seen == [1, 2])
            try bench.server.set(.question("harbour.example", 15), nil)
            #expect(await bench.resolver.mx(host, fresh: true).value?.map(\.preference) == [5])
        }
    }

    @Test(arguments: [LabZone.Denial.nsec, .nsec3])
    func `the dates of the signatures come with data, aliases and denials`(denial: LabZone.Denial) async throws {
        let until = Date(timeIntervalSince1970: (HostileDNSBench.now.timeIntervalSince1970 + 86_400).rounded(.down))
        let from = until.addingTimeInterval(-29 * 86_400)
        try await HostileDNSBench.run { zone in
            zone.signing = LabZone.Signing(from: from, until: until, denial: denial)
            zone.records["alias.harbour.example"] = [.alias("alias.other.example")]
            zone.records["to.harbour.example"] = [.alias("mx1.harbour.example")]
        } body: { bench in
            let expected = SignatureValidity(zone: "harbour.example", from: from, until: until)
            let resolver = bench.resolver
            #expect(await resolver.mx(try name("harbour.example"), fresh: false).signatures == expected)
            let host = await resolver.addresses(try name("to.harbour.example"), fresh: false)
            #expect(host.ipv4.signatures == expected && host.ipv6.signatures == expected)
            let absent = await resolver.txt(try name("no.harbour.example"), fresh: false)
            #expect(absent.outcome == .noName && absent.signatures == expected)
            // The alias ends first, its target is denied by the zone above.
            let away = await resolver.txt(try name("alias.harbour.example"), fresh: false)
            #expect(away.outcome == .noName && away.signatures == expected)
            #expect(await resolver.txt(try name("no.example"), fresh: false).signatures?.zone == "example")

            let assessment = try #require(try await bench.check().assessment)
            #expect(assessment.findings.map(\.code) == [.dnssecSignatureExpiring])
            #expect(assessment.findings.first?.subject == "harbour.example")
            #expect(assessment.bouncesAt == until)
        }
    }

    @Test func `where nothing is signed there are no dates`() async throws {
        try await HostileDNSBench.run {
            $0.signing = nil
        } body: { bench in
            let mx = await bench.resolver.mx(try name("harbour.example"), fresh: false)
            #expect(mx.dnssec == .insecure && mx.signatures == nil)
        }
    }

    @Test func `the narrowest scope counts`() throws {
        var book = ZoneBook()
        try book.set([LabZone("example", signing: nil, records: ["a.example": [.text("x")]])])
        book.set(.below("example"), .silence)
        book.set(.name("A.example"), .code(5))
        book.set(.question("a.example", 16), .code(2))
        func ask(_ name: String, _ type: UInt16) -> ZoneBook.Reply {
            book.reply(
                [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + DNSWire.name(name) + DNSWire.number(Int(type)) + [0, 1],
                overTCP: false)
        }
        func code(_ reply: ZoneBook.Reply) -> UInt8? {
            if case .message(let bytes, _) = reply { bytes[3] & 15 } else { nil }
        }
        #expect(code(ask("a.example", 16)) == 2)
        #expect(code(ask("a.example", 1)) == 5)
        #expect(ask("b.example", 1) == .nothing)
        #expect(code(ask("elsewhere.test", 1)) == 5)
        #expect(book.reply([1, 2, 3], overTCP: true) == .nothing)
    }
}
