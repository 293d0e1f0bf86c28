import Deliverability
import Evidence
import FoundationEssentials
import Polling
import Synchronization
import TestSupport
import Testing

/// What a run without a file keeps of its looks.
@Suite(.timeLimit(.minutes(5))) struct TransientHistoryTests {
    private static let one = FakeNetwork.name("one.example")

    /// What a host showed is known still when it no longer does.
    @Test func whatWasSeenOfAHostThatIsDownIsKept() async throws {
        let (network, history) = (FakeNetwork.pair(), TransientHistory())
        let watcher = await Watcher(network, domains: ["one.example"], history: history)
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let before = try #require(await history.samples(of: Self.one).first)
        #expect(before.certificateDays != nil && before.bounced == 0)
        network.tables.withLock { $0.refusing = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.worst[Self.one] == .bouncing })
        let today = await history.samples(of: Self.one)
        #expect(today.count == 1 && today[0].seconds == Sample.day && today[0].start == before.start)
        #expect(today[0].looks > before.looks && today[0].bounced > 0 && today[0].worst == .bouncing)
        #expect(today[0].certificateDays == before.certificateDays)
        #expect(await history.samples(of: FakeNetwork.name("two.example")).isEmpty)
    }

    @Test func eachDayIsKeptForAMonth() async {
        let history = TransientHistory()
        let noon = Date(timeIntervalSince1970: 1_795_521_600)
        for look in 0..<70 {
            let now = noon.addingTimeInterval(Double(look) * 43_200)
            let evidence = DomainEvidence(domain: Self.one)
            let assessment = assess(evidence, memory: DomainMemory(), now: now)
            _ = await history.append([
                HistoryEntry(
                    domain: Self.one, changes: [], memory: DomainMemory(), assessment: assessment, evidence: evidence)
            ])
        }
        let days = await history.samples(of: Self.one)
        #expect(days.map(\.start) == (6..<36).map { noon.addingTimeInterval(Double($0) * 86_400 - 43_200) })
        #expect(days.dropLast().allSatisfy { $0.looks == 2 })
    }
}
