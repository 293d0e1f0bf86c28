import Deliverability
import Foundation
import GRDB
import Glibc
import MTASTS
import Polling
import TestSupport
import Testing

@testable import SQLiteHistory

/// A start where there is no room for what SQLite keeps beside the file.
@Suite(.timeLimit(.minutes(5))) struct FullStartTests {
    private let start = Past.start

    /// Takes the room away: the index of the journal is a pipe, which cannot grow either.
    private func fill(_ folder: Folder) throws {
        try FileManager.default.createDirectory(atPath: folder.place.directory, withIntermediateDirectories: true)
        try #require(mkfifo(folder.place.database + "-shm", 0o600) == 0)
    }

    private func makeRoom(_ folder: Folder) throws {
        try FileManager.default.removeItem(atPath: folder.place.database + "-shm")
    }

    private func bytes(_ folder: Folder) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.place.database))
    }

    @Test func whatWaitedIsInANewFileOnceThereIsRoom() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        try fill(folder)
        #expect(try #require(throws: HistoryTrouble.self) { try folder.open() }.kind == .full)
        var past = Past("example.com")
        var shown: [Change] = []
        do {
            let history = try folder.open(log, time, waits: true)
            #expect(history.isWaitingForRoom && log.kinds == [.full])
            let empty = try history.snapshot()
            #expect(empty.statuses.isEmpty && empty.changes.isEmpty)
            #expect(try await history.history(of: past.domain) == nil)
            let host = HostMemory(host: past.host)
            await history.remember([past.host: host])
            for step in 0...4 {
                let turned = past.turn(offersTLS: step % 2 == 0, at: start.addingTimeInterval(Double(step) * 60))
                shown += await history.append([turned])
            }
            #expect(shown.count == 4 && Set(shown.map(\.id)).count == 4)
            #expect(await history.changes(most: 10) == shown.reversed())
            #expect(await history.memory(of: past.domain) == past.memory)
            #expect(await history.memory(ofHost: past.host) == host)
            shown.replaceSubrange(0...0, with: await history.acknowledge([shown[0].id], at: start))
            #expect(shown[0].acknowledgedBy == "op")
            // Tried at its time, in vain while there is no room; that was told.
            #expect(await history.flush() == 4)
            time.advance(5)
            #expect(await history.flush() == 4)
            #expect(log.kinds == [.full] && log.recovered.isEmpty && history.isWaitingForRoom)
            try makeRoom(folder)
            #expect(await history.flush() == 4)
            time.advance(60)
            #expect(await history.flush() == 0)
            #expect(log.recovered == [HistoryRecovery(written: 4, lost: 0)])
            #expect(!history.isWaitingForRoom)
            #expect(await history.whyUnwritten == nil)
            // From here on as ever.
            shown += await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(300))])
            #expect(await history.flush(all: true) == 0)
        }
        let again = try folder.open()
        #expect(await again.changes(most: 10) == shown.reversed())
        #expect(await again.memory(of: past.domain) == past.memory)
        #expect(await again.memory(ofHost: past.host) != nil)
        #expect(try await again.history(of: past.domain)?.samples.reduce(0) { $0 + $1.looks } == 6)
        #expect(try await again.faults().isEmpty)
    }

    @Test func whatAnOlderRunLeftIsShownAndGoneOnFrom() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var (past, other) = (Past("example.com"), Past("other.example"))
        var shown: [Change] = []
        do {
            let history = try folder.open()
            _ = await history.append([past.look(at: start), other.look(at: start)])
            shown += await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
            await history.flush(all: true)
        }
        let before = try bytes(folder)
        try fill(folder)
        do {
            let history = try folder.open(log, time, waits: true)
            let snapshot = try history.snapshot()
            #expect(Set(snapshot.statuses.map(\.domain)) == [past.domain, other.domain])
            #expect(snapshot.statuses.first { $0.domain == past.domain }?.digest.state == .bouncing)
            #expect(snapshot.changes == shown)
            #expect(try await history.history(of: past.domain)?.policies.count == 1)
            #expect(await history.memory(of: past.domain) == past.memory)
            #expect(await history.verdict(of: past.domain)?.state == .bouncing)
            shown = await history.acknowledge([shown[0].id], at: start)
            #expect(await history.changes(most: 10) == shown && shown[0].acknowledgedBy == "op")
            // Another policy, and another state.
            (past.id, past.maxAge) = ("2", 86_400)
            (past.recordSince, past.policySince) = (start.addingTimeInterval(120), start.addingTimeInterval(120))
            shown += await history.append([past.turn(offersTLS: true, at: start.addingTimeInterval(120))])
            #expect(shown.count == 2 && shown[1].id > shown[0].id)
            time.advance(5)
            #expect(await history.flush() == 1)
            #expect(try bytes(folder) == before)
            try makeRoom(folder)
            time.advance(60)
            #expect(await history.flush(all: true) == 0)
            #expect(log.kinds == [.full] && log.recovered == [HistoryRecovery(written: 1, lost: 0)])
        }
        let again = try folder.open()
        #expect(await again.changes(most: 10) == shown.reversed())
        #expect(await again.memory(of: past.domain) == past.memory)
        #expect(await again.memory(of: other.domain) == other.memory)
        let kept = try #require(await again.history(of: past.domain))
        #expect(kept.policies.map(\.value.id) == ["2", "1"] && kept.policies[1].goneAt != nil)
        #expect(try await again.faults().isEmpty)
    }

    /// The file is taken away to make room: nothing of it is gone on from as if it were there.
    @Test func aFileThatIsTakenAwayMeanwhileIsBegunAnew() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        do { _ = try await folder.open().append([past.look(at: start)]) }
        try fill(folder)
        let history = try folder.open(log, time, waits: true)
        #expect(await history.memory(of: past.domain) == past.memory)
        _ = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.place.directory) {
            try FileManager.default.removeItem(atPath: folder.place.directory + "/" + name)
        }
        time.advance(5)
        #expect(await history.flush(all: true) == 0)
        let again = try folder.open()
        #expect(await again.memory(of: past.domain) == past.memory)
        #expect(try await again.history(of: past.domain)?.policies.count == 1)
    }

    /// `check` writes beside a monitor: what was read at the start stays as it is, and nothing of theirs is lost.
    @Test func whatOthersWriteMeanwhileDisturbsNothing() async throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        var (past, other) = (Past("example.com"), Past("other.example"))
        var turned: [Change] = []
        do {
            let history = try folder.open()
            _ = await history.append([past.look(at: start)])
            turned = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(30))])
            await history.flush(all: true)
        }
        try fill(folder)
        let history = try folder.open(log, time, waits: true)
        try makeRoom(folder)
        #expect(await history.acknowledge(turned.map(\.id), at: start).count == 1)
        do {
            let beside = try folder.open()
            for minute in 0..<50 {
                let moment = start.addingTimeInterval(Double(minute) * 60)
                _ = await beside.append([other.turn(offersTLS: minute % 2 == 0, at: moment)])
            }
            await beside.flush(all: true)
        }
        #expect(history.isWaitingForRoom)
        #expect(await history.memory(of: past.domain) == past.memory)
        #expect(await history.memory(of: other.domain) == nil)
        #expect(try await history.history(of: past.domain)?.policies.count == 1)
        #expect(try history.snapshot().statuses.map(\.domain) == [past.domain])
        _ = await history.append([past.turn(offersTLS: true, at: start.addingTimeInterval(60))])
        time.advance(5)
        #expect(await history.flush(all: true) == 0)
        let again = try folder.open()
        #expect(await again.memory(of: past.domain) == past.memory)
        #expect(await again.memory(of: other.domain) == other.memory)
        let changes = await again.changes(most: 100)
        #expect(changes.count == 51)
        #expect(changes.first { $0.id == turned.first?.id }?.acknowledgedBy == "op", "what was accepted meanwhile")
        #expect(try await again.faults().isEmpty)
    }

    /// Where a disk that fails cannot tell what is there, nothing is begun in its place.
    @Test func whatCannotBeLookedAtIsNotTakenForNothing() throws {
        let folder = Folder()
        try FileManager.default.createDirectory(atPath: folder.place.directory, withIntermediateDirectories: true)
        // A link that leads to itself cannot be followed.
        try FileManager.default.createSymbolicLink(
            atPath: folder.place.database, withDestinationPath: folder.place.database)
        let full = HistoryTrouble.lacksRoom(folder.place.database)
        #expect(throws: full) { try HistoryDatabase(standingInFor: folder.place, full) }
    }

    /// Who has not read what is there must not write over it.
    @Test func whatCannotBeReadIsNotGoneOnFrom() async throws {
        let (folder, old, log, time) = (Folder(), Folder(), FileLog(), ManualTime())
        var past = Past("example.com")
        // The journal of a run that was killed holds more than the file.
        let running = try old.open()
        _ = await running.append([past.look(at: start)])
        try FileManager.default.copyItem(atPath: old.place.directory, toPath: folder.place.directory)
        try makeRoom(folder)
        try fill(folder)
        #expect(folder.place.journalBytes > 0)
        #expect(try #require(throws: HistoryTrouble.self) { try folder.open(log, time, waits: true) }.kind == .full)
        // A file of an older shape.
        let first = Folder()
        try FileManager.default.createDirectory(atPath: first.place.directory, withIntermediateDirectories: true)
        try VersionOne.write(first.place.database)
        let queue = try DatabaseQueue(path: first.place.database)
        try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        try queue.close()
        try fill(first)
        let before = try bytes(first)
        #expect(try #require(throws: HistoryTrouble.self) { try first.open(log, time, waits: true) }.kind == .full)
        #expect(try bytes(first) == before)
        // Once there is room all of it is there.
        for folder in [folder, first] {
            try makeRoom(folder)
            #expect(try await folder.open().memory(of: past.domain) != nil)
        }
        #expect(log.kinds.isEmpty)
    }

    @Test func whatIsForGoodIsNotWaitedFor() throws {
        let (folder, log, time) = (Folder(), FileLog(), ManualTime())
        try fill(folder)
        try Data(repeating: 0x41, count: 5_000).write(to: URL(fileURLWithPath: folder.place.database))
        #expect(try #require(throws: HistoryTrouble.self) { try folder.open(log, time, waits: true) }.kind == .damaged)
    }

    @Test func wantOfRoomIsNamedAndToldWhatToDo() {
        let index = HistoryTrouble(
            DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE, message: "disk I/O error"), path: "/state/history.sqlite")
        #expect(index.kind == .full)
        #expect(
            index.description == "the history /state/history.sqlite cannot grow (disk I/O error): make room on its disk"
        )
        for (code, kind) in [(ENOSPC, HistoryTrouble.Kind.full), (EDQUOT, .full), (EACCES, .readOnly)] {
            for trouble in [HistoryTrouble.lock("/state/x", errno: code), .folder("/state/x", errno: code)] {
                #expect(trouble.kind == kind && trouble.description.contains("/state/x"))
                #expect(trouble.description.hasSuffix("make room on its disk") == (kind == .full))
            }
        }
    }

    @Test func theFolderIsMadeHoweverItIsWritten() throws {
        let folder = Folder()
        let name = "stswatch-\(UUID().uuidString)"
        let place = HistoryPlace(directory: folder.place.directory + "//" + name + "/")
        _ = try SQLiteHistory(place, user: "op")
        let path = folder.place.directory + "/" + name + "/history.sqlite"
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(!FileManager.default.fileExists(atPath: "/" + name))
    }
}
