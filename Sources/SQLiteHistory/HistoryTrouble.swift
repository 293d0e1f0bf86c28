import GRDB
import Glibc
import MTASTS

/// Why a history cannot be used, as one sentence with the remedy. What is in the file stays as it is.
public struct HistoryTrouble: Error, Hashable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        case newer, damaged, unreadable, full, readOnly, busy, removed, other
    }

    public let kind: Kind
    public let description: String

    /// True where nothing will be written before somebody acts and starts again: the file stays as it is.
    public var isForGood: Bool { [.damaged, .newer, .unreadable].contains(kind) }

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = VisibleText.printable(description)
    }

    /// What a failed step says; `path` names the database.
    init(_ error: any Error, path: String) {
        if let trouble = error as? HistoryTrouble {
            self = trouble
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.other, "the history \(path) cannot be used: \(error)")
            return
        }
        let words = error.message ?? error.resultCode.description
        // An index that cannot grow beside the journal is an I/O error to SQLite.
        let isUngrown = error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
        switch isUngrown ? .SQLITE_FULL : error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .damaged,
                "the history \(path) is damaged (\(words)): it is left as it is; move it away, or give another "
                    + "--state-dir")
        case .SQLITE_FULL:
            self.init(.full, "the history \(path) cannot grow (\(words)): make room on its disk")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(
                .readOnly,
                "the history \(path) cannot be written (\(words)): allow this user to write there, or give another "
                    + "--state-dir")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "the history \(path) is held by another program: end that one")
        case .SQLITE_IOERR:
            self.init(.full, "the history \(path) cannot be written (\(words)): look at its disk")
        default: self.init(.other, "the history \(path) cannot be used (\(words)): give another --state-dir")
        }
    }

    /// What a failed look into it says, whose answer may not be taken for "nothing is known".
    static func unreadable(_ error: DatabaseError, path: String) -> HistoryTrouble {
        let found = HistoryTrouble(error, path: path)
        if found.kind == .damaged { return found }
        let words = error.message ?? error.resultCode.description
        return HistoryTrouble(
            .unreadable,
            "the history \(path) cannot be read (\(words)): it is left as it is; look at its disk and start again")
    }

    static func newer(_ path: String) -> HistoryTrouble {
        HistoryTrouble(
            .newer,
            "the history \(path) was written by a newer stswatch: use that one, or give another --state-dir")
    }

    /// No file can be made.
    static func lacksRoom(_ path: String) -> HistoryTrouble {
        HistoryTrouble(.full, "the history \(path) cannot be made: make room on its disk, or free some of its inodes")
    }

    static func removed(_ path: String) -> HistoryTrouble {
        HistoryTrouble(.removed, "the history \(path) was taken away while it was in use: another is begun")
    }

    /// A folder that cannot be made.
    static func folder(_ path: String, errno code: Int32) -> HistoryTrouble {
        HistoryTrouble(
            isWantOfRoom(code) ? .full : .readOnly,
            "the folder \(path) for the history cannot be made (\(String(cString: strerror(code)))): "
                + (isWantOfRoom(code) ? "make room on its disk" : "give another --state-dir"))
    }

    /// A lock that cannot be taken.
    static func lock(_ path: String, errno code: Int32) -> HistoryTrouble {
        HistoryTrouble(
            isWantOfRoom(code) ? .full : .readOnly,
            "the lock \(path) cannot be had (\(String(cString: strerror(code)))): "
                + (isWantOfRoom(code)
                    ? "make room on its disk" : "allow this user to write there, or give another --state-dir"))
    }

    static func isWantOfRoom(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT }
}
