import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import TestSupport
import Testing

@testable import SQLiteHistory

/// A file that cannot be written for a while: a disk without room, or another program that holds it.
@Suite(.timeLimit(.minutes(5))) struct OutageTests {
    private let start = Past.start

    private func open(
        _ folder: Folder, _ log: FileLog, _ time: ManualTime, patience: TimeInterval = 5
    ) throws -> SQLiteHistory {
        try folder.open(log, time, patience: patience)
    }

    /// Lets the file grow by so many pages and no more, as a disk does that is nearly full; nil gives it room again.
    private func limit(_ history: SQLiteHistory, to more: Int?) async throws {
        try await history.database.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(more.map { pages + $0 } ?? 1_000_000)")
        }
    }

    @Test func whatWasShownWhileTheDiskWasFullIsWrittenLater() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        var shown: [Change] = []
        let seen: [Change]
        do {
            let history = try open(folder, log, time)
            _ = await history.append([past.look(at: start)])
            try await limit(history, to: 3)
            var (step, afterwards) = (0, 0)
            // Until it fails, and then for a while on: each turn also another policy.
            while afterwards < 60, step < 600 {
                step += 1
                let now = start.addingTimeInterval(Double(step) * 60)
                past.id = "\(step)"
                past.maxAge = 86_400 + step
                (past.recordSince, past.policySince) = (now, now)
                let told = await history.append([past.turn(offersTLS: step % 2 == 0, at: now)])
                #expect(told.count == 1)
                shown += told
                if !log.kinds.isEmpty { afterwards += 1 }
            }
            #expect(log.kinds == [.full] && afterwards == 60 && shown.count > 60)
            #expect(shown.map(\.id) == shown.map(\.id).sorted() && Set(shown.map(\.id)).count == shown.count)
            // All of it is there for who asks, and one of each kind is acknowledged.
            #expect(await history.changes(most: 1_000) == shown.reversed())
            #expect(await history.memory(of: past.domain) == past.memory)
            #expect(await history.verdict(of: past.domain)?.state == past.definite?.state)
            seen = await history.acknowledge([shown[0].id, shown[shown.count - 1].id], at: start)
            #expect(Set(seen.map(\.id)) == [shown[0].id, shown[shown.count - 1].id])
            #expect(seen.allSatisfy { $0.acknowledgedAt == start && $0.acknowledgedBy == "op" })
            // Nothing is tried before its time, and in vain while there is no room; that is told once.
            #expect(await history.flush() == 60)
            time.advance(60)
            #expect(await history.flush() == 60)
            #expect(log.kinds == [.full] && log.recovered.isEmpty)
            try await limit(history, to: nil)
            #expect(await history.flush() == 60)
            time.advance(60)
            #expect(await history.flush() == 0)
            #expect(log.recovered == [HistoryRecovery(written: 60, lost: 0)])
            // From here on as ever.
            let next = start.addingTimeInterval(100_000)
            shown += await history.append([past.turn(offersTLS: step % 2 == 1, at: next)])
            #expect(await history.flush(all: true) == 0)
            #expect(log.kinds == [.full] && log.recovered.count == 1)
        }
        let history = try folder.open()
        let stored = await history.changes(most: 1_000)
        #expect(stored.map(\.id) == shown.map(\.id).reversed())
        for change in stored {
            let told = try #require(shown.first { $0.id == change.id })
            #expect(change == (seen.first { $0.id == change.id } ?? told))
        }
        #expect(await history.memory(of: past.domain) == past.memory)
        let kept = try #require(await history.history(of: past.domain))
        // Every version that is still in mind, and those before it.
        let bodies = Set(kept.policies.map(\.value.maxAge))
        #expect(bodies.isSuperset(of: past.memory.versions.map { $0.policy?.maxAge }))
        // And every look: the first, and one a change.
        #expect(kept.samples.reduce(0) { $0 + $1.looks } == shown.count + 1)
        #expect(try await history.faults().isEmpty)
    }

    /// A monitor is started while another program is at work on the file, such as a backup.
    @Test func aStartWhileTheFileIsHeldShowsWhatIsInItAndWritesLater() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let before = try folder.open()
        _ = await before.append([past.look(at: start)])
        await before.flush(all: true)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.place.database, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        let (log, time) = (FileLog(), ManualTime())
        let history = try folder.open(log, time, waits: true)
        #expect(log.kinds == [.busy])
        #expect(try history.snapshot().statuses.map(\.domain.text) == ["example.com"])
        let shown = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        #expect(shown.count == 1)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        time.advance(60)
        #expect(await history.flush() == 0 && log.recovered.count == 1)
        #expect(try await folder.open().changes(most: 10).count == 1)
    }

    @Test func whoHoldsTheFileLongIsWaitedForBesideThePolls() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        let history = try open(folder, log, time, patience: 0.01)
        _ = await history.append([past.look(at: start)])
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.place.database, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        var shown = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        shown += await history.append([past.turn(offersTLS: true, at: start.addingTimeInterval(120))])
        #expect(shown.count == 2 && log.kinds == [.busy])
        // It tells a change of its own meanwhile.
        try await other.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    INSERT INTO domain (name) VALUES ('other.example');
                    INSERT INTO change (domain, at, state_before, state_after, before, after, turns, impact, fix,
                        is_worse, writer)
                    VALUES (last_insert_rowid(), 0, 'ok', 'bouncing', '', '', '[]', '', '', 1, 'another');
                    COMMIT;
                    """)
        }
        time.advance(5)
        #expect(await history.flush() == 0)
        #expect(log.recovered == [HistoryRecovery(written: 2, lost: 0)])
        let stored = await history.changes(most: 10)
        #expect(stored.map(\.domain.text).sorted() == ["example.com", "example.com", "other.example"])
        #expect(Set(shown.map(\.id)).isSubset(of: stored.map(\.id)))
    }

    /// An identifier that somebody else has taken after all does not hide what was shown under it.
    @Test func aChangeWhoseIdentifierIsTakenIsFoundUnderBoth() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        let history = try open(folder, log, time)
        _ = await history.append([past.look(at: start)])
        try await limit(history, to: 0)
        let shown = try await untilItFails(history, &past, log)
        try await limit(history, to: nil)
        try await history.database.pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO domain (name) VALUES ('other.example');
                    INSERT INTO change (id, domain, at, state_before, state_after, before, after, turns, impact, fix,
                        is_worse, writer)
                    VALUES (?, last_insert_rowid(), 0, 'ok', 'bouncing', '', '', '[]', '', '', 1, 'another')
                    """, arguments: [shown.id])
        }
        time.advance(5)
        #expect(await history.flush() == 0)
        let seen = await history.acknowledge([shown.id], at: start)
        #expect(seen.allSatisfy { $0.domain == past.domain && $0.acknowledgedAt == start })
        #expect(seen.contains { $0.id == shown.id } && seen.count == 2)
        let stored = await history.changes(most: 1_000)
        #expect(stored.first { $0.id == shown.id }?.domain == Past.name("other.example"))
        #expect(stored.contains { $0.at == shown.at && $0.acknowledgedAt == start })
    }

    /// Somebody makes room by deleting the history itself: all that is known is in another one soon.
    @Test func aFileThatIsTakenAwayIsBegunAnew() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var (one, two) = (Past("one.example"), Past("two.example"))
        let history = try open(folder, log, time)
        let host = HostMemory(host: one.host)
        await history.remember([one.host: host])
        _ = await history.append([one.look(at: start), two.look(at: start)])
        try FileManager.default.removeItem(atPath: folder.place.database)
        let shown = await history.append([one.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        #expect(shown.count == 1 && log.kinds == [.removed])
        time.advance(5)
        #expect(await history.flush() == 0)
        #expect(log.recovered == [HistoryRecovery(written: 1, lost: 0)])
        // What stays as it is, too; and from here on as ever.
        _ = await history.append([two.look(at: start.addingTimeInterval(120))])
        let last = await history.append([one.turn(offersTLS: true, at: start.addingTimeInterval(180))])
        #expect(await history.flush(all: true) == 0)
        let again = try folder.open()
        #expect(await again.changes(most: 10) == last + shown)
        #expect(await again.memory(of: one.domain) == one.memory)
        #expect(await again.memory(of: two.domain) == two.memory)
        #expect(await again.memory(ofHost: one.host) == host)
        #expect(await again.verdict(of: two.domain)?.state == two.definite?.state)
        #expect(try await again.history(of: two.domain)?.policies.count == 1)
        #expect(try await again.faults().isEmpty)
        #expect(log.kinds == [.removed])
    }

    /// Turns until a change could not be written; returns it.
    private func untilItFails(_ history: SQLiteHistory, _ past: inout Past, _ log: FileLog) async throws -> Change {
        for step in 1...600 {
            let turned = past.turn(offersTLS: step % 2 == 0, at: start.addingTimeInterval(Double(step) * 60))
            let told = await history.append([turned])
            if !log.kinds.isEmpty { return try #require(told.first) }
        }
        throw HistoryTrouble(.other, "it never failed")
    }

    @Test func leavingTriesOnceMoreAndTellsWhatIsLost() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        let history = try open(folder, log, time)
        _ = await history.append([past.look(at: start)])
        try await limit(history, to: 0)
        let shown = try await untilItFails(history, &past, log)
        #expect(await history.flush(all: true) == 1)
        try await limit(history, to: nil)
        #expect(await history.flush(all: true) == 0)
        let again = try folder.open()
        #expect(await again.changes(most: 1).map(\.id) == [shown.id])
        #expect(try await again.history(of: past.domain)?.samples.isEmpty == false)
    }

    @Test func triesComeEverMoreSeldomAndNeverForWhatIsDamaged() {
        let full = HistoryTrouble(.full, "full")
        var outage = HistoryOutage(full, at: start)
        var pauses: [TimeInterval] = []
        var now = start
        for _ in 0..<6 {
            pauses.append(outage.nextTry.timeIntervalSince(now))
            #expect(!outage.isDue(outage.nextTry.addingTimeInterval(-0.1)) && outage.isDue(outage.nextTry))
            now = outage.nextTry
            let isOther = outage.fails(full, at: now)
            #expect(!isOther)
        }
        #expect(pauses == [5, 10, 20, 40, 60, 60])
        let isAnother = outage.fails(HistoryTrouble(.readOnly, "read-only"), at: now)
        #expect(isAnother)
        let damaged = HistoryOutage(HistoryTrouble(.damaged, "damaged"), at: start)
        #expect(!damaged.isDue(.distantFuture))
    }

    @Test func whatWaitsIsBounded() {
        var staging = HistoryStaging(mostChanges: 100, mostSamples: 50)
        var past = Past("example.com")
        staging.take(past.look(at: start))
        var id = 0
        var marked: Set<Int> = []
        // Half of them to worse, one an hour.
        for step in 1...120 {
            let entry = past.turn(offersTLS: step % 2 == 0, at: start.addingTimeInterval(Double(step) * 3_600))
            let changes = entry.changes.map { change -> Change in
                id += 1
                if change.isWorse { marked.insert(id) }
                return change.numbered(id)
            }
            staging.take(entry, changes: changes)
            staging.trim()
        }
        #expect(id == 120 && marked.count == 60)
        #expect((90...100).contains(staging.changeCount))
        #expect(staging.changeCount + staging.lostChanges == 120)
        // What nobody has seen and is bad goes last.
        #expect(marked.isSubset(of: staging.changes.map(\.id)))
        let batch = staging.batch()
        // Of hours the newest stay, the running one among them. Of a fact only what is believed last.
        #expect((45...50).contains(batch.samples.count))
        #expect(batch.samples.last?.sample.start == start.addingTimeInterval(120 * 3_600))
        #expect(batch.domains.count == 1 && batch.domains[0].facts.count < 10)
        #expect(staging.changes.isEmpty && staging.batch().isEmpty)
        staging.putBack(batch)
        #expect(staging.batch().samples.count == batch.samples.count)
    }

    @Test func whatWaitsOfOneHourBecomesOneSample() {
        var staging = HistoryStaging(mostSamples: 20)
        var past = Past("example.com")
        for look in 0..<36 {
            staging.take(past.look(at: start.addingTimeInterval(Double(look) * 300)))
            staging.trim()
        }
        staging.closeHours()
        let samples = staging.batch().samples
        #expect(samples.count <= 20 && Set(samples.map(\.sample.start)).count == 3)
        #expect(samples.reduce(0) { $0 + $1.sample.looks } == 36)
    }
}
