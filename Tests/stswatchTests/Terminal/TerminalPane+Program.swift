import Foundation
import Glibc
import Testing

extension TerminalPane {
    /// Starts the program from the shell, which afterwards says `left STATUS`.
    /// - Parameter variables: `NAME=value` for this program alone.
    func launch(_ arguments: String, variables: String = "") async throws {
        try write(
            """
            stty -g >before
            export XDG_STATE_HOME="$PWD/state"
            env \(variables) sh -c 'echo $$ >pid; exec stswatch \(arguments)' 2>complaint
            echo "left $?"
            stty -g >after
            """ + "\n", to: "go")
        try write(try await flags(), to: "flags")
        try await enter(". ./go")
    }

    /// Sends the running program a signal.
    func signal(_ signal: Int32) async throws { _ = kill(try await pid(), signal) }

    /// The running program's number, once it has begun.
    func pid() async throws -> pid_t {
        var found: pid_t?
        _ = try await Patience.wait(within: 30) {
            found = (try? read("pid")).flatMap { pid_t($0.trimmingCharacters(in: .newlines)) }
            return found != nil
        }
        return try #require(found, "the program did not start")
    }

    /// False for a process that is gone, or that only waits for its parent to take note of its end.
    static func isRunning(_ process: pid_t) -> Bool {
        guard let words = status(process) else { return false }
        return words.first != "Z"
    }

    /// The processes of a session that are not gone, nor wait only for their parent to take note of their end.
    static func running(in session: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { process in
            guard let words = status(process), words.count > 3 else { return false }
            return words[0] != "Z" && words[3] == String(session)
        }
    }

    /// What the kernel says of a process behind its name: state, parent, group, session and so on; nil once it is gone.
    private static func status(_ process: pid_t) -> [Substring]? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
        return text.split(separator: ")").last?.split(separator: " ")
    }

    /// Waits until the program has left, by its own exit; its status.
    func left() async throws -> Int32 {
        var status: Int32?
        try await wait(for: "the end of the program") { screen in
            status = screen.lines.firstNonNil { line in
                line.hasPrefix("left ") ? Int32(line.dropFirst(5)) : nil
            }
            return status != nil
        }
        return try #require(status)
    }

    /// Proves that the terminal is as it was before the program began, and that the shell can be used.
    /// - Parameter isOtherScreen: whether this terminal has another screen for the program, so that ours comes back.
    func expectRestored(isOtherScreen: Bool = true, _ location: SourceLocation = #_sourceLocation) async throws {
        try await enter("echo alive-$((6 * 7))")
        // What is typed before the prompt is back is answered behind it.
        let screen = try await wait(for: "the shell's answer") { screen in
            screen.lines.contains { $0 == "alive-42" || $0 == "ready> alive-42" }
        }
        #expect(try await flags() == read("flags"), "alternate screen, cursor, keypad, mouse", sourceLocation: location)
        #expect(try read("after") == read("before"), "stty -g", sourceLocation: location)
        guard isOtherScreen else { return }
        // The screen from before is back, and nothing of ours on it.
        #expect(screen.contains("ready> . ./go"), "\(screen)", sourceLocation: location)
        #expect(!screen.contains("STATE"), "\(screen)", sourceLocation: location)
    }

    /// Whether the alternate screen is shown.
    func isFullScreen() async throws -> Bool { try await flags().hasPrefix("1") }

    /// The terminal's device.
    func tty() async throws -> String { try await tmux(["display-message", "-p", "#{pane_tty}"]).trimmed }

    /// The screen once two looks at it agree: no frame is caught half drawn.
    func settled() async throws -> TerminalScreen {
        var last = try await screen()
        _ = try await Patience.wait(within: 10) {
            let now = try await screen()
            defer { last = now }
            return now.lines == last.lines
        }
        return last
    }

    /// The number of the process that draws the terminal.
    func server() async throws -> String { try await tmux(["display-message", "-p", "#{pid}"]).trimmed }

    func title() async throws -> String { try await tmux(["display-message", "-p", "#{pane_title}"]) }

    private func flags() async throws -> String {
        try await tmux([
            "display-message", "-p",
            "#{alternate_on}#{cursor_flag}#{keypad_flag}#{keypad_cursor_flag}#{mouse_any_flag}#{insert_flag}"
                + "#{wrap_flag}#{origin_flag}",
        ])
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension Sequence {
    /// The first value that is one.
    fileprivate func firstNonNil<Value>(_ value: (Element) -> Value?) -> Value? {
        for element in self {
            if let found = value(element) { return found }
        }
        return nil
    }
}
