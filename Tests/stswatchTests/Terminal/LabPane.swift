import Foundation
import Glibc

/// `stswatch demo` in a pane, in whose lab nothing happens but what a test asks for.
struct LabPane {
    let pane: TerminalPane

    /// Starts the monitor over the lab.
    /// - Parameters:
    ///   - interval: how often each thing is looked at.
    ///   - timeout: of each connection, command and fetch; long enough that a busy machine makes nothing unreachable.
    ///   - options: more of the program's.
    ///   - variables: `NAME=value`, quoted for the shell.
    static func open(
        columns: Int = 80, rows: Int = 24, interval: String, timeout: String = "15s", options: String = "",
        variables: String = "",
        _ body: (LabPane) async throws -> Void
    ) async throws {
        try await TerminalPane.open(columns: columns, rows: rows) { pane in
            try pane.write("#!/bin/sh\ncat >>calls\n", to: "hook")
            _ = chmod(pane.path("hook"), 0o755)
            guard mkfifo(pane.path("lab"), 0o600) == 0 else { throw Tool.Failure(description: "no named pipe") }
            try await pane.launch(
                "demo --still --commands lab --interval \(interval) --timeout \(timeout) \(options)",
                variables: variables)
            try await body(LabPane(pane: pane))
        }
    }

    /// Gives the lab an order, such as `apply strip-starttls mx.relay-house.example`.
    func order(_ command: String) async throws {
        let came = try await Patience.wait(within: 30) {
            // Without a reader there would be nobody to keep the line.
            let file = Glibc.open(pane.path("lab"), O_WRONLY | O_NONBLOCK)
            guard file >= 0 else { return false }
            defer { close(file) }
            let line = Array((command + "\n").utf8)
            return Glibc.write(file, line, line.count) == line.count
        }
        guard came else { throw Tool.Failure(description: "the lab takes no orders") }
    }

    /// Waits until the lab shows the states that it is made for.
    /// - Parameter toTheLast: false: what answers late or never may be out still.
    @discardableResult
    func filled(toTheLast: Bool = false) async throws -> TerminalScreen {
        try await pane.wait(for: "the states of the lab", within: 150) { screen in
            let late = toTheLast ? 0 : 1
            return screen.count("X") >= 14 - 2 * late && screen.count("?") <= late
                && ["!": 2, "~": 8, "-": 2].allSatisfy { screen.count($0.key) == $0.value }
        }
    }

    /// Filters for `half-bridge.example` alone, once it has its verdict.
    func showBridge() async throws {
        try await filled()
        try await pane.press("/")
        try await pane.type("bridge")
        try await pane.press("Enter")
        try await pane.wait(for: "one row") { $0.rows.map(\.domain) == ["half-bridge.example"] }
    }

    /// Moves the cursor to a domain that is in sight.
    func moveCursor(to domain: String) async throws {
        for _ in 0..<40 {
            let rows = try await pane.screen().rows
            guard let here = rows.firstIndex(where: \.isUnderCursor),
                let there = rows.firstIndex(where: { $0.domain == domain })
            else { break }
            if here == there { return }
            try await pane.press(here < there ? "j" : "k")
            try await pane.wait(for: "the cursor's move") { $0.current?.domain != rows[here].domain }
        }
        throw Tool.Failure(description: "\(domain) is not in sight\n\(try await pane.screen())")
    }

    /// Asks for another look until it shows something: an order to the lab takes its time before it is carried out.
    func recheck(until isSo: (TerminalScreen) -> Bool) async throws -> TerminalScreen {
        try await look("r", until: isSo)
    }

    /// The same for all domains.
    func recheckAll(until isSo: (TerminalScreen) -> Bool) async throws -> TerminalScreen {
        try await look("R", until: isSo)
    }

    private func look(_ key: String, until isSo: (TerminalScreen) -> Bool) async throws -> TerminalScreen {
        for _ in 0..<12 {
            try await pane.press(key)
            try await pane.wait(for: "the answer to \(key)") { $0.contains("looking at") }
            let came = try await Patience.wait(within: 5) { isSo(try await pane.screen()) }
            if came { return try await pane.screen() }
        }
        throw Tool.Failure(description: "no look shows what was ordered\n\(try await pane.screen())")
    }
}
