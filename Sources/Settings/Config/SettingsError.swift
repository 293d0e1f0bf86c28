import MTASTS

/// What is wrong at one place of a settings or theme file.
public struct SettingsProblem: Hashable, Sendable {
    /// From 1; nil for the file as a whole.
    public let line: Int?
    /// The character in the line, from 1.
    public let column: Int?
    /// What is wrong and what would be right, one line, made visible.
    public let reason: String

    public init(line: Int? = nil, column: Int? = nil, reason: String) {
        self.line = line
        self.column = column
        self.reason = VisibleText.escape(reason.utf8)
    }
}

/// A settings or theme file that cannot be used; exit status 78 where it stops the program.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String
    /// In the order of the file; never empty.
    public let problems: [SettingsProblem]

    public init(path: String, problems: [SettingsProblem]) {
        self.path = path
        self.problems = problems
    }

    /// `path:line:column: reason`, one line for each problem.
    public var description: String {
        problems.map { problem in
            let place = [problem.line, problem.column].compactMap { $0.map { ":\($0)" } }.joined()
            return "\(VisibleText.escape(path.utf8))\(place): \(problem.reason)"
        }.joined(separator: "\n")
    }

    init(path: String, failure: FileFailure) {
        let reason =
            switch failure {
            case .missing: "there is no such file"
            case .isDirectory: "this is a directory; name a file"
            case .notRegular: "this is no regular file; name a file"
            case .unreadable(let reason): "cannot be read: \(reason); check its owner and mode"
            case .tooLarge(let limit): "over \(limit >> 10) KiB; is this the right file?"
            }
        self.init(path: path, problems: [SettingsProblem(reason: reason)])
    }
}
