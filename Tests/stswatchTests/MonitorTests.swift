import Dashboard
import Deliverability
import Foundation
import GRDB
import Glibc
import MTASTS
import Polling
import Settings
import Synchronization
import TestSupport
import Testing

@testable import SQLiteHistory
@testable import stswatch

/// What a monitor says of its history while that cannot be written, or while another monitor writes it.
@Suite(.timeLimit(.minutes(5))) struct MonitorTests {
    private final class Told: Sendable {
        let messages = Mutex<[Message]>([])
    }

    /// A monitor by hand-made time, and what it tells the screen.
    private final class Running: Sendable {
        let opened: MonitorHistory
        let monitor: Monitor
        let poller: Poller
        let time: ManualTime
        private let told: Told
        private let task: Task<Void, Never>

        init(_ folder: URL) {
            var values = SettingsValues()
            values.stateDirectory = folder.path
            let (time, network, told) = (ManualTime(), RestlessNetwork(), Told())
            (self.time, self.told) = (time, told)
            opened = MonitorHistory(values, time: time)
            poller = Poller(
                settings: PollSettings(), resolver: network, fetcher: network, prober: network, judge: network,
                history: opened.store, time: time, tell: { _ in })
            monitor = Monitor(
                poller: poller, history: opened, retention: Retention(), time: time,
                tell: { messages in told.messages.withLock { $0 += messages } })
            opened.header.listen { messages in told.messages.withLock { $0 += messages } }
            task = Task { [monitor] in await monitor.run() }
        }

        deinit { task.cancel() }

        /// The header's last word.
        var remark: String? { opened.header.remark }

        var notices: [String] {
            told.messages.withLock { $0.compactMap { if case .notice(let text) = $0 { text } else { nil } } }
        }

        /// Lets its time go on until something has come true.
        func waits(until isSo: () async throws -> Bool) async throws -> Bool {
            try await Patience.wait(within: 60) {
                time.advance(2)
                return try await isSo()
            }
        }
    }

    private func fill(_ folder: URL) throws {
        try #require(mkfifo(folder.path + "/history.sqlite-shm", 0o600) == 0)
    }

    private func makeRoom(_ folder: URL) throws {
        try FileManager.default.removeItem(atPath: folder.path + "/history.sqlite-shm")
    }

    /// An acknowledgement that fails, and is written later, changes nothing about who polls.
    @Test func whoLooksOnLooksOnAfterATroubleToo() async throws {
        let folder = try Tool.temporaryFolder("stswatch-monitor")
        defer { try? FileManager.default.removeItem(at: folder) }
        var first: MonitorHistory?
        do {
            var values = SettingsValues()
            values.stateDirectory = folder.path
            first = MonitorHistory(values)
        }
        #expect(first?.lock != nil && first?.header.remark == nil)
        let second = Running(folder)
        let lookingOn = "LOOKING ON: process \(getpid()) polls"
        #expect(second.remark == lookingOn)
        // A key that sets nothing off says so.
        let one = try #require(DomainName("one.example"))
        await second.monitor.handle(.recheck([one]))
        await second.monitor.handle(.mute([one], until: nil))
        #expect(second.notices.suffix(2).map { $0.prefix(21) } == ["another monitor polls", "another monitor polls"])
        let history = try #require(second.opened.history)
        try await history.database.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        await second.monitor.handle(.acknowledge([1]))
        #expect(second.remark == "history: not written")
        #expect(second.notices.count { $0.hasSuffix("what turns waits in memory until it can be") } == 1)
        try await history.database.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
        let isWritten = try await second.waits {
            second.notices.contains { $0.hasPrefix("the history is written again") }
        }
        #expect(isWritten)
        #expect(second.remark == lookingOn)
        #expect(await !second.monitor.isPolling)
        // Until the other one ends.
        first = nil
        #expect(try await second.waits { await second.monitor.isPolling })
        #expect(second.remark == nil)
    }

    /// What is acknowledged in a second monitor, which looks on, is answered in the one that polls.
    @Test func whatAnotherAcknowledgesIsTakenIn() async throws {
        let folder = try Tool.temporaryFolder("stswatch-monitor")
        defer { try? FileManager.default.removeItem(at: folder) }
        let running = Running(folder)
        let domain = try #require(DomainName("one.example"))
        await running.monitor.handle(.watch([WatchEntry(domain: domain)]))
        #expect(try await running.waits { await running.poller.evidence(of: domain) != nil })
        let other = try SQLiteHistory(HistoryPlace(directory: folder.path), user: "another")
        var looks = Looks(domain)
        let seen = looks.look(at: running.time.now)
        let alarm = Change(
            id: 0, domain: domain, at: running.time.now, code: .serverReplaced, stateBefore: .warning,
            stateAfter: .warning, before: "one", after: "another", turns: [], impact: "nobody yet",
            fix: "See who it is.",
            news: [.init(code: .serverReplaced, subject: "mx.one.example")])
        let told = await other.append([
            HistoryEntry(
                domain: domain, changes: [alarm], memory: seen.memory, assessment: seen.assessment,
                evidence: seen.evidence)
        ])
        #expect(told.count == 1)
        #expect(await other.acknowledge(told.map(\.id), at: running.time.now).count == 1)
        let isTakenIn = try await running.waits {
            await running.poller.memory(of: domain)?.accepted["server-replaced mx.one.example"] != nil
        }
        #expect(isTakenIn)
    }

    @Test func aStartWithoutRoomGoesOnFromMemoryUntilThereIsSome() async throws {
        let folder = try Tool.temporaryFolder("stswatch-monitor")
        defer { try? FileManager.default.removeItem(at: folder) }
        try fill(folder)
        let running = Running(folder)
        #expect(running.opened.trouble == nil)
        #expect(running.remark == "history: not written")
        #expect(running.notices.count == 1)
        #expect(running.notices.first?.hasPrefix("the history \(folder.path)/history.sqlite cannot") == true)
        #expect(running.notices.first?.hasSuffix("what turns waits in memory until it can be") == true)
        #expect(await running.monitor.isPolling)
        let history = try #require(running.opened.history)
        var looks = Looks(try #require(DomainName("one.example")))
        let start = Date(timeIntervalSince1970: 1_795_521_600)
        _ = await history.append([looks.look(at: start)])
        let told = await history.append([looks.look(at: start.addingTimeInterval(60), offersTLS: false)])
        #expect(told.count == 1)
        try makeRoom(folder)
        #expect(try await running.waits { running.remark == nil })
        #expect(running.notices.last == "the history is written again, with 1 change that waited")
        #expect(try await SQLiteHistory(history.place, user: "op").changes(most: 10) == told)
    }

    /// Where there is no room for the lock either, another monitor may be faster: then that one writes.
    @Test func nothingIsWrittenWithoutTheLock() async throws {
        let folder = try Tool.temporaryFolder("stswatch-monitor")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = HistoryPlace(directory: folder.path)
        try fill(folder)
        // It leads nowhere.
        try FileManager.default.createSymbolicLink(
            atPath: place.lock, withDestinationPath: folder.path + "/missing/lock")
        let running = Running(folder)
        let history = try #require(running.opened.history)
        #expect(running.opened.lock == nil && running.remark == "history: not written")
        #expect(await running.monitor.isPolling)
        try makeRoom(folder)
        // No want of room: making some would help nobody.
        let isTold = try await running.waits {
            running.notices.contains { $0.hasPrefix("the lock \(place.lock) cannot") }
        }
        #expect(isTold)
        #expect(history.isWaitingForRoom)
        // Another monitor has it in the same moment in which it can be had.
        let aside = HistoryPlace(directory: folder.path + "/aside")
        var other: HistoryLock?
        if case .taken(let lock) = try HistoryLock.take(aside) { other = lock }
        #expect(other != nil)
        #expect(rename(aside.lock, place.lock) == 0)
        // Leaving is no time to write over what the other one has written.
        var looks = Looks(try #require(DomainName("one.example")))
        let start = Date(timeIntervalSince1970: 1_795_521_600)
        _ = await history.append([looks.look(at: start)])
        #expect(await history.append([looks.look(at: start.addingTimeInterval(60), offersTLS: false)]).count == 1)
        await running.monitor.finish()
        #expect(history.isWaitingForRoom)
        #expect(await history.waitingChanges == 1)
        let sentence = "another monitor writes the history by now: what turns waits until it ends"
        #expect(try await running.waits { running.notices.contains(sentence) })
        #expect(history.isWaitingForRoom)
        other = nil
        #expect(try await running.waits { running.remark == nil })
        #expect(!history.isWaitingForRoom)
        #expect(running.notices.count { $0 == sentence } == 1)
        guard case .held = try HistoryLock.take(place) else {
            Issue.record("the monitor writes without the lock")
            return
        }
    }
}
