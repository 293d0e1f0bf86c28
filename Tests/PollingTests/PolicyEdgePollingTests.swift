import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import Testing

@testable import Polling

/// The addresses of a policy host, asked beside one another.
@Suite(.timeLimit(.minutes(5))) struct PolicyEdgePollingTests {
    private static let domain = FakeNetwork.name("one.example")
    private static let host = FakeNetwork.name("mta-sts.one.example")
    private static let (first, second) = (FakeNetwork.address("198.18.0.1"), FakeNetwork.address("2001:db8::1"))
    private static let changed = "version: STSv1\nmode: testing\nmx: mx.one.example\nmax_age: 604800\n"

    private static func network() -> FakeNetwork {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        network.tables.withLock { $0.addresses[host.text] = [first, second] }
        return network
    }

    private static func fetch(_ text: String) -> PolicyFetch {
        PolicyFetch(
            host: host, status: 200, contentType: "text/plain", body: Array(text.utf8),
            tls: FakeNetwork.session([host.text]))
    }

    private static func codes(_ told: Watcher.Told) -> Set<FindingCode> {
        Set(told.statuses[domain]?.assessment?.findings.map(\.code) ?? []).subtracting([.tlsrptMissing])
    }

    private static func asked(_ network: FakeNetwork, _ address: IPAddress) -> Int {
        network.tables.withLock { $0.fetches[address, default: 0] }
    }

    @Test func twoThatAgreeAreAskedTogetherSeldom() async {
        let network = Self.network()
        let watcher = await Watcher(network, domains: ["one.example"], surveyInterval: 900)
        #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
        #expect(Self.asked(network, Self.second) == 1)
        _ = await watcher.wait(850) { _ in false }
        #expect(Self.asked(network, Self.second) == 1)
        #expect(Self.asked(network, Self.first) >= 3)
        #expect(await watcher.wait(600) { _ in Self.asked(network, Self.second) == 2 })
        #expect(Self.codes(watcher.seen).isEmpty)
    }

    @Test func differentTextsAreToldAndNoChange() async {
        let network = Self.network()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
        let body = watcher.seen.statuses[Self.domain]?.evidence?.policy?.value.body
        // The first address is the one that changes, so every fetch sees the other text.
        network.tables.withLock { $0.edges[Self.first] = Self.fetch(Self.changed) }
        #expect(await watcher.wait { Self.codes($0).contains(.policyDiffersBetweenAddresses) })
        // DNS turns the order round and back.
        for round in 0..<4 {
            network.tables.withLock { tables in
                tables.addresses[Self.host.text] =
                    round.isMultiple(of: 2) ? [Self.second, Self.first] : [Self.first, Self.second]
            }
            _ = await watcher.wait(330) { told in Self.codes(told).contains(.policyChangedSameID) }
            #expect(!Self.codes(watcher.seen).contains(.policyChangedSameID))
            #expect(watcher.seen.statuses[Self.domain]?.evidence?.policy?.value.body == body)
        }
        #expect(watcher.seen.changes.allSatisfy { $0.code != .policyChangedSameID })
        // Only when they agree is it a change, and then it is one.
        network.tables.withLock { $0.policies[Self.host.text] = Self.fetch(Self.changed) }
        #expect(await watcher.wait(1_200) { Self.codes($0).contains(.policyChangedSameID) })
        #expect(!Self.codes(watcher.seen).contains(.policyDiffersBetweenAddresses))
    }

    @Test func aDeadAddressIsNotAskedAgainWithinFiveMinutes() async {
        let network = Self.network()
        network.tables.withLock {
            $0.edges[Self.second] = PolicyFetch(
                host: Self.host, address: Self.second, failure: PolicyFetch.connectionRefused)
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.codes($0).contains(.policyHostAddressUnreachable) })
        #expect(watcher.state("one.example") == .warning)
        await watcher.handle(.recheck([Self.domain]))
        _ = await watcher.wait(280) { _ in false }
        #expect(Self.asked(network, Self.second) == 1)
        #expect(await watcher.wait(600) { _ in Self.asked(network, Self.second) == 2 })
        network.tables.withLock { $0.edges[Self.second] = nil }
        #expect(await watcher.wait(900) { Self.codes($0).isEmpty })
    }

    /// A machine without IPv6 sees every IPv6 address silent: no word about them.
    @Test func silenceOverAFamilyThatNeverWorkedIsNothing() async {
        let network = Self.network()
        network.tables.withLock {
            $0.edges[Self.second] = PolicyFetch(host: Self.host, address: Self.second, failure: .timeout("connect"))
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
        _ = await watcher.wait(400) { _ in false }
        #expect(Self.codes(watcher.seen).isEmpty)
        network.add("six.example", hosts: [("mx.six.example", "2001:db8::25")])
        await watcher.handle(
            .watch([WatchEntry(domain: Self.domain), WatchEntry(domain: FakeNetwork.name("six.example"))]))
        #expect(await watcher.wait(1_800) { Self.codes($0).contains(.policyHostAddressUnreachable) })
    }

    @Test func atMostTenAreAsked() async {
        let network = Self.network()
        let many = (1...40).map { FakeNetwork.address("198.18.7.\($0)") }
        network.tables.withLock { $0.addresses[Self.host.text] = many }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
        #expect(many.filter { Self.asked(network, $0) > 0 }.count == 10)
    }

    @Test func anotherIDLetsAFailedAddressBeAskedAtOnce() async {
        let network = Self.network()
        network.tables.withLock {
            $0.edges[Self.second] = PolicyFetch(
                host: Self.host, address: Self.second, failure: PolicyFetch.connectionRefused)
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.codes($0).contains(.policyHostAddressUnreachable) })
        #expect(Self.asked(network, Self.second) == 1)
        network.tables.withLock { tables in
            tables.edges = [:]
            tables.records["_mta-sts.one.example"] = DNSAnswer(
                .found([TXTRecord("v=STSv1; id=2")]), dnssec: .insecure)
        }
        await watcher.handle(.recheck([Self.domain]))
        #expect(await watcher.wait(60) { _ in Self.asked(network, Self.second) >= 2 })
    }

    @Test func theOneThatAnswersIsAmongThemWhereverItStands() async {
        let network = Self.network()
        let many = (1...12).map { FakeNetwork.address("198.18.7.\($0)") }
        network.tables.withLock { tables in
            tables.addresses[Self.host.text] = many
            for address in many.dropLast() {
                tables.edges[address] = PolicyFetch(
                    host: Self.host, address: address, failure: PolicyFetch.connectionRefused)
            }
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.codes($0).contains(.policyHostAddressUnreachable) })
        let edges = watcher.seen.statuses[Self.domain]?.evidence?.policy?.value.edges ?? []
        #expect(edges.count == 10 && edges.contains { $0.address == many.last && $0.failure == nil })
    }

    @Test func theirConnectionsCountLikeAllOthers() async {
        let network = Self.network()
        let many = (1...10).map { FakeNetwork.address("198.18.7.\($0)") }
        network.tables.withLock { $0.addresses[Self.host.text] = many }
        var settings = PollSettings()
        (settings.allowPrivate, settings.mostConnections) = (true, 3)
        let watcher = await Watcher(network, domains: ["one.example"], settings: settings)
        #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
        #expect(many.allSatisfy { Self.asked(network, $0) > 0 })
        #expect(network.tables.withLock { $0.mostOpenFetches } <= 3)
        // What was borrowed is given back.
        network.tables.withLock { $0.mostOpenFetches = 0 }
        await watcher.handle(.recheck([Self.domain]))
        #expect(await watcher.wait { _ in many.allSatisfy { Self.asked(network, $0) > 1 } })
        #expect((2...3).contains(network.tables.withLock { $0.mostOpenFetches }))
    }
}
