import Evidence
import MTASTS
import Testing

@testable import MailLab

struct LabWorldTests {
    private let world = LabWorld.demo

    @Test func `all names of the demo are reserved, and no two are the same`() throws {
        for text in world.watchList + world.hosts.map(\.name) {
            let name = try name(text)
            #expect(name.text == text)
            #expect(text.hasSuffix(".example") || text.hasSuffix(".test"), "\(text)")
        }
        #expect(Set(world.watchList).count == world.watchList.count)
        #expect(Set(world.hosts.map(\.name)).count == world.hosts.count)
        #expect(world.domains.count >= 14)
    }

    @Test func `every host in the table is some domain's MX`() {
        let used = Set(world.domains.flatMap(\.hosts) + [LabWorld.elsewhere])
        #expect(Set(world.hosts.map(\.name)) == used)
    }

    @Test func `two domains share one MX host`() {
        let hosts = world.domains.flatMap { Set($0.hosts) }
        #expect(hosts.count > Set(hosts).count)
    }

    @Test func `policies and records read as the table says`() throws {
        func mode(_ name: String) throws -> STSPolicy.Mode? {
            STSPolicyParser.parse(try #require(world.domain(name)?.policy?.body)).policy?.mode
        }
        #expect(try mode("harbour-bank.example") == .enforce)
        #expect(try mode("test-kitchen.example") == .testing)
        #expect(try mode("quiet-abbey.example") == STSPolicy.Mode.none)
        #expect(try mode("typo-travel.example") == nil)
        #expect(try mode("grand-hotel.example") == nil)
        #expect(world.domain("open-fields.example")?.policy == nil)
        #expect(world.domain("no-mail.example")?.mx == [LabDomain.MX(0, ".")])
        #expect(world.domain("no-mail.example")?.hosts == [])
        #expect(world.domain("two-minds.example")?.records.count == 2)
        #expect(world.domain("no-report.example")?.tlsrpt == [])
    }

    @Test func `a new id was never used before`() {
        var domain = LabDomain("a.example", "", mx: ["mx"])
        var seen: Set<[String]> = [domain.records]
        for _ in 0..<5 {
            domain.publishNewID()
            #expect(seen.insert(domain.records).inserted)
            let records = domain.records.map { Array($0.utf8) }
            guard case .valid = STSRecordParser.parse(records: records) else {
                Issue.record("\(domain.records)")
                continue
            }
        }
    }

    @Test func `addresses follow the order of the hosts, and ::1 is given once`() throws {
        let hosts = (0..<300).map { LabHost("h\($0).test", addressCount: $0 == 0 ? 2 : 1, hasIPv6: $0 < 2) }
        let seats = LabAddresses.allot(LabWorld(domains: [], hosts: hosts))
        #expect(seats.prefix(4).map(\.1.description) == ["127.77.1.1", "127.77.1.2", "::1", "127.77.1.3"])
        #expect(Set(seats.map(\.1)).count == seats.count)
        #expect(seats.filter { !$0.1.isIPv4 }.count == 1)
        #expect(seats.allSatisfy { $0.1.isSpecialUse && $0.1 != LabAddresses.web })
    }
}
