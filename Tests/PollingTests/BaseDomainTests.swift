import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// DANE where the MX host is a secure alias and the TLSA records stand at the name behind it: senders send that name
/// as SNI, and are judged by what is shown for it (RFC 7672 8.1).
@Suite(.timeLimit(.minutes(5))) struct BaseDomainTests {
    private static let one = FakeNetwork.name("one.example")
    private static let address = FakeNetwork.address("198.18.1.1")

    private static func key(_ name: String) -> SessionKey {
        SessionKey(address: address, port: PollSettings().smtpPort, serverName: FakeNetwork.name(name))
    }

    /// `one.example` and `two.example`, whose hosts are aliases of `real.example`, which has a TLSA record for its key.
    /// - Parameter shown: the keys by server name; the record is for key 2.
    private static func network(shown: [String: [UInt8]], at address: IPAddress = address) -> FakeNetwork {
        let network = FakeNetwork()
        for domain in ["one", "two"] {
            network.add("\(domain).example", hosts: [("mx.\(domain).example", address.description)])
        }
        network.tables.withLock { tables in
            tables.signed = ["mx.one.example": "real.example", "mx.two.example": "real.example"]
            tables.signed["real.example"] = "real.example"
            tables.addresses["real.example"] = [address]
            tables.tlsa["_25._tcp.real.example"] = [FakeNetwork.tlsa(2)]
            tables.shown = shown
        }
        return network
    }

    private static func dane(_ told: Watcher.Told) -> Delivery? { told.statuses[one]?.assessment?.dane.delivery }

    private static func probes(_ network: FakeNetwork, _ name: String) -> Int {
        network.tables.withLock { $0.probes[key(name)] ?? 0 }
    }

    @Test func aKeyShownForTheBaseAloneIsTaken() async throws {
        let network = Self.network(shown: ["real.example": [2]])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let status = try #require(watcher.seen.statuses[Self.one])
        #expect(status.state == .warning && status.assessment?.dane.delivery == .delivers)
        #expect(status.evidence?.hosts.first?.sessions.map(\.value.key) == [Self.key("mx.one.example")])
        #expect(status.evidence?.hosts.first?.baseSessions.map(\.value.key) == [Self.key("real.example")])
        // An MX host that is an alias is warned of by itself.
        #expect(watcher.seen.worst[Self.one] == .warning)
        #expect(network.tables.withLock { $0.mostOpen } == 1)
    }

    @Test func aKeyShownForTheHostAloneIsRefused() async throws {
        let network = Self.network(shown: ["mx.one.example": [2]])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let assessment = try #require(watcher.seen.statuses[Self.one]?.assessment)
        #expect(assessment.dane.delivery == .refused && assessment.mtaSTS.delivery == .delivers)
        let finding = try #require(assessment.findings.first { $0.code == .daneMismatch })
        #expect(finding.evidence.contains("another key (shown for the name real.example)"))
        #expect(Self.probes(network, "real.example") >= 2)
    }

    /// A bad word about a chain is looked at twice before it is told, for the base's as for any.
    @Test func anotherKeyForTheBaseIsBelievedAfterTwoLooks() async {
        let network = Self.network(shown: ["real.example": [2], "mx.one.example": [2]])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.dane($0) == .delivers })
        network.tables.withLock { $0.shown["real.example"] = [3] }
        let before = Self.probes(network, "real.example")
        #expect(await watcher.wait { Self.dane($0) == .refused })
        #expect(Self.probes(network, "real.example") - before == 2)
        network.tables.withLock { $0.shown["real.example"] = [2] }
        #expect(await watcher.wait { Self.dane($0) == .delivers })
    }

    @Test func theExtraProbeGoesWithTheBase() async throws {
        let network = Self.network(shown: ["real.example": [2]])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.dane($0) == .delivers })
        let extra = FactKey.session(Self.key("real.example"))
        #expect(await watcher.on { await $0.users(of: extra) } == [Self.one])
        // The records move to the host itself, whose own key is 1.
        network.tables.withLock { tables in
            tables.tlsa = ["_25._tcp.mx.one.example": [FakeNetwork.tlsa(1)]]
        }
        let isGone = await watcher.wait { told in
            told.statuses[Self.one]?.evidence?.hosts.first?.tlsa?.value.base.text == "mx.one.example"
        }
        #expect(isGone && Self.dane(watcher.seen) == .delivers)
        #expect(watcher.seen.statuses[Self.one]?.evidence?.hosts.first?.baseSessions.isEmpty == true)
        #expect(await watcher.on { await $0.users(of: extra) } == nil)
        let before = Self.probes(network, "real.example")
        let own = Self.probes(network, "mx.one.example")
        #expect(await watcher.wait(1_800) { _ in Self.probes(network, "mx.one.example") > own + 2 })
        #expect(Self.probes(network, "real.example") == before)
    }

    /// Also with a domain whose MX host is the base itself.
    @Test func allWhoseRecordsStandThereShareTheProbe() async throws {
        let network = Self.network(shown: ["real.example": [2]])
        network.add("three.example", hosts: [("real.example", Self.address.description)])
        let watcher = await Watcher(network, domains: ["one.example", "two.example", "three.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(3)))
        #expect(watcher.seen.statuses.values.allSatisfy { $0.assessment?.dane.delivery == .delivers })
        #expect(Self.probes(network, "real.example") == 1)
        let extra = FactKey.session(Self.key("real.example"))
        #expect(await watcher.on { await $0.users(of: extra) }?.count == 3)
        await watcher.handle(.watch([WatchEntry(domain: Self.one)]))
        #expect(await watcher.on { await $0.users(of: extra) } == [Self.one])
    }

    @Test func oneRoundWaitsForIt() async throws {
        let network = Self.network(shown: ["real.example": [2]])
        let round = await OneRound(network, domains: ["one.example"])
        await round.run()
        let status = try #require(round.told.statuses[Self.one])
        #expect(status.state == .warning && status.assessment?.dane.delivery == .delivers)
    }

    /// What is not known of the base's chain is not told by the host's, good or bad.
    @Test(arguments: [[1], [2]] as [[UInt8]]) func withoutItsHandshakeDANEIsUnknown(key: [UInt8]) async throws {
        let network = Self.network(shown: ["mx.one.example": key])
        network.tables.withLock { $0.brokenNames = ["real.example"] }
        let round = await OneRound(network, domains: ["one.example"])
        await round.run()
        let status = try #require(round.told.statuses[Self.one])
        let assessment = try #require(status.assessment)
        #expect(assessment.dane.delivery == .unknown && assessment.mtaSTS.delivery == .delivers)
        #expect(!assessment.findings.contains { $0.code == .daneMismatch })
        let trace = SenderTrace(.dane, evidence: try #require(status.evidence), assessment: assessment)
        let step = try #require(trace?.steps.first { $0.what == "STARTTLS" })
        #expect(step.outcome == .unknown && step.result.contains("TLSA base domain"))
    }

    @Test func aPlansNewHostIsJudgedByIt() async throws {
        let network = Self.network(shown: ["real.example": [2]])
        let watcher = await Watcher(network, domains: ["two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let seen = await watcher.on { await $0.survey(FakeNetwork.name("mx.one.example"), for: Self.one) }
        #expect(seen.sessions.map(\.value.key) == [Self.key("mx.one.example")])
        #expect(seen.baseSessions.map(\.value.key) == [Self.key("real.example")])
        #expect(seen.dane[Self.address]?.match(at: .distantFuture) == .match(FakeNetwork.tlsa(2)))
        #expect(Self.probes(network, "real.example") == 1)
    }
}

extension Poller {
    /// The domains that rest on a fact; nil where it is no fact.
    fileprivate func users(of key: FactKey) -> Set<DomainName>? { facts[key]?.users }
}
