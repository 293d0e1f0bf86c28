import Glibc

/// Where a history lives: one folder with the database and the lock of the monitor that writes it.
public struct HistoryPlace: Hashable, Sendable {
    public let directory: String

    public init(directory: String) {
        self.directory = directory
    }

    public var database: String { directory + "/history.sqlite" }
    public var lock: String { directory + "/history.lock" }
    /// What was written and is not in the database yet.
    var journal: String { database + "-wal" }

    /// `$XDG_STATE_HOME/stswatch`, or `~/.local/state/stswatch` (XDG Base Directory Specification); a relative
    /// XDG_STATE_HOME does not count. Nil where neither variable is set.
    public static func standard(environment: [String: String]) -> HistoryPlace? {
        if let home = environment["XDG_STATE_HOME"], home.hasPrefix("/") {
            return HistoryPlace(directory: home + "/stswatch")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return HistoryPlace(directory: home + "/.local/state/stswatch")
    }

    /// True where no file can be made in the folder for want of room, of inodes or of quota.
    var lacksRoom: Bool {
        let trial = directory + "/.trial-\(getpid())"
        let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return HistoryTrouble.isWantOfRoom(errno) }
        close(descriptor)
        unlink(trial)
        return false
    }

    /// Makes the folder where it is missing; what is in it is nobody else's business.
    func makeFolder() throws(HistoryTrouble) {
        var folder = directory.hasPrefix("/") ? "/" : ""
        for part in directory.split(separator: "/") {
            folder += (folder.isEmpty || folder == "/" ? "" : "/") + part
            if mkdir(folder, 0o700) != 0, errno != EEXIST, errno != EISDIR {
                // A folder above may be closed to us and still hold ours.
                let code = errno
                var status = stat()
                guard stat(folder, &status) == 0 else { throw HistoryTrouble.folder(folder, errno: code) }
            }
        }
        var status = stat()
        guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw HistoryTrouble.folder(directory, errno: ENOTDIR)
        }
    }
}
