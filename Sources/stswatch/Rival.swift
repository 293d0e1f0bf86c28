import Foundation

/// Another full-screen monitor, to be measured beside this one in the same run.
struct Rival {
    let name: String
    /// What stands on its screen once it is there.
    private let text: String
    private let options: [String]

    static let all = [
        Rival(name: "htop", text: "Load average", options: []),
        Rival(name: "btop", text: "proc", options: ["--utf-force"]),
        Rival(name: "top", text: "Tasks", options: []),
    ]

    /// Its file; nil where it is not installed.
    var path: String? {
        ["/usr/local/bin/", "/usr/bin/", "/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private func start() throws -> PseudoTerminal {
        try PseudoTerminal.spawn([path ?? name] + options, ["LANG": "C.UTF-8"])
    }

    func firstFrames(_ runs: Int) throws -> [Double] {
        try (0..<runs).map { _ in
            let start = ContinuousClock.now
            let screen = try self.start()
            defer { screen.end() }
            try screen.wait(for: text, seconds: 20)
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }

    /// Bytes a second, and per cent of a core.
    func idle(seconds: Double) throws -> (bytes: Double, processor: Double) {
        let screen = try start()
        defer { screen.end() }
        try screen.wait(for: text, seconds: 20)
        screen.settle(quiet: 1, most: 3)
        return screen.costs(seconds: seconds)
    }
}
