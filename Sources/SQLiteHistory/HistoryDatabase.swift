import Deliverability
import Foundation
import GRDB
import Glibc
import MTASTS
import Polling
import Synchronization

/// The open file. Each call is one transaction, and none is given up half way because the caller was cancelled.
final class HistoryDatabase: Sendable {
    let pool: any DatabaseWriter
    let place: HistoryPlace
    /// What a stand-in was copied from. Open to the end of the program: the kernel gives the number of a file that nobody
    /// has open to another, and closing one takes every lock on it from the whole process, that of what follows too.
    private let source: DatabaseQueue?
    /// True where nothing can be written: it only tells what an older run left.
    let isStandIn: Bool
    private let writer = UUID().uuidString
    /// What stood at the place when it was opened.
    private let file: FileIdentity?

    /// Opens, creates where missing, and migrates; a newer or damaged file is left as it is.
    /// - Parameter patience: seconds for which a step waits for another program at work.
    init(_ place: HistoryPlace, patience: TimeInterval) throws(HistoryTrouble) {
        self.place = place
        (isStandIn, source) = (false, nil)
        try place.makeFolder()
        do {
            var configuration = Configuration()
            configuration.label = "history"
            configuration.busyMode = .timeout(patience)
            configuration.maximumReaderCount = 2
            // Only a file that has no table yet takes it; what is pruned goes back to the disk. Any other would have to
            // be free for it, however often it was asked.
            configuration.prepareDatabase { db in
                guard !db.configuration.readonly, try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 else { return }
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            let pool = try DatabasePool(path: place.database, configuration: configuration)
            self.pool = pool
            let migrations = Migrations.all
            let isPresent = try pool.writeWithoutTransaction { db in
                guard try !migrations.hasBeenSuperseded(db) else { throw HistoryTrouble.newer(place.database) }
                // Not less: a transition that was shown must outlive a power cut.
                try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 2097152")
                return try migrations.hasCompletedMigrations(db)
            }
            if !isPresent { try migrations.migrate(pool) }
            file = FileIdentity(place.database)
        } catch {
            let trouble = HistoryTrouble(error, path: place.database)
            // A file that cannot be made for want of room is only one that cannot be opened to SQLite.
            throw trouble.kind == .readOnly && place.lacksRoom ? .lacksRoom(place.database) : trouble
        }
    }

    /// Stands in for a file for which there is no room: a copy in memory of what is in it, or of nothing. Others may
    /// write the file meanwhile.
    /// - Throws: `trouble` where there is something that cannot be read: who has not read it must not go on from it.
    init(standingInFor place: HistoryPlace, _ trouble: HistoryTrouble) throws(HistoryTrouble) {
        guard trouble.kind == .full else { throw trouble }
        self.place = place
        isStandIn = true
        do {
            let copy = try DatabaseQueue()
            source = try place.leftBehind(or: trouble)
            if let source { try source.backup(to: copy) } else { try Migrations.all.migrate(copy) }
            file = source == nil ? nil : FileIdentity(place.database)
            pool = copy
        } catch {
            throw error as? HistoryTrouble ?? trouble
        }
    }

    private static let retired = Mutex<[DatabaseQueue]>([])

    deinit {
        if let source { Self.retired.withLock { $0.append(source) } }
    }

    /// True where both were opened on the same file.
    func isSameFile(as other: HistoryDatabase) -> Bool { file != nil && file == other.file }

    /// A file as the kernel tells it from others.
    private struct FileIdentity: Equatable {
        let device: dev_t
        let number: ino_t

        /// Nil where there is none.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, number) = (status.st_dev, status.st_ino)
        }
    }

    /// False once another file or none stands at the place: what is written then is gone with this process.
    var isInPlace: Bool { file == FileIdentity(place.database) }

    /// Why it cannot be written at this moment, where another program is at work on it for longer than a moment; nil where
    /// none is.
    /// - Parameters:
    ///   - moment: so many milliseconds; nobody writes so long at a time.
    ///   - patience: seconds for which later steps wait.
    func isHeld(longerThan moment: Int, thenWaiting patience: TimeInterval) -> HistoryTrouble? {
        do {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA busy_timeout = \(moment)")
                defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(patience * 1_000))") }
                try db.execute(sql: "BEGIN IMMEDIATE; ROLLBACK")
            }
            return nil
        } catch {
            let trouble = HistoryTrouble(error, path: place.database)
            return trouble.kind == .busy ? trouble : nil
        }
    }

    /// One transaction that is on the disk when this returns.
    /// - Parameter tries: how often it waits for another program at work; half a minute in all.
    func write<Value: Sendable>(
        tries: Int = 6, _ work: @escaping @Sendable (HistoryWriter) throws -> Value
    ) async throws -> Value {
        for _ in 1..<tries {
            do {
                return try await writeOnce(work)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                continue
            }
        }
        return try await writeOnce(work)
    }

    private func writeOnce<Value: Sendable>(
        _ work: @escaping @Sendable (HistoryWriter) throws -> Value
    ) async throws -> Value {
        let writer = writer
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWrite(
                { db in try work(HistoryWriter(db: db, writer: writer)) },
                completion: { _, result in continuation.resume(with: result) })
        }
    }

    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { result in
                continuation.resume(with: Result { try work(try result.get()) })
            }
        }
    }
}

extension HistoryPlace {
    /// What is in the file, only to be read; nil where nothing is.
    fileprivate func leftBehind(or trouble: HistoryTrouble) throws -> DatabaseQueue? {
        var status = stat()
        guard stat(database, &status) == 0 else {
            // What cannot be looked at may be full of what others rely on.
            guard errno == ENOENT || errno == ENOTDIR else { throw trouble }
            return nil
        }
        guard status.st_size > 0 || journalBytes > 0 else { return nil }
        var configuration = Configuration()
        configuration.label = "history"
        configuration.readonly = true
        var address = database
        if journalBytes == 0, let path = database.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) {
            // Without a journal all is in the file. SQLite then makes none beside it, for which there is no room.
            address = "file:\(path)?immutable=1"
        }
        let queue = try DatabaseQueue(path: address, configuration: configuration)
        return try queue.read { db in
            let migrations = Migrations.all
            guard try !migrations.hasBeenSuperseded(db) else { throw HistoryTrouble.newer(database) }
            if try migrations.hasCompletedMigrations(db) { return queue }
            // Begun when there was no more room: nothing is in it.
            guard try !db.tableExists("domain") || Int.fetchOne(db, sql: "SELECT 1 FROM domain") == nil else {
                throw trouble
            }
            return nil
        }
    }
}
