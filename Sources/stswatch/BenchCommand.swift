import ArgumentParser
import Cells
import Foundation
import Glibc
import SQLiteHistory

/// Times this program from outside, on a terminal of its own, as its user meets it.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this program against its limits, beside others on this machine.",
        discussion: """
            Everything runs on this machine, on terminals of 140x40 that nobody sees. Timings drift with the machine: \
            each stands beside a baseline taken in the same run, the echo of a bare terminal line, and beside htop, \
            btop and top where they are installed.
            """)

    @Option(help: "How many domains are watched.")
    var domains = 10_000
    @Option(help: "How many times each thing is measured.")
    var runs = 20
    @Option(help: "For how many seconds the idle programs are watched.")
    var idle = 10

    @Option(help: "How many domains the history holds.")
    var remembered = 10_000
    @Option(help: "How often each of them is polled unchanged.")
    var polls = 20
    @Flag(help: "Measure the history alone.")
    var historyOnly = false
    @Flag(help: "Measure start and frames alone: no sweep, no history.")
    var framesOnly = false

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
        print("\(domains) domains, terminal 140x40, \(runs) runs")
        BenchTable.head("times in milliseconds")
        BenchTable.times("baseline: echo of a key", try baseline())
        BenchTable.times("first frame, resolver dead", try firstFrames(program), limit: 100)
        try rivals { BenchTable.times("  first frame of \($0.name)", try $0.firstFrames(runs)) }
        for size in [Size(width: 140, height: 40), Size(width: 80, height: 24)] {
            let frames = try ScreenBench(domains: domains, size: size).run(runs: runs)
            let isWide = size.width == 140
            if isWide {
                BenchTable.times("filter, a key", frames.filter, limit: 5)
                // One a second: two thousandths of it are the idle program's share of a core.
                BenchTable.times("a second passes, nothing changes", frames.clock, limit: 2)
            }
            BenchTable.head("bytes at \(size.width)x\(size.height)")
            // A narrow screen has no column for it.
            if isWide { BenchTable.figures("a figure of one domain changes", frames.figure, limit: 200) }
            BenchTable.figures("one domain bounces, in its place", frames.bounce, limit: 200)
            BenchTable.figures("  and is told in the changes pane", frames.toldBounce)
            BenchTable.figures("  and is the first, the banner turns red", frames.firstBounce)
            BenchTable.figures("  and is sorted", frames.sortedBounce, limit: 3_000)
            BenchTable.figures("page down", frames.page, limit: 3_000)
        }
        guard !framesOnly else { return }
        BenchTable.head("times in milliseconds")
        BenchTable.times("key to paint while a sweep runs", try keys(program), limit: 16)
        BenchTable.head("idle for \(idle) s, \(idleDomains) domains", columns: ["bytes/s", "% of a core"])
        try idleCosts(program)
        try rivals { BenchTable.idle("  \($0.name)", try $0.idle(seconds: Double(idle))) }
        try history(program)
    }

    private func rivals(_ body: (Rival) throws -> Void) throws {
        for rival in Rival.all where rival.path != nil { try body(rival) }
    }

    /// What the history costs, in a folder of its own.
    private func history(_ program: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-history-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = HistoryPlace(directory: folder.path())
        let bench = HistoryBench(place: place, domains: remembered)
        let figures = try Blocking.wait { [polls] in try await bench.run(polls: polls) }
        let bytes = try SQLiteHistory(place, user: "bench").bytes
        print("history: \(remembered) domains, each polled \(polls) times unchanged")
        BenchTable.head("")
        BenchTable.figures("microseconds to write an unchanged fact", figures)
        BenchTable.figures("megabytes of the file", [Double(bytes) / 1e6])
        BenchTable.times("query for the first frame", try firstQueries(place))
        BenchTable.times("baseline: first frame without a history", try rememberedFrames(program, nil))
        BenchTable.times("first frame with the last known states", try rememberedFrames(program, place), limit: 100)
    }

    /// What a start reads before it draws, from a history that was just opened.
    private func firstQueries(_ place: HistoryPlace) throws -> [Double] {
        try (0..<runs).map { _ in
            let history = try SQLiteHistory(place, user: "bench")
            let start = ContinuousClock.now
            let snapshot = try history.snapshot()
            let taken = (ContinuousClock.now - start) / .seconds(1)
            guard snapshot.statuses.count == remembered else {
                throw CommandFailure("the history has \(snapshot.statuses.count) domains", .unavailable)
            }
            return taken
        }
    }

    /// From the start of the program to a row on the screen: one that the history knows, or one not looked at yet.
    private func rememberedFrames(_ program: String, _ place: HistoryPlace?) throws -> [Double] {
        try starts(
            program, domains: remembered, directory: place?.directory, text: place == nil ? "customer-" : "remembered")
    }

    private func firstFrames(_ program: String) throws -> [Double] {
        try starts(program, domains: domains, directory: nil, text: "customer-")
    }

    /// From the start over so many domains to this text, again and again.
    /// - Parameter directory: that of the history; nil: a new one.
    private func starts(_ program: String, domains: Int, directory: String?, text: String) throws -> [Double] {
        let names = (0..<domains).map { "customer-\($0).example\n" }.joined()
        let list = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-list-\(getpid()).txt")
        try Data(names.utf8).write(to: list)
        let empty = FileManager.default.temporaryDirectory.appending(path: "stswatch-bench-empty-\(getpid())")
        defer {
            try? FileManager.default.removeItem(at: list)
            try? FileManager.default.removeItem(at: empty)
        }
        return try (0..<runs).map { _ in
            let start = ContinuousClock.now
            // Port 9 of the loopback answers nobody: no lookup can have come back.
            let screen = try PseudoTerminal.spawn([
                program, "watch", list.path(), "--resolver", "127.0.0.1@9", "--state-dir", directory ?? empty.path(),
            ])
            defer { screen.end() }
            try screen.wait(for: text, seconds: 20)
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }

    /// What the kernel and this measurement cost by themselves.
    private func baseline() throws -> [Double] {
        let line = try PseudoTerminal.spawn(["/bin/cat"])
        defer { line.end() }
        return try (0..<runs).map { _ in
            let start = ContinuousClock.now
            line.send("x\n")
            try line.wait(for: "x", seconds: 5)
            return (ContinuousClock.now - start) / .seconds(1)
        }
    }

    /// Opens and closes the help, a whole screen each time, while every fact is due again and again.
    private func keys(_ program: String) throws -> [Double] {
        let screen = try PseudoTerminal.spawn([
            program, "demo", "--still", "--more", "\(domains)", "--interval", "2s",
        ])
        defer { screen.end() }
        try screen.wait(for: "customer-", seconds: 120)
        return try (0..<(runs * 5)).map { _ in
            let start = ContinuousClock.now
            screen.send("?")
            try screen.wait(for: "ANYWHERE", seconds: 10)
            let taken = (ContinuousClock.now - start) / .seconds(1)
            screen.send("\u{1b}")
            try screen.wait(for: "customer-", seconds: 10)
            return taken
        }
    }

    /// More would be looked at for the first time over many minutes: what looks at name servers costs is spread.
    private var idleDomains: Int { min(domains, 100) }

    private func idleCosts(_ program: String) throws {
        let screen = try PseudoTerminal.spawn([
            program, "demo", "--still", "--orderly", "--more", "\(idleDomains)", "--interval", "24h",
        ])
        defer { screen.end() }
        try screen.wait(for: "customer-", seconds: 120)
        // The sweep is over when the terminal hears nothing but the clock for a while.
        screen.settle(quiet: 10, work: 0.005, most: 300)
        BenchTable.idle("stswatch", screen.costs(seconds: Double(idle)), limit: (30, 0.2))
    }
}
