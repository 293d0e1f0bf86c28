import MTASTS

/// Why there is no list to watch; the description is one sentence that says what to do.
public enum WatchListError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(path: String, FileFailure)
    /// UTF-16 or UTF-32.
    case notUTF8(path: String)
    /// Nothing but comments and blank lines.
    case empty(path: String)
    /// Lines, but not one domain among them.
    case nothingGood(path: String, [WatchListProblem])

    public var description: String {
        switch self {
        case .file(let path, .missing):
            "there is no list \(shown(path)); write one domain a line into it, such as example.com"
        case .file(let path, .isDirectory):
            "\(shown(path)) is a directory; name a file with one domain a line"
        case .file(let path, .notRegular):
            "the list \(shown(path)) is no regular file and is not read again; put a file in its place"
        case .file(let path, .unreadable(let reason)):
            "cannot read the list \(shown(path)): \(reason); check its owner and mode"
        case .file(let path, .tooLarge(let limit)):
            "the list \(shown(path)) is over \(limit >> 20) MiB; split it, or check that it is a list of domains"
        case .notUTF8(let path):
            "the list \(shown(path)) is UTF-16 text; save it as UTF-8"
        case .empty(let path):
            "the list \(shown(path)) names no domain yet; write one domain a line into it, such as example.com"
        case .nothingGood(let path, let problems):
            "no line of \(shown(path)) names a domain; mend it, beginning with "
                + (problems.first.map(\.description) ?? "the first line")
        }
    }

    private func shown(_ path: String) -> String { path == "-" ? "from standard input" : VisibleText.escape(path.utf8) }
}
