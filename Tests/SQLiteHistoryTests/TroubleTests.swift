import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import Synchronization
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
            #expect(await !history.isDurable)
            #expect(told.withLock { $0.map(\.kind) } == [.damaged])
        } catch {
            #expect(error.kind == .damaged)
        }
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

    @Test func aFullDiskTurnsTheMonitorToMemoryAndLosesNothingOld() async throws {
        let folder = Folder()
        let told = Mutex<[HistoryTrouble]>([])
        var past = Past("example.com")
        var kept = 0
        do {
            let history = try SQLiteHistory(folder.place, user: "op") { trouble in told.withLock { $0.append(trouble) }
            }
            _ = await history.append([past.look(at: start)])
            try await history.database.pool.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + 3)")
            }
            var ids: [Int] = []
            for step in 1...400 {
                let turned = past.turn(offersTLS: step % 2 == 0, at: start.addingTimeInterval(Double(step) * 60))
                let changes = await history.append([turned])
                #expect(changes.count == 1)
                ids += changes.map(\.id)
                if await !history.isDurable, kept == 0 { kept = ids.count - 1 }
            }
            #expect(kept > 0 && kept < 400)
            // Told once; identifiers go on; what is in memory can be acknowledged, what is in the file too.
            #expect(told.withLock { $0.map(\.kind) } == [.full])
            #expect(ids == Array(1...400))
            #expect(await history.acknowledge([1, 400], at: start).map(\.id) == [1, 400])
            #expect(await history.changes(most: 1).map(\.id) == [400])
            #expect(await history.memory(of: past.domain) == past.memory)
        }
        let history = try folder.open()
        #expect(await history.changes(most: 1_000).count == kept)
        #expect(try await history.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
    }
}
