public import Deliverability
import Glibc
import Report

/// Writes transitions where logs are kept. A failure is told, and the next transition tries again.
public struct NoticeLog: Sendable {
    private let settings: NoticeSettings

    public init(_ settings: NoticeSettings) {
        self.settings = settings
    }

    /// Appends one line for each; returns what went wrong in words, or nil.
    public func write(_ changes: [Change]) -> String? {
        if settings.usesSyslog { for change in changes { Self.syslog(change) } }
        guard let path = settings.logFile else { return nil }
        // Opened each time: log rotation takes the file away.
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640)
        guard file >= 0 else { return Self.words(path, errno) }
        defer { close(file) }
        for change in changes {
            // One write for one line: other writers' lines are not cut.
            let line = Array(NoticeReport.datedLine(change).utf8)
            let count = Glibc.write(file, line, line.count)
            guard count == line.count else { return Self.words(path, count < 0 ? errno : ENOSPC) }
        }
        return nil
    }

    private static func words(_ path: String, _ number: Int32) -> String {
        "the log \(path) cannot be written: \(String(cString: strerror(number)))"
    }

    private static func syslog(_ change: Change) {
        let priority =
            switch change.stateAfter {
            case .bouncing: LOG_CRIT
            case .risk: LOG_ERR
            case .warning: LOG_WARNING
            case .unknown, .unprotected, .ok: LOG_NOTICE
            }
        NoticeReport.line(change).withCString { line in
            // The text is an argument, never the format: it holds what servers said.
            withVaList([OpaquePointer(line)]) { vsyslog(LOG_DAEMON | priority, "stswatch: %s", $0) }
        }
    }
}
