import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import Testing

@testable import SQLiteHistory

@Suite struct PruningTests {
    private let start = Past.start

    @Test func theFileStaysUnderItsBound() async throws {
        let folder = Folder()
        let history = try folder.open()
        var pasts = (0..<40).map { Past("domain-\($0).example") }
        // Each hour every domain turns, with another certificate and another policy.
        for hour in 0..<40 {
            let now = start.addingTimeInterval(Double(hour) * 3_600)
            let entries = pasts.indices.map { index in
                pasts[index].id = "\(hour)"
                pasts[index].recordSince = now
                pasts[index].maxAge = 86_400 + hour
                pasts[index].policySince = now
                pasts[index].der = [UInt8](repeating: UInt8(hour), count: 6_000) + Array("\(index)".utf8)
                return pasts[index].turn(offersTLS: hour % 2 == 0, at: now)
            }
            _ = await history.append(entries)
        }
        await history.flush(all: true)
        let end = start.addingTimeInterval(40 * 3_600)
        let bound = 8 << 20
        let pruned = try await history.prune(Retention(bytes: bound), now: end)
        #expect(pruned.before > bound)
        #expect(pruned.after <= bound)
        #expect(try await history.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        #expect(try await history.database.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count } == 0)
        // What judging and the next start need is not what goes.
        #expect(await history.memory(of: pasts[7].domain) == pasts[7].memory)
        #expect(try history.snapshot().statuses.count == 40)
    }

