import Deliverability
import Foundation
import GRDB
import Glibc
import MTASTS
import Polling

/// The open file. Each call is one transaction, and none is given up half way because the caller was cancelled.
final class HistoryDatabase: Sendable {
    let pool: DatabasePool
    let place: HistoryPlace
    private let writer = UUID().uuidString
    /// What stood at the place when it was opened.
    private let file: FileIdentity?

    /// Opens, creates where missing, and migrates; a newer or damaged file is left as it is.
    /// - Parameter patience: seconds for which a step waits for another program at work.
    init(_ place: HistoryPlace, patience: TimeInterval) throws(HistoryTrouble) {
        self.place = place
        try Self.makeFolder(place.directory)
        do {
            var configuration = Configuration()
            configuration.label = "history"
            configuration.busyMode = .timeout(patience)
            configuration.maximumReaderCount = 2
            // Only a file that has no table yet takes it; what is pruned goes back to the disk.
            configuration.prepareDatabase { db in
                if !db.configuration.readonly { try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            }
            pool = try DatabasePool(path: place.database, configuration: configuration)
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
            throw HistoryTrouble(error, path: place.database)
        }
    }

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

    /// What is in it is nobody else's business.
    private static func makeFolder(_ path: String) throws(HistoryTrouble) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            folder += (folder.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
            guard !part.isEmpty, folder != "/" else {
                folder = ""
                continue
            }
            if mkdir(folder, 0o700) != 0, errno != EEXIST, errno != EISDIR {
                // A folder above may be closed to us and still hold ours.
                let code = errno
                var status = stat()
                guard stat(folder, &status) == 0 else { throw HistoryTrouble.folder(folder, errno: code) }
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw HistoryTrouble.folder(path, errno: ENOTDIR)
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
