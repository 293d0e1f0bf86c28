/// Where a history lives: one folder with the database and the lock of the monitor that writes it.
public struct HistoryPlace: Hashable, Sendable {
    public let directory: String

    public init(directory: String) {
        self.directory = directory
    }

    public var database: String { directory + "/history.sqlite" }
    public var lock: String { directory + "/history.lock" }

    /// `$XDG_STATE_HOME/stswatch`, or `~/.local/state/stswatch` (XDG Base Directory Specification); a relative
    /// XDG_STATE_HOME does not count. Nil where neither variable is set.
    public static func standard(environment: [String: String]) -> HistoryPlace? {
        if let home = environment["XDG_STATE_HOME"], home.hasPrefix("/") {
            return HistoryPlace(directory: home + "/stswatch")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return HistoryPlace(directory: home + "/.local/state/stswatch")
    }
}
