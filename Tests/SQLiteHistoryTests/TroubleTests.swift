import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import Synchronization
import TestSupport
import Testing

@testable import SQLiteHistory

/// What cannot be used is told in one sentence and left as it is.
@Suite struct TroubleTests {
    private let start = Past.start

    private func trouble(_ folder: Folder) throws -> HistoryTrouble {
        try #require(throws: HistoryTrouble.self) { try folder.open() }
    }

    private func makeFolder(_ folder: Folder) throws {
        try FileManager.default.createDirectory(atPath: folder.place.directory, withIntermediateDirectories: true)
    }

    @Test func aNewerDatabaseIsLeftAlone() throws {
        let folder = Folder()
        do {
            let history = try folder.open()
            try history.database.pool.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')")
            }
        }
        let found = try trouble(folder)
        #expect(found.kind == .newer)
        #expect(found.description.contains("was written by a newer stswatch"))
        #expect(!found.description.contains("\n"))
    }

    @Test func aDamagedFileIsLeftAsItIs() throws {
        let folder = Folder()
        try makeFolder(folder)
        let bytes = Data((0..<8_192).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        try bytes.write(to: URL(fileURLWithPath: folder.place.database))
        let found = try trouble(folder)
        #expect(found.kind == .damaged)
        #expect(found.description.contains(folder.place.database) && found.description.contains("is damaged"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.place.database)) == bytes)
    }

    @Test func damageInTheMiddleTurnsTheMonitorToMemory() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let told = Mutex<[HistoryTrouble]>([])
        do {
            let history = try folder.open()
            _ = await history.append([past.look(at: start)])
            _ = try await history.database.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try history.database.pool.close()
        }
        // Every page but the first, as a failing disk would leave them.
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.place.database))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 4_096)
        try handle.write(contentsOf: Data(repeating: 0x5a, count: Int(size) - 4_096))
        try handle.close()
        do {
            let history = try SQLiteHistory(folder.place, user: "op") { trouble in told.withLock { $0.append(trouble) }
            }
            let changes = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
            #expect(changes.count == 1)
            // It is not tried again, and stays as it is.
            #expect(await history.flush(all: true) == 1)
            #expect(await history.changes(most: 10) == changes)
            #expect(told.withLock { $0.map(\.kind) } == [.damaged])
        } catch {
            #expect(error.kind == .damaged)
        }
    }

    /// A domain whose past cannot be read begins from nothing: that must not take the place of its past.
    @Test func whereAMemoryCannotBeReadNothingIsWrittenOverIt() async throws {
        let folder = Folder()
        let log = FileLog()
        var pasts = (0..<60).map { Past("customer-\($0).example") }
        var stored: Data?
        do {
            let history = try folder.open()
            for index in pasts.indices { _ = await history.append([pasts[index].look(at: start)]) }
            stored = try await history.database.read { db in
                try Data.fetchOne(
                    db, sql: "SELECT body FROM memory JOIN domain ON id = domain WHERE name = 'customer-30.example'")
            }
            _ = try await history.database.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try history.database.pool.close()
        }
        let file = URL(fileURLWithPath: folder.place.database)
        var bytes = try Data(contentsOf: file)
        let body = try #require(stored)
        let found = try #require(bytes.range(of: body), "the memory stands in one piece")
        let page = found.lowerBound / 4_096 * 4_096
        bytes.replaceSubrange(page..<(page + 16), with: Data(repeating: 0x5a, count: 16))
        try bytes.write(to: file)

        let history = try folder.open(log, ManualTime(start))
        #expect(await history.memory(of: pasts[0].domain) == pasts[0].memory, "the rest can be read")
        #expect(log.kinds.isEmpty)
        #expect(await history.memory(of: pasts[30].domain) == nil)
        #expect(log.kinds == [.damaged])
        var anew = Past("customer-30.example")
        let later = start.addingTimeInterval(60)
        let told = await history.append([anew.look(at: later), pasts[0].turn(offersTLS: false, at: later)])
        #expect(told.count == 1, "it is told, and kept in mind")
        #expect(await history.flush(all: true) == 1)
        #expect(try Data(contentsOf: file) == bytes)
        #expect(log.recovered.isEmpty)
    }

    @Test func aReadThatFailsIsNoOrdinaryTrouble() {
        let lost = HistoryTrouble.unreadable(
            DatabaseError(resultCode: .SQLITE_IOERR_READ, message: "disk I/O error"), path: "/state/history.sqlite")
        #expect(lost.kind == .unreadable && lost.isForGood)
        #expect(
            lost.description
                == "the history /state/history.sqlite cannot be read (disk I/O error): it is left as it is; look at its "
                + "disk and start again")
        let damaged = HistoryTrouble.unreadable(DatabaseError(resultCode: .SQLITE_CORRUPT), path: "x")
        #expect(damaged.kind == .damaged && damaged.isForGood)
    }

    @Test func aFolderThatCannotBeMadeIsTold() throws {
        let folder = Folder()
        try Data("a file".utf8).write(to: URL(fileURLWithPath: folder.place.directory))
        let found = try trouble(folder)
        #expect(found.kind == .readOnly)
        #expect(found.description.contains("the folder \(folder.place.directory) for the history cannot be made"))
    }

    @Test func aFileThatMayNotBeWrittenIsTold() throws {
        let found = HistoryTrouble(
            DatabaseError(resultCode: .SQLITE_READONLY, message: "attempt to write a readonly database"),
            path: "/state/history.sqlite")
        #expect(found.kind == .readOnly)
        #expect(
            found.description
                == "the history /state/history.sqlite cannot be written (attempt to write a readonly database): allow "
                + "this user to write there, or give another --state-dir")
        let unopened = HistoryTrouble(DatabaseError(resultCode: .SQLITE_CANTOPEN), path: "x")
        #expect(unopened.kind == .readOnly)
    }

    /// What `faults` finds must be able to be found: the kill test rests on it.
    @Test func aDamagedPageIsAFault() async throws {
        let folder = Folder()
        var past = Past("example.com")
        do {
            let history = try folder.open()
            for step in 0..<40 {
                _ = await history.append([
                    past.turn(offersTLS: step % 2 == 0, at: start.addingTimeInterval(Double(step)))
                ])
            }
            #expect(try await history.faults().isEmpty)
            _ = try await history.database.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try history.database.pool.close()
        }
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.place.database))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size - 4_096)
        try handle.write(contentsOf: Data(repeating: 0x5a, count: 4_096))
        try handle.close()
        let history = try folder.open()
        do {
            #expect(try await !history.faults().isEmpty)
        } catch {
            #expect(error.kind == .damaged)
        }
    }
}
