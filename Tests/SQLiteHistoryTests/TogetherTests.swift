import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import Testing

@testable import SQLiteHistory

/// Several programs on one file.
@Suite(.timeLimit(.minutes(5))) struct TogetherTests {
    private let start = Past.start

    @Test func twoWritersLoseNothing() async throws {
        let folder = Folder()
        let ids = try await withThrowingTaskGroup(of: [Int].self) { group in
            for writer in 0..<2 {
                let history = try folder.open()
                group.addTask {
                    var past = Past("writer-\(writer).example")
                    var ids: [Int] = []
                    for step in 0..<100 {
                        let entry = past.turn(
                            offersTLS: step % 2 == 0, at: Past.start.addingTimeInterval(Double(step) * 60))
                        ids += await history.append([entry]).map(\.id)
                    }
                    await history.flush(all: true)
                    return ids
                }
            }
            return try await group.reduce(into: [Int]()) { $0 += $1 }
        }
        #expect(ids.count == 198 && Set(ids).count == 198)
        let history = try folder.open()
        #expect(Set(await history.changes(most: 1_000).map(\.id)) == Set(ids))
        #expect(try await history.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }

    /// What another program tells first of what is seen after both knew the same.
    private func toldByAnother(
        after past: inout Past, in monitor: SQLiteHistory, _ folder: Folder
    ) async throws -> [Change] {
        let check = try folder.open()
        _ = await monitor.append([past.look(at: start)])
        var other = past
        return await check.append([other.turn(offersTLS: false, at: start.addingTimeInterval(60))])
    }

    @Test func aChangeThatAnotherHasToldIsTheSameOne() async throws {
        let folder = Folder()
        let monitor = try folder.open()
        var past = Past("example.com")
        let told = try await toldByAnother(after: &past, in: monitor, folder)
        let again = await monitor.append([past.turn(offersTLS: false, at: start.addingTimeInterval(65))])
        #expect(told.count == 1 && again == told)
        #expect(await monitor.changes(most: 10) == told)
        // What one has told itself is told anew when it comes anew.
        _ = await monitor.append([past.turn(offersTLS: true, at: start.addingTimeInterval(120))])
        let third = await monitor.append([past.turn(offersTLS: false, at: start.addingTimeInterval(180))])
        #expect(third.first?.id == 3)
    }

    /// The slower one looks long after the other has told it, and sees it in other words.
    @Test func aChangeThatAnotherHasToldLongAgoIsTheSameOne() async throws {
        let folder = Folder()
        let monitor = try folder.open()
        var past = Past("example.com")
        let told = try await toldByAnother(after: &past, in: monitor, folder)
        let late = past.turn(offersTLS: false, at: start.addingTimeInterval(7_200)).inOtherWords
        #expect(await monitor.append([late]) == told)
    }

    /// After a restart all was told by another run: what comes once more is no less news for that.
    @Test func whatHappensAgainAfterARestartIsToldAgain() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let alarm = { (past: inout Past, at: Date) in past.look(at: at).telling(.serverReplaced) }
        var first: [Change] = []
        do {
            let history = try folder.open()
            first = await history.append([alarm(&past, start)])
            _ = await history.acknowledge(first.map(\.id), at: start.addingTimeInterval(600))
            await history.flush(all: true)
        }
        let history = try folder.open()
        past.definite = await history.verdict(of: past.domain)
        let later = start.addingTimeInterval(90 * 86_400)
        let again = await history.append([alarm(&past, later)])
        #expect(again.map(\.at) == [later] && again.allSatisfy { $0.acknowledgedAt == nil })
        #expect(await history.changes(most: 10).map(\.at) == [later, start])
    }

    @Test func oneMonitorHasTheLockUntilItEnds() throws {
        let folder = Folder()
        _ = try folder.open()
        var first: HistoryLock?
        if case .taken(let lock) = try HistoryLock.take(folder.place) { first = lock }
        #expect(first != nil)
        guard case .held(let holder) = try HistoryLock.take(folder.place) else {
            Issue.record("two monitors have the lock")
            return
        }
        #expect(holder == Int(getpid()))
        first = nil
        guard case .taken = try HistoryLock.take(folder.place) else {
            Issue.record("the lock outlives its holder")
            return
        }
    }

    @Test func whoLooksOnSeesWhatTheOtherWrites() async throws {
        let folder = Folder()
        let (monitor, looking) = (try folder.open(), try folder.open())
        let first = try looking.snapshot()
        #expect(first.statuses.isEmpty && first.changes.isEmpty)
        #expect(await looking.snapshot(after: first) == nil)
        var past = Past("example.com")
        _ = await monitor.append([past.look(at: start)])
        _ = await monitor.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        let second = try #require(await looking.snapshot(after: first))
        #expect(second.statuses.map(\.digest.state) == [.bouncing] && second.changes.map(\.id) == [1])
        #expect(await looking.snapshot(after: second) == nil)
        // And the other way: an acknowledgement made while looking on.
        let before = try monitor.snapshot()
        #expect(await looking.acknowledge([1], at: start.addingTimeInterval(90)).count == 1)
        let seen = try #require(await monitor.snapshot(after: before))
        #expect(seen.changes.first?.acknowledgedBy == "op")
    }
}

extension HistoryEntry {
    /// The same turn, seen in other words.
    fileprivate var inOtherWords: HistoryEntry {
        with(
            changes.map {
                Change(
                    id: 0, domain: domain, at: $0.at, code: $0.code, stateBefore: $0.stateBefore,
                    stateAfter: $0.stateAfter, before: "\($0.before), as was", after: "\($0.after), as is",
                    turns: $0.turns, impact: $0.impact, fix: $0.fix, news: $0.news)
            })
    }

    /// The same look, with an alarm that turns no state.
    fileprivate func telling(_ code: FindingCode) -> HistoryEntry {
        with([
            Change(
                id: 0, domain: domain, at: assessment.at, code: code, stateBefore: .warning, stateAfter: .warning,
                before: "max_age is short", after: "another key", turns: [], impact: "nobody yet", fix: "See who it is."
            )
        ])
    }

    private func with(_ changes: [Change]) -> HistoryEntry {
        HistoryEntry(
            domain: domain, changes: changes, memory: memory, assessment: assessment, evidence: evidence,
            comparedWith: comparedWith)
    }
}
