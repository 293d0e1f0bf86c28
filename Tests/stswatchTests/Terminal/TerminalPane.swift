import Foundation
import Glibc

/// A shell on a terminal that nobody sees: the only pane of a tmux server of its own.
struct TerminalPane: Sendable {
    /// The shell's working folder and home, removed at the end.
    let folder: URL
    private let lifeline: Lifeline

    /// The user's terminal and locale unless a test says otherwise; no settings of whoever runs the tests.
    private static let usual = ["TERM": "tmux-256color", "LANG": "C.UTF-8", "PS1": "ready> "]

    private static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Set by the test command: then a missing tmux is a failure, and otherwise a reason to leave the suite out.
    static var isPossible: Bool { TestbedRunning.isRequired || tmux != nil }

    /// Opens a pane for `body`, and ends everything in it afterwards, also when that fails.
    static func open<Result>(
        columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
        _ body: (TerminalPane) async throws -> Result
    ) async throws -> Result {
        let pane = try TerminalPane(columns, rows, usual.merging(environment) { $1 })
        do {
            try await pane.ready()
            let result = try await body(pane)
            await pane.lifeline.cut()
            return result
        } catch {
            await pane.lifeline.cut()
            throw error
        }
    }

    private init(_ columns: Int, _ rows: Int, _ environment: [String: String]) throws {
        guard let tmux = Self.tmux else {
            throw Tool.Failure(description: "tmux is not installed: run `bash .ci/install --tests`")
        }
        folder = try Tool.temporaryFolder("stswatch-tmux")
        let program = URL(fileURLWithPath: try Program.path()).deletingLastPathComponent().path
        let variables =
            environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + [
                "HOME=\(folder.path)", "PATH=\(program):/usr/local/bin:/usr/bin:/bin",
            ]
        // The server goes into the background, and would for ever look like a child of the tests that has not ended;
        // so it is a shell's, which ends after it.
        lifeline = try Lifeline(
            before: "folder=$1; shift; \(tmux) -S \"$folder/tmux\" -f /dev/null new-session -d \"$@\"",
            after: "\(tmux) -S \"$folder/tmux\" kill-server; rm -rf \"$folder\"",
            [folder.path, "-x", String(columns), "-y", String(rows), "-c", folder.path, "env", "-i"] + variables
                + ["/bin/sh"])
    }

    private func ready() async throws {
        let came = try await Patience.wait(within: 30) {
            (try? await screen())?.lines.first?.hasPrefix("ready>") == true
        }
        guard came else { throw Tool.Failure(description: "tmux does not show a shell's prompt") }
    }

    /// Runs one tmux command on this server.
    @discardableResult
    func tmux(_ arguments: [String]) async throws -> String {
        guard let tmux = Self.tmux else { throw Tool.Failure(description: "no tmux") }
        // -u: whatever the locale of the tests, the screen is read as UTF-8.
        return try await Tool.require(tmux, ["-u", "-S", path("tmux")] + arguments).text
    }

    /// What stands on the terminal now.
    func screen() async throws -> TerminalScreen { TerminalScreen(try await tmux(["capture-pane", "-p"])) }

    /// The parameters of all the colours and attributes on the terminal now, such as `1;31`.
    func styles() async throws -> Set<String> {
        let text = try await tmux(["capture-pane", "-p", "-e"])
        return Set(
            text.components(separatedBy: "\u{1b}[").dropFirst().compactMap {
                $0.split(separator: "m").first.map(String.init)
            })
    }

    /// Presses keys by tmux's names of them (`Enter`, `Escape`, `C-z`); one character stands for itself.
    func press(_ keys: String...) async throws { try await tmux(["send-keys"] + keys) }

    /// Types text letter by letter.
    func type(_ text: String) async throws { try await tmux(["send-keys", "-l", text]) }

    /// Types a line for the shell.
    func enter(_ line: String) async throws {
        try await type(line)
        try await press("Enter")
    }

    func resize(_ columns: Int, _ rows: Int) async throws {
        try await tmux(["resize-window", "-x", String(columns), "-y", String(rows)])
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// Returns the screen on which something has come true; fails with the last one after so many seconds.
    @discardableResult
    func wait(
        for what: String, within seconds: Double = 60, until isSo: (TerminalScreen) -> Bool
    ) async throws -> TerminalScreen {
        var last: TerminalScreen?
        let came = try await Patience.wait(within: seconds) {
            let screen = try await screen()
            last = screen
            return isSo(screen)
        }
        guard came, var last else {
            throw Tool.Failure(description: "waited \(Int(seconds)) s for \(what)\n\(last?.description ?? "")")
        }
        // Half a frame may be all that has come so far.
        for _ in 0..<10 {
            let next = try await screen()
            if next.lines == last.lines || !isSo(next) { break }
            last = next
        }
        return last
    }
}
