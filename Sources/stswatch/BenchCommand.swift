import ArgumentParser
import Foundation
import Glibc
import SQLiteHistory

/// Times this program from outside, on a terminal of its own, as its user meets it.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure first frame, key to paint, and what it costs while nothing changes.",
        discussion: """
            Everything runs on this machine. Timings drift with the machine: each stands beside a baseline taken in \
            the same run, the echo of a bare terminal line.
            """)

    @Option(help: "How many domains are watched.")
    var domains = 1_000
    @Option(help: "How many times each thing is measured.")
    var runs = 20
    @Option(help: "For how many seconds the idle program is watched.")
    var idle = 10

    @Option(help: "How many domains the history holds.")
    var remembered = 10_000
    @Option(help: "How often each of them is polled unchanged.")
    var polls = 20
    @Flag(help: "Measure the history alone.")
    var historyOnly = false

    func validate() throws {
        guard (1...100_000).contains(remembered), (2...100_000).contains(polls) else {
            throw ValidationError("--remembered takes 1 to 100000, --polls 2 to 100000")
        }
        guard (1...100_000).contains(domains), (1...1_000).contains(runs), (1...600).contains(idle) else {
            throw ValidationError("--domains takes 1 to 100000, --runs 1 to 1000, --idle 1 to 600")
        }
    }

    func run() throws {
        guard let program = CommandLine.executablePath else {
            throw CommandFailure("cannot find this program's own file: /proc is not mounted", .unavailable)
        }
        guard !historyOnly else { return try history(program) }
        print("\(domains) domains, terminal 140x40, \(runs) runs; milliseconds as median, 99th percentile, greatest")
        try printRow("baseline: echo of a key", baseline())
        try printRow("first frame after start, resolver dead", firstFrames(program))
        try printRow("key to paint while a sweep runs", keys(program))
        try idleCosts(program)
        try history(program)
    }

    /// What the history costs, in a folder of its own.
    private func history(_ program: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-history-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = HistoryPlace(directory: folder.path())
        let bench = HistoryBench(place: place, domains: remembered)
        let figures = try Blocking.wait { [polls] in try await bench.run(polls: polls) }.sorted()
        let bytes = try SQLiteHistory(place, user: "bench").bytes
        print("history: \(remembered) domains, each polled \(polls) times unchanged")
        print(
            "writing an unchanged fact".padding(toLength: 44, withPad: " ", startingAt: 0)
                + String(format: "%8.2f us in the median, %.2f at most", figures[figures.count / 2], figures.last ?? 0))
        print(
            "size of the file".padding(toLength: 44, withPad: " ", startingAt: 0)
                + String(format: "%8.1f MB", Double(bytes) / 1e6))
        try printRow("query for the first frame, in milliseconds", firstQueries(place))
        try printRow("baseline: first frame without a history", rememberedFrames(program, nil))
        try printRow("first frame with the last known states", rememberedFrames(program, place))
    }

    /// What a start reads before it draws, from a history that was just opened.
    private func firstQueries(_ place: HistoryPlace) throws -> [Double] {
        try (0..<runs).map { _ in
            let history = try SQLiteHistory(place, user: "bench")
            let start = ContinuousClock.now
            let snapshot = try history.snapshot()
            let taken = seconds(since: start)
            guard snapshot.statuses.count == remembered else {
                throw CommandFailure("the history has \(snapshot.statuses.count) domains", .unavailable)
            }
            return taken
        }
    }

    /// From the start of the program to a row on the screen: one that the history knows, or one not looked at yet.
    private func rememberedFrames(_ program: String, _ place: HistoryPlace?) throws -> [Double] {
        let names = (0..<remembered).map { "customer-\($0).example\n" }.joined()
        let list = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-list-\(getpid()).txt")
        try Data(names.utf8).write(to: list)
        let empty = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-empty-\(getpid())")
        defer {
            try? FileManager.default.removeItem(at: list)
            try? FileManager.default.removeItem(at: empty)
        }
        return try (0..<runs).map { _ in
            let start = ContinuousClock.now
            let screen = try PseudoTerminal.spawn([
                program, "watch", list.path(), "--resolver", "127.0.0.1@9", "--state-dir",
                place?.directory ?? empty.path(),
            ])
            defer { screen.end() }
            try screen.wait(for: place == nil ? "customer-" : "remembered", seconds: 20)
            return seconds(since: start)
        }
    }

    private func printRow(_ name: String, _ seconds: [Double]) {
        let sorted = seconds.sorted()
        func at(_ part: Double) -> String {
            guard !sorted.isEmpty else { return "-" }
            let index = min(sorted.count - 1, Int((Double(sorted.count - 1) * part).rounded(.up)))
            return String(format: "%8.2f", sorted[index] * 1_000)
        }
        print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + at(0.5) + at(0.99) + at(1))
    }

    /// What the kernel and this measurement cost by themselves.
    private func baseline() throws -> [Double] {
        let line = try PseudoTerminal.spawn(["/bin/cat"])
        defer { line.end() }
        return try (0..<runs).map { _ in
            let start = ContinuousClock.now
            line.send("x\n")
            try line.wait(for: "x", seconds: 5)
            return seconds(since: start)
        }
    }

    private func firstFrames(_ program: String) throws -> [Double] {
        let names = (0..<domains).map { "customer-\($0).example\n" }.joined()
        let list = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-\(getpid()).txt")
        try Data(names.utf8).write(to: list)
        let state = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-\(getpid())")
        let place = ["--state-dir", state.path()]
        defer {
            try? FileManager.default.removeItem(at: list)
            try? FileManager.default.removeItem(at: state)
        }
        return try (0..<runs).map { _ in
            let start = ContinuousClock.now
            // Port 9 of the loopback answers nobody: no lookup can have come back.
            let screen = try PseudoTerminal.spawn([program, "watch", list.path(), "--resolver", "127.0.0.1@9"] + place)
            defer { screen.end() }
            try screen.wait(for: "customer-", seconds: 20)
            return seconds(since: start)
        }
    }

    /// Opens and closes the help, a whole screen each time, while every fact is due again and again.
    private func keys(_ program: String) throws -> [Double] {
        let screen = try PseudoTerminal.spawn([
            program, "demo", "--still", "--more", "\(domains)", "--interval", "2s",
        ])
        defer { screen.end() }
        try screen.wait(for: "customer-", seconds: 60)
        return try (0..<(runs * 5)).map { _ in
            let start = ContinuousClock.now
            screen.send("?")
            try screen.wait(for: "ANYWHERE", seconds: 10)
            let taken = seconds(since: start)
            screen.send("\u{1b}")
            try screen.wait(for: "customer-", seconds: 10)
            return taken
        }
    }

    private func idleCosts(_ program: String) throws {
        let screen = try PseudoTerminal.spawn([
            program, "demo", "--still", "--more", "\(domains)", "--interval", "10h",
        ])
        defer { screen.end() }
        try screen.wait(for: "customer-", seconds: 60)
        // The sweep is over when the terminal hears nothing but the clock for a while.
        screen.settle(quiet: 3, most: 300)
        let before = screen.processorSeconds
        let bytes = screen.count(seconds: Double(idle))
        let used = screen.processorSeconds - before
        print(
            "idle for \(idle) s".padding(toLength: 44, withPad: " ", startingAt: 0)
                + String(
                    format: "%8.1f bytes/s %8.3f %% of a core", Double(bytes) / Double(idle),
                    used * 100 / Double(idle)))
    }

    private func seconds(since start: ContinuousClock.Instant) -> Double {
        let taken = (ContinuousClock.now - start).components
        return Double(taken.seconds) + Double(taken.attoseconds) / 1e18
    }
}
