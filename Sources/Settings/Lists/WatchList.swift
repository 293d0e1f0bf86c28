public import MTASTS
public import Polling

/// One domain of the list.
public struct WatchListEntry: Hashable, Sendable {
    public let domain: DomainName
    /// Without the `@`, in the order of the line, each once.
    public let tags: [String]
    public let options: WatchOptions
    /// Where it stood first, from 1.
    public let line: Int

    public init(domain: DomainName, tags: [String] = [], options: WatchOptions = WatchOptions(), line: Int) {
        self.domain = domain
        self.tags = tags
        self.options = options
        self.line = line
    }
}

/// A line, or a part of one, that is not watched, and why.
public struct WatchListProblem: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// What stood there, made visible, at most 64 characters.
    public let text: String
    /// What is wrong with it.
    public let reason: String

    public init(line: Int, text: String, reason: String) {
        self.line = line
        self.text = text
        self.reason = reason
    }

    public var description: String { "line \(line): \(text): \(reason)" }
}

/// A watch list: one domain a line, optional `@tags` and options after it, `#` comments.
public struct WatchList: Hashable, Sendable {
    /// In the order of the file, each domain once.
    public let entries: [WatchListEntry]
    /// In the order of the file; what is good in it is in `entries` all the same.
    public let problems: [WatchListProblem]

    public init(entries: [WatchListEntry], problems: [WatchListProblem]) {
        self.entries = entries
        self.problems = problems
    }
}
