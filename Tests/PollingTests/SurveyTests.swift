import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What other clients are shown: looked at beside the sessions, seldom, and believed like everything else.
@Suite(.timeLimit(.minutes(5))) struct SurveyTests {
    private static let address = FakeNetwork.address("198.18.1.1")
    private static let expired = TLSSurvey.Look.shown(
        FakeNetwork.session(["mx.one.example"], key: "RSA 2048", trust: FakeNetwork.expiredTrust))

    private static func network() -> FakeNetwork {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        return network
    }

    private static func codes(_ told: Watcher.Told) -> Set<FindingCode> {
        Set(told.statuses[FakeNetwork.name("one.example")]?.assessment?.findings.map(\.code) ?? [])
            .subtracting([.tlsrptMissing])
    }

    private static func surveys(_ network: FakeNetwork) -> Int {
        network.tables.withLock { $0.surveys.values.reduce(0, +) }
    }

    @Test func anExpiredSecondChainIsBelievedAfterTwoLooks() async {
        let network = Self.network()
        network.tables.withLock { $0.alternates = [Self.address: Self.expired] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.codes($0).contains(.certificateDiffersBetweenKeys) })
        #expect(watcher.state("one.example") == .risk)
        #expect(Self.surveys(network) >= 2)
        #expect(network.tables.withLock { $0.mostOpen } == 1)
        network.tables.withLock { $0.alternates = [:] }
        #expect(await watcher.wait { Self.codes($0).isEmpty })
    }

    @Test func aServerWithOneKeyIsAskedSeldom() async {
        let network = Self.network()
        let watcher = await Watcher(network, domains: ["one.example"], surveyInterval: 900)
        #expect(await watcher.wait { _ in Self.surveys(network) == 1 })
        _ = await watcher.wait(750) { _ in false }
        #expect(Self.surveys(network) == 1)
        #expect(await watcher.wait(300) { _ in Self.surveys(network) == 2 })
        #expect(watcher.state("one.example") == .ok)
        #expect(Self.codes(watcher.seen).isEmpty)
    }

    @Test func aSurveyThatFailsLeavesWhatWasBelieved() async {
        let network = Self.network()
        network.tables.withLock { $0.alternates = [Self.address: Self.expired] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { Self.codes($0).contains(.certificateDiffersBetweenKeys) })
        network.tables.withLock { $0.alternates = [Self.address: .failed("no answer in time: banner")] }
        let before = Self.surveys(network)
        #expect(await watcher.wait(1_200) { _ in Self.surveys(network) >= before + 2 })
        #expect(Self.codes(watcher.seen).contains(.certificateDiffersBetweenKeys))
    }

    /// A bad verdict rests on both chains, and waits for a second look at each: that it fails is one, too.
    @Test func aSecondSurveyThatFailsDoesNotHoldTheVerdictBack() async {
        let network = Self.network()
        network.tables.withLock { tables in
            tables.alternates = [Self.address: .shown(FakeNetwork.session(["mx.one.example"], key: "RSA 2048"))]
            tables.mostSurveys = 1
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait { _ in Self.surveys(network) == 1 && watcher.state("one.example") == .ok })
        network.tables.withLock { $0.expired = [Self.address] }
        #expect(await watcher.wait { _ in watcher.state("one.example") == .risk })
        #expect(Self.surveys(network) >= 2)
    }

    @Test func norDoesItHoldUpASingleRound() async {
        let network = Self.network()
        network.tables.withLock { tables in
            tables.alternates = [Self.address: .shown(FakeNetwork.session(["mx.one.example"], key: "RSA 2048"))]
            tables.mostSurveys = 1
            tables.expired = [Self.address]
        }
        let round = await OneRound(network, domains: ["one.example"])
        #expect(await round.run() < 60)
        #expect(round.told.statuses.values.map(\.state) == [.risk])
    }

    @Test func aSingleRoundWaitsForIt() async {
        let network = Self.network()
        network.tables.withLock { $0.alternates = [Self.address: Self.expired] }
        let round = await OneRound(network, domains: ["one.example"])
        await round.run()
        #expect(Self.codes(round.told).contains(.certificateDiffersBetweenKeys))
    }
}
