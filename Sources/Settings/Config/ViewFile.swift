public import Dashboard
import Glibc
import TOMLKit

/// `view.toml`: how the screen was arranged when it was left, kept beside the history. Only what differs from a new
/// screen stands in it.
public struct ViewFile: Sendable {
    public let path: String
    /// As it was read or written last; nil where the file is none of ours: then it is left alone.
    private var known: ViewState?

    fileprivate static let keys = [
        "sort", "inverted", "problems-only", "group", "hidden-columns", "theme", "mouse", "commands",
    ]

    /// - Parameter directory: the folder of the history.
    public init(directory: String) {
        path = directory + "/view.toml"
    }

    /// Reads the file; one that is missing says nothing.
    /// - Throws: `SettingsError` where it is damaged, foreign or unreadable; `save` then leaves it as it is.
    public mutating func load() throws(SettingsError) -> ViewState {
        known = nil
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else { throw refusal("cannot be read: \(Self.reason)") }
            known = ViewState()
            return ViewState()
        }
        // Opening a pipe would wait for its writer.
        guard status.st_mode & S_IFMT == S_IFREG else { throw refusal("no regular file") }
        var text = try TOMLText(path: path)
        let state = text.viewState()
        try text.check()
        known = state
        return state
    }

    /// Writes the state unless the file says it already: whole or not at all, for its owner alone.
    /// - Returns: why it could not be written, one sentence; nil where it was, or need not be.
    public mutating func save(_ state: ViewState) -> String? {
        var state = state
        var text = Self.text(state)
        // What `load` would refuse is not written: the oldest commands go first.
        while text.utf8.count > TOMLText.greatestSize, !state.commands.isEmpty {
            state.commands.removeFirst((state.commands.count + 1) / 2)
            text = Self.text(state)
        }
        guard let known, known != state else { return nil }
        let temporary = path + ".\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return failure() }
        let isWritten = FileBytes.write(text, to: descriptor) == 0 && fsync(descriptor) == 0
        let complaint = isWritten ? nil : failure()
        close(descriptor)
        if let complaint {
            unlink(temporary)
            return complaint
        }
        guard rename(temporary, path) == 0 else {
            let complaint = failure()
            unlink(temporary)
            return complaint
        }
        self.known = state
        return nil
    }

    private static var reason: String { String(cString: strerror(errno)) }

    private func failure() -> String { refusal("the view cannot be kept: \(Self.reason)").description }

    private func refusal(_ reason: String) -> SettingsError {
        SettingsError(path: path, problems: [SettingsProblem(reason: reason)])
    }

    /// The text that `load` reads as this state.
    static func text(_ state: ViewState) -> String {
        var lines = ["# How the screen of stswatch was left. Remove this file for the usual view."]
        let usual = ViewState()
        func add(_ key: String, _ value: String, when differs: Bool) {
            if differs { lines.append("\(key) = \(value)") }
        }
        func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ", "))]" }
        add("sort", quoted(state.sort), when: state.sort != usual.sort)
        add("inverted", "true", when: state.isInverted)
        add("problems-only", "true", when: state.showsProblemsOnly)
        if let grouping = state.grouping { add("group", quoted(grouping), when: true) }
        add("hidden-columns", list(state.hiddenColumns.sorted()), when: !state.hiddenColumns.isEmpty)
        if let theme = state.theme { add("theme", quoted(theme), when: true) }
        add("mouse", "true", when: state.isMouseOn)
        add("commands", list(state.commands), when: !state.commands.isEmpty)
        return lines.joined(separator: "\n") + "\n"
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "\"") { quoted, scalar in
            switch scalar.value {
            case 0x22, 0x5c: quoted += "\\" + String(scalar)
            case 0..<0x20, 0x7f:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        } + "\""
    }
}

extension TOMLText {
    fileprivate mutating func viewState() -> ViewState {
        let root = root
        allowOnly(ViewFile.keys, in: root)
        var state = ViewState()
        state.sort = choice("sort", ViewState.sorts, in: root) ?? state.sort
        state.isInverted = bool("inverted", in: root) ?? false
        state.showsProblemsOnly = bool("problems-only", in: root) ?? false
        state.grouping = choice("group", ViewState.groupings, in: root)
        for (name, place) in strings("hidden-columns", in: root) ?? [] {
            if ViewState.columns.contains(name) {
                state.hiddenColumns.insert(name)
            } else {
                problem(place, "no column '\(name)'; there are \(ViewState.columns.joined(separator: ", "))")
            }
        }
        state.theme = string("theme", in: root)
        state.isMouseOn = bool("mouse", in: root) ?? false
        state.commands = Array((strings("commands", in: root) ?? []).map(\.text).suffix(ViewState.mostCommands))
        return state
    }

    private mutating func choice(_ key: String, _ known: [String], in root: TOMLTable) -> String? {
        guard let text = string(key, in: root) else { return nil }
        guard known.contains(text) else {
            problem([key], "'\(key)' must be one of \(known.joined(separator: ", "))")
            return nil
        }
        return text
    }
}
