import Deliverability
import Foundation
import MTASTS
import Polling
import Synchronization
import Testing

@testable import Notices

@Suite(.timeLimit(.minutes(5))) struct NotifierTests {
    /// Time that passes at once, and is counted.
    private final class QuickTime: TimeSource {
        let slept = Mutex<[TimeInterval]>([])
        private let clock = Mutex(Date(timeIntervalSince1970: 1_795_000_000))

        var now: Date { clock.withLock { $0 } }

        func sleep(until moment: Date) async throws {
            try Task.checkCancellation()
            let span = clock.withLock { clock in
                defer { clock = max(clock, moment) }
                return moment.timeIntervalSince(clock)
            }
            slept.withLock { $0.append(span) }
            await Task.yield()
        }
    }

    /// A hook that fails so many times, and all that was said.
    private final class Box: Sendable {
        let batches = Mutex<[[UInt8]]>([])
        let said = Mutex<[String]>([])
        let failures: Mutex<Int>

        init(failures: Int = 0) {
            self.failures = Mutex(failures)
        }

        func take(_ input: [UInt8]) -> String? {
            batches.withLock { $0.append(input) }
            return failures.withLock { left in
                guard left > 0 else { return nil }
                left -= 1
                return "it ended with status 1"
            }
        }
    }

    private static func change(_ id: Int, acknowledged: Bool = false) throws -> Change {
        let moment = Date(timeIntervalSince1970: 1_795_000_000)
        return Change(
            id: id, domain: try #require(DomainName("a.example")), at: moment, code: .certificateExpired,
            stateBefore: .ok, stateAfter: .bouncing, before: "OK", after: "mx1 cert \u{1b}[31mexpired",
            turns: [.init(sender: .mtaSTS, from: .delivers, to: .refused)], impact: "mta-sts senders refuse", fix: "x",
            acknowledgedAt: acknowledged ? moment : nil)
    }

    private struct Batch: Decodable {
        struct Entry: Decodable {
            let id: Int
            let domain: String
            let stateAfter: String
            let code: String
        }
        let schema: Int
        let lost: Int
        let changes: [Entry]
    }

    private func decoded(_ box: Box) throws -> [Batch] {
        try box.batches.withLock { try $0.map { try JSONDecoder().decode(Batch.self, from: Data($0)) } }
    }

    private func notifier(
        _ box: Box, _ time: QuickTime, _ settings: NoticeSettings = NoticeSettings(),
        stands: @escaping @Sendable (String?) -> Void = { _ in }
    ) -> Notifier {
        Notifier(
            settings, time: time, hook: { box.take($0) }, stands: stands,
            tell: { words in box.said.withLock { $0.append(words) } })
    }

    @Test func whatComesTogetherIsOneCall() async throws {
        let (box, time) = (Box(), QuickTime())
        let notifier = notifier(box, time)
        notifier.ring([try Self.change(1)])
        notifier.ring([try Self.change(2), try Self.change(3)])
        let running = Task { await notifier.run() }
        while box.batches.withLock({ $0.isEmpty }) { await Task.yield() }
        running.cancel()
        let batches = try decoded(box)
        #expect(batches.count == 1)
        #expect(batches[0].schema == 1 && batches[0].lost == 0)
        #expect(batches[0].changes.map(\.id) == [1, 2, 3])
        #expect(batches[0].changes[0].code == "certificate-expired")
        #expect(batches[0].changes[0].stateAfter == "bouncing")
        #expect(box.said.withLock { $0.isEmpty })
    }

    @Test func aHookThatFailsIsTriedAgainAndTold() async throws {
        let (box, time) = (Box(failures: 2), QuickTime())
        let notifier = notifier(box, time)
        notifier.ring([try Self.change(1)])
        let running = Task { await notifier.run() }
        while box.batches.withLock({ $0.count < 3 }) { await Task.yield() }
        running.cancel()
        #expect(try decoded(box).allSatisfy { $0.changes.map(\.id) == [1] })
        #expect(time.slept.withLock { Array($0.prefix(3)) } == [2, 10, 60])
        #expect(box.said.withLock { $0.count } == 2)
    }

    /// What was told for a moment can be looked up for as long as it is so.
    @Test func whatFailsStandsUntilItWorks() async throws {
        let (box, time) = (Box(failures: 2), QuickTime())
        let standing = Mutex<[String?]>([])
        let notifier = notifier(box, time) { trouble in standing.withLock { $0.append(trouble) } }
        notifier.ring([try Self.change(1)])
        let running = Task { await notifier.run() }
        while standing.withLock({ $0.last != .some(nil) }) { await Task.yield() }
        running.cancel()
        #expect(standing.withLock { $0.count } == 2)
        #expect(standing.withLock { $0.first??.hasPrefix("the hook fails: ") } == true)
    }

    @Test func aHookThatNeverTakesABatchDoesNotStopTheNext() async throws {
        let (box, time) = (Box(failures: 4), QuickTime())
        let notifier = notifier(box, time)
        notifier.ring([try Self.change(1)])
        let running = Task { await notifier.run() }
        while box.said.withLock({ $0.count < 4 }) { await Task.yield() }
        #expect(box.said.withLock { $0.last?.contains("given up") == true })
        notifier.ring([try Self.change(2)])
        while box.batches.withLock({ $0.count < 5 }) { await Task.yield() }
        running.cancel()
        #expect(try decoded(box).last?.changes.map(\.id) == [2])
    }

    @Test func theQueueIsBoundedAndCountsWhatIsLost() async throws {
        let (box, time) = (Box(), QuickTime())
        let notifier = notifier(box, time)
        notifier.ring(try (0..<Notifier.most + 7).map { try Self.change($0) })
        let running = Task { await notifier.run() }
        while box.batches.withLock({ $0.isEmpty }) { await Task.yield() }
        running.cancel()
        let batch = try #require(try decoded(box).first)
        #expect(batch.lost == 7)
        #expect(batch.changes.count == Notifier.most && batch.changes.first?.id == 7)
    }

    @Test func theLogHasALineForEachNewChangeAndNothingRaw() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("notices-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var settings = NoticeSettings()
        settings.logFile = folder.appendingPathComponent("log").path
        let (box, time) = (Box(), QuickTime())
        let notifier = notifier(box, time, settings)
        notifier.record([try Self.change(1), try Self.change(2, acknowledged: true), try Self.change(3)])
        let running = Task { await notifier.run() }
        var text = ""
        while text.split(separator: "\n").count < 2 {
            text = (try? String(contentsOfFile: settings.logFile ?? "", encoding: .utf8)) ?? ""
            await Task.yield()
        }
        running.cancel()
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("2026-11-18T"))
        #expect(lines[0].contains("a.example OK -> BOUNCE certificate-expired: mx1 cert "))
        #expect(!text.utf8.contains(0x1b))
    }

    @Test func aLogThatCannotBeWrittenIsToldOnce() async throws {
        var settings = NoticeSettings()
        settings.logFile = "/nowhere/at/all"
        let (box, time) = (Box(), QuickTime())
        let notifier = notifier(box, time, settings)
        for id in 0..<3 { notifier.record([try Self.change(id)]) }
        notifier.ring([try Self.change(9)])
        let running = Task { await notifier.run() }
        while box.said.withLock({ $0.isEmpty }) || box.batches.withLock({ $0.isEmpty }) { await Task.yield() }
        running.cancel()
        #expect(box.said.withLock { $0 } == ["the log /nowhere/at/all cannot be written: No such file or directory"])
    }
}
