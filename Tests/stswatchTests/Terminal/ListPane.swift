import Foundation

/// `stswatch watch` in a pane, over a list file and a resolver that is dead.
struct ListPane {
    let pane: TerminalPane

    /// Port 9 of loopback: nobody answers, and whoever asks is told so at once.
    static let deadResolver = "--resolver 127.0.0.1@9 --timeout 2s"

    /// Starts the monitor over a list of this text.
    static func open(
        _ list: String, columns: Int = 80, rows: Int = 24, options: String = "--interval 2s", variables: String = "",
        environment: [String: String] = [:], settings: String = "", _ body: (TerminalPane) async throws -> Void
    ) async throws {
        try await TerminalPane.open(columns: columns, rows: rows, environment: environment) { pane in
            try pane.write(list, to: "list")
            try pane.write(settings, to: "settings.toml")
            try await pane.launch(
                "watch list --config settings.toml \(deadResolver) \(options)", variables: variables)
            try await body(pane)
        }
    }
}
