import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Testing
import UnboundDNS

@testable import MailLab

/// Two name servers of one zone, each asked by itself; the first is also the one that the resolver asks.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct NameServerViewTests {
    private static let names = ["ns1.harbour.example", "ns2.harbour.example"]

    /// - Parameter bend: what the second server has instead.
    private func run(
        servers: [String] = names, _ bend: (inout LabZone) throws -> Void = { _ in },
        body: (HostileDNSBench, LabDNSServer) async throws -> Void
    ) async throws {
        var zone = try HostileDNSBench.zone
        zone.servers = servers
        let places = [try address("127.77.9.53"), try address("127.77.9.54")]
        for (index, name) in servers.enumerated() { zone.records[name] = [.address(places[min(index, 1)])] }
        let signing = LabZone.Signing.around(HostileDNSBench.now)
        let first = try await LabDNSServer.start(
            [LabZone(".", signing: signing), LabZone("example", signing: signing), zone], at: places[0])
        try bend(&zone)
        let second = try await LabDNSServer.start([zone], at: places[1], port: first.port)
        let resolver = try UnboundResolver(
            .init(
                resolvers: [.init(address: first.address, port: UInt16(first.port))],
                trustAnchors: [try #require(first.trustAnchor(of: "."))], trustsRoot: false,
                nameServerPort: UInt16(first.port)))
        do {
            try await body(HostileDNSBench(server: first, resolver: resolver), second)
        } catch {
            await first.stop()
            await second.stop()
            throw error
        }
        await first.stop()
        await second.stop()
    }

    private func findings(_ bench: HostileDNSBench) async throws -> [Finding] {
        try #require(try await bench.check().assessment).findings
    }

    @Test func `servers that agree are no finding, and each was asked`() async throws {
        try await run { bench, second in
            let found = try await findings(bench)
            #expect(found == [])
            #expect(second.count("harbour.example", DNSType.mx) > 0)
            #expect(second.count("_mta-sts.harbour.example", DNSType.txt) > 0)
            #expect(second.count("_25._tcp.mx1.harbour.example", DNSType.tlsa) > 0)
        }
    }

    @Test func `another MX that the policy does not list is told with who says what`() async throws {
        try await run {
            $0.records["harbour.example"] = [.mx(10, "mx.old.example")]
        } body: { bench, _ in
            let found = try await findings(bench)
            #expect(found.map(\.code) == [.nameserversDisagree])
            #expect(found.first?.severity == .high && found.first?.subject == "harbour.example")
            let evidence = try #require(found.first?.evidence)
            #expect(evidence.contains("ns1.harbour.example: 10 mx1.harbour.example, 20 mx2.harbour.example"))
            #expect(evidence.contains("ns2.harbour.example: 10 mx.old.example"))
        }
    }

    @Test func `another id alone is a warning; a record that is gone, or another key, is grave`() async throws {
        let record = "_mta-sts.harbour.example"
        try await run {
            $0.records[record] = [.text("v=STSv1; id=2;"), .text("something else")]
        } body: { bench, second in
            #expect(try await findings(bench).map(\.severity) == [.warning])
            try second.edit("harbour.example") { $0.records[record] = nil }
            let gone = try await findings(bench)
            #expect(
                gone.map(\.severity) == [.high] && gone.first?.evidence.contains("ns2.harbour.example: none") == true)
        }
        try await run {
            let other = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 8, count: 32))
            $0.records["_25._tcp.mx1.harbour.example"] = [.tlsa(other)]
        } body: { bench, _ in
            let found = try await findings(bench)
            #expect(found.map(\.code) == [.nameserversDisagree] && found.first?.severity == .high)
            #expect(found.first?.senders == [.dane])
        }
    }

    @Test(arguments: [LabDNSFault.silence, .code(5), .code(2), .garbage([1, 2, 3])])
    func `a server that does not answer us is unknown, and no finding`(fault: LabDNSFault) async throws {
        try await run {
            $0.records["harbour.example"] = [.mx(10, "mx.old.example")]
        } body: { bench, second in
            try second.set(.below("harbour.example"), fault)
            let start = ContinuousClock.now
            #expect(try await findings(bench) == [])
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(second.count("harbour.example", DNSType.mx) > 0)
        }
    }

    @Test func `servers at addresses that are not public are left alone unless that is allowed`() async throws {
        try await run { bench, second in
            let domain = try name("harbour.example")
            let asked = await bench.resolver.nameServerViews(of: domain, hosts: [], allowPrivate: true)
            #expect(asked.views.map(\.server.text) == Self.names)
            let before = second.count("harbour.example", DNSType.mx)
            #expect(before > 0)
            let none = await bench.resolver.nameServerViews(of: domain, hosts: [], allowPrivate: false)
            #expect(none.views.isEmpty)
            #expect(second.count("harbour.example", DNSType.mx) == before)
        }
    }

    @Test func `of many servers eight are asked, and of a name below the zone the zone's own`() async throws {
        try await run(servers: (1...12).map { "n\($0).harbour.example" }) { bench, _ in
            let host = try name("mx1.harbour.example")
            let seen = await bench.resolver.nameServerViews(of: host, hosts: [host], allowPrivate: true)
            #expect(seen.views.count == 8)
            #expect(seen.views.allSatisfy { $0.sayings["TLSA _25._tcp.mx1.harbour.example"]?.count == 1 })
            #expect(seen.views.allSatisfy { $0.sayings["MX mx1.harbour.example"] == [] })
            #expect(seen.disagreements.isEmpty)
        }
    }
}
