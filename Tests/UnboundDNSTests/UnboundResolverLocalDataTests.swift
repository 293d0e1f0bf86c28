import Evidence
import MTASTS
import Polling
import Testing

@testable import UnboundDNS

/// Zones that the resolver answers itself.
@Suite(.timeLimit(.minutes(2))) struct UnboundResolverLocalDataTests {
    private func resolver(_ zones: [LocalZone]) throws -> UnboundResolver {
        try UnboundResolver(
            .init(
                resolvers: [.init(address: #require(IPAddress("127.0.0.1")), port: 9)], timeout: .seconds(1),
                localZones: zones))
    }

    @Test func recordsAreServedAndTheRestDoesNotExist() async throws {
        let resolver = try resolver([
            LocalZone(
                name: "lab.test",
                records: [
                    "lab.test. 60 IN MX 10 mx1.lab.test.", "mx1.lab.test. 60 IN A 127.0.0.5",
                    "_mta-sts.lab.test. 60 IN TXT \"v=STSv1; id=1;\"",
                ])
        ])
        #expect(try await resolver.mx(name("lab.test"), fresh: false).value?.first?.host?.text == "mx1.lab.test")
        #expect(try await resolver.txt(name("_mta-sts.lab.test"), fresh: true).value == [TXTRecord("v=STSv1; id=1;")])
        let host = try await resolver.addresses(name("mx1.lab.test"), fresh: false)
        #expect(host.ipv4.value?.count == 1)
        #expect(host.ipv6.outcome == .noData)
        #expect(host.ipv4.dnssec == .insecure)
        #expect(try await resolver.txt(name("none.lab.test"), fresh: false).outcome == .noName)
        // Only what is local can be answered: nobody listens on the port.
        #expect(try await resolver.txt(name("other.test"), fresh: false).failure == .timeout)
    }

    @Test func changesAreSeenAtOnceByBothKindsOfLook() async throws {
        let zone = "change.test"
        let resolver = try resolver([LocalZone(name: zone, records: ["change.test. 3600 IN TXT \"one\""])])
        let (host, name) = try (name("a.change.test"), name(zone))
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("one")])
        try resolver.setLocalData(zone, ["change.test. 3600 IN TXT \"two\"", "a.change.test. 60 IN A 127.0.0.1"])
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("two")])
        #expect(await resolver.txt(name, fresh: true).value == [TXTRecord("two")])
        try resolver.replaceLocalData(zone, ["change.test. 3600 IN TXT \"three\""])
        #expect(await resolver.txt(name, fresh: true).value == [TXTRecord("three")])
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("three")])
        #expect(await resolver.addresses(host, fresh: false).all.count == 1)
        try resolver.replaceLocalData("a.change.test", [])
        #expect(await resolver.addresses(host, fresh: false).ipv4.isAbsent)
    }

    @Test func aliasesOfLocalDataAreFollowed() async throws {
        let resolver = try resolver([
            LocalZone(
                name: "alias.test",
                records: [
                    "a.alias.test. 60 IN CNAME b.alias.test.", "b.alias.test. 30 IN CNAME c.other.test.",
                    "r1.alias.test. 60 IN CNAME r2.alias.test.", "r2.alias.test. 60 IN CNAME r1.alias.test.",
                ]),
            LocalZone(name: "other.test", records: ["c.other.test. 90 IN TXT \"end\""]),
        ])
        let answer = try await resolver.txt(name("a.alias.test"), fresh: false)
        #expect(answer.value == [TXTRecord("end")])
        #expect(answer.aliases.map(\.text) == ["b.alias.test", "c.other.test"])
        #expect(answer.ttl == 30)
        #expect(try await resolver.txt(name("r1.alias.test"), fresh: false).failure == .aliasLoop)
    }

    @Test func aLocalRootKeepsEverythingInside() async throws {
        let resolver = try resolver([LocalZone(name: ".", records: ["here.example. 60 IN A 127.0.0.1"])])
        #expect(try await resolver.addresses(name("here.example"), fresh: false).all.count == 1)
        #expect(try await resolver.txt(name("elsewhere.example"), fresh: true).outcome == .noName)
        #expect(await resolver.health() == .validating)
    }

    @Test func brokenRecordsAreNamedAndChangeNothing() async throws {
        let resolver = try resolver([LocalZone(name: "safe.test", records: ["safe.test. 60 IN TXT \"kept\""])])
        #expect(throws: ResolverSetupError.self) {
            try resolver.setLocalData("safe.test", ["safe.test. 60 IN A nonsense"])
        }
        #expect(throws: ResolverSetupError.self) { try resolver.replaceLocalData("nowhere.test", []) }
        #expect(try await resolver.txt(name("safe.test"), fresh: false).value == [TXTRecord("kept")])
    }

    @Test func tenThousandLocalAnswers() async throws {
        let records = (0..<100).map { "n\($0).fast.test. 60 IN A 127.0.0.1" }
        let resolver = try resolver([LocalZone(name: "fast.test", records: records)])
        let found = await withTaskGroup(of: Int.self) { group in
            for index in 0..<5000 {
                group.addTask {
                    guard let name = DomainName("n\(index % 100).fast.test") else { return 0 }
                    let addresses = await resolver.addresses(name, fresh: false)
                    return addresses.ipv4.value?.count == 1 && addresses.ipv6.outcome == .noData ? 2 : 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(found == 10_000)
    }
}