    @Test func ageForgetsWhatIsOverAndSeen() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        _ = await history.append([past.look(at: start)])
        let bad = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        _ = await history.append([past.turn(offersTLS: true, at: start.addingTimeInterval(120))])
        let worse = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(180))])
        _ = await history.acknowledge(bad.map(\.id), at: start)
        past.id = "2"
        past.maxAge = 86_400
        past.recordSince = start.addingTimeInterval(240)
        past.policySince = start.addingTimeInterval(240)
        _ = await history.append([past.look(at: start.addingTimeInterval(240))])
        await history.flush(all: true)
        let later = start.addingTimeInterval(500 * 86_400)
        _ = await history.append([past.look(at: later)])
        await history.flush(all: true)
        try await history.prune(Retention(), now: later)
        // Nobody has seen the last one.
        #expect(await history.changes(most: 10).map(\.id).contains(worse[0].id))
        #expect(await !history.changes(most: 10).map(\.id).contains(bad[0].id))
        let kept = try #require(await history.history(of: past.domain))
        #expect(kept.policies.map(\.value.id) == ["2"])
        #expect(kept.samples.map(\.start) == [Date(timeIntervalSince1970: later.timeIntervalSince1970)])
    }

    @Test func hoursBecomeDays() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        for hour in 0..<30 {
            _ = await history.append([
                past.turn(offersTLS: hour != 3, at: start.addingTimeInterval(Double(hour) * 3_600))
            ])
        }
        await history.flush(all: true)
        let now = start.addingTimeInterval(30 * 3_600)
        let hours = try #require(await history.history(of: past.domain)).samples
        #expect(hours.count == 30 && hours.allSatisfy { $0.seconds == 3_600 && $0.looks == 1 })
        #expect(hours.map(\.availability) == (0..<30).map { $0 == 3 ? 0 : 1 })
        #expect(hours.first?.milliseconds == 12 && hours.first?.certificateDays == 60)
        let later = now.addingTimeInterval(20 * 86_400)
        try await look(until: later, history)
        try await history.prune(Retention(), now: later)
        let days = try #require(await history.history(of: past.domain)).samples
        #expect(days.map(\.seconds) == [86_400, 86_400])
        #expect(days.map(\.looks) == [12, 18] && days.map(\.bounced) == [1, 0])
        #expect(days.map(\.worst) == [.bouncing, .ok])
    }

    /// Has another domain looked at on each of some days, the last time at this moment.
    private func look(days: Int = 3, until end: Date, _ history: SQLiteHistory) async throws {
        var other = Past("other.example")
        for day in (0..<days).reversed() {
            _ = await history.append([other.look(at: end.addingTimeInterval(Double(-day) * 86_400))])
        }
        await history.flush(all: true)
    }

    /// Of domains that nobody looks at any more the one goes last of which somebody may hold a copy.
    @Test func theHeldOutlivesTheForgotten() async throws {
        let folder = Folder()
        let history = try folder.open()
        var held = Past("held.example")
        held.maxAge = 31_557_600
        var forgotten = (0..<1_500).map { Past("forgotten-\($0).example") }
        for index in forgotten.indices { forgotten[index].maxAge = 3_600 }
        _ = await history.append([held.look(at: start)])
        _ = await history.append(forgotten.indices.map { forgotten[$0].look(at: start.addingTimeInterval(60)) })
        let later = start.addingTimeInterval(10 * 86_400)
        try await look(until: later, history)
        func left() async throws -> Int {
            try await history.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM domain") ?? 0 }
        }
        var bound = 16 << 20
        while try await left() == 1_502 {
            bound -= 64 << 10
            try await history.prune(Retention(bytes: bound), now: later)
        }
        #expect(await history.memory(of: held.domain) == held.memory)
    }

    /// A clock that is ahead for a while makes nothing old, be it before the first look by it or after.
    @Test(arguments: [false, true]) func aClockAheadAgesNothing(looks: Bool) async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        for day in 0..<3 { _ = await history.append([past.look(at: start.addingTimeInterval(Double(day) * 86_400))]) }
        await history.flush(all: true)
        let ahead = start.addingTimeInterval(500 * 86_400)
        if looks { try await look(days: 1, until: ahead, history) }
        try await history.prune(Retention(), now: ahead)
        #expect(await history.memory(of: past.domain) == past.memory)
        #expect(try await history.history(of: past.domain)?.samples.count == 3)
    }

    /// What another program has pruned is not only stamped again: it is written whole.
    @Test func whatIsGoneFromTheFileIsWrittenWhole() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        func remember(at moment: Date) async {
            await history.remember([past.host: past.hostMemory(at: moment)])
            _ = await history.append([past.look(at: moment)])
            await history.flush()
        }
        await remember(at: start)
        try await history.database.write { writer in
            try writer.db.execute(sql: "DELETE FROM domain; DELETE FROM host")
        }
        for minute in [10.0, 20] { await remember(at: start.addingTimeInterval(minute * 60)) }
        await history.flush(all: true)
        let again = try folder.open()
        #expect(await again.memory(of: past.domain) == past.memory)
        #expect(await again.memory(ofHost: past.host) == past.hostMemory(at: start.addingTimeInterval(1_200)))
        #expect(try again.snapshot().statuses.map(\.domain) == [past.domain])
        #expect(await again.verdict(of: past.domain) != nil)
        // The first look was in the file, and went with the rest.
        #expect(try await again.history(of: past.domain)?.samples.map(\.looks) == [2])
    }

    @Test func anHourIsGoneOnWithAfterARestart() async throws {
        let folder = Folder()
        var past = Past("example.com")
        for minute in 0..<3 {
            let history = try folder.open()
            _ = await history.append([past.look(at: start.addingTimeInterval(Double(minute) * 60))])
            await history.flush(all: true)
        }
        let history = try folder.open()
        #expect(try await history.history(of: past.domain)?.samples.map(\.looks) == [3])
    }

    /// A policy that was replaced long ago is still held where it said so (RFC 8461 3.2), and a change that nobody has
    /// acknowledged is still news: both outlive their age, and the rest when room is made.
    @Test func whatIsStillNeededGoesLast() async throws {
        let folder = Folder()
        let history = try folder.open()
        let year = 31_557_600
        var held = Past("held.example")
        held.maxAge = year
        _ = await history.append([held.look(at: start)])
        let worse = await history.append([held.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        let marked = try #require(worse.first)
        // Replaced after an hour; the copies run out a year after that.
        (held.id, held.maxAge) = ("2", 86_400)
        (held.recordSince, held.policySince) = (start.addingTimeInterval(3_600), start.addingTimeInterval(3_600))
        _ = await history.append([held.look(at: start.addingTimeInterval(3_600))])
        var others = (0..<10).map { Past("domain-\($0).example") }
        for hour in 2..<32 {
            let now = start.addingTimeInterval(Double(hour) * 3_600)
            _ = await history.append(
                others.indices.map { index in
                    others[index].id = "\(hour)"
                    others[index].maxAge = 86_400 + hour
                    (others[index].recordSince, others[index].policySince) = (now, now)
                    others[index].der = [UInt8](repeating: UInt8(hour), count: 16_000) + Array("\(index)".utf8)
                    return others[index].turn(offersTLS: hour % 2 == 0, at: now)
                })
        }
        _ = await history.acknowledge(
            await history.changes(most: 10_000).map(\.id).filter { $0 != marked.id }, at: start)
        await history.flush(all: true)
        // Nothing of it is older than is kept, but there is ever less room, until old versions go.
        let later = start.addingTimeInterval(100 * 86_400)
        try await look(until: later, history)
        var bound = 9 << 20
        while try await history.history(of: others[0].domain)?.policies.count ?? 0 > 1 {
            bound -= 128 << 10
            let after = try await history.prune(Retention(bytes: bound), now: later).after
            try #require(after <= bound)
        }
        #expect(await history.changes(most: 10_000).map(\.id) == [marked.id])
        var kept = try #require(await history.history(of: held.domain))
        #expect(kept.policies.map(\.value.maxAge) == [86_400, year])
        #expect(await history.memory(of: held.domain) == held.memory)
        #expect(await history.acknowledge([marked.id], at: later).map(\.acknowledgedAt) == [later])
        // By age: a copy may stand for the rest of the year, and what was seen of the domain with it.
        try await history.prune(Retention(days: 30), now: later)
        kept = try #require(await history.history(of: held.domain))
        #expect(kept.policies.map(\.value.maxAge) == [86_400, year])
        #expect(await history.memory(of: held.domain) == held.memory)
        // All copies have run out.
        let end = start.addingTimeInterval(3_600 + Double(year) + 1)
        try await look(until: end, history)
        try await history.prune(Retention(days: 30), now: end)
        #expect(await history.memory(of: held.domain) == nil)
    }

    /// A certificate is over when another came at its address: what another address of the host shows ends nothing.
    @Test func whatAnAddressStillShowsIsKept() async throws {
        let folder = Folder()
        let history = try folder.open()
        let past = Past("example.com")
        func show(_ leaf: String, at address: String, _ now: Date) async throws {
            try await history.database.write { writer in
                try writer.execute(
                    "INSERT INTO certificate VALUES (?, ?, ?, ?, 'ca', 0, 0, ?)",
                    [past.host.text, address, now.unix, leaf, now.unix])
            }
        }
        try await show("aa", at: "192.0.2.1", start)
        try await show("bb", at: "192.0.2.2", start.addingTimeInterval(86_400))
        try await show("cc", at: "192.0.2.2", start.addingTimeInterval(2 * 86_400))
        let later = start.addingTimeInterval(500 * 86_400)
        try await look(until: later, history)
        try await history.prune(Retention(), now: later)
        let left = try await history.database.read {
            try String.fetchAll(
                $0, sql: "SELECT sha256 FROM certificate WHERE host = ? ORDER BY sha256", arguments: [past.host.text])
        }
        #expect(left == ["aa", "cc"])
    }
}
