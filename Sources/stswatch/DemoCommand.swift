import ArgumentParser
import Dashboard
import Foundation
import Glibc
import MTASTS
import MailLab
import Polling
import Settings
import Synchronization

/// The monitor over a small internet in the process: the real engine over real sockets, on loopback only.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Watch a small internet in this process, with incidents and repairs.",
        discussion: """
            No network and no privileges are needed. The commands that --commands reads are those of the lab: \
            `apply INCIDENT NAME`, `repair INCIDENT NAME`, `reset`.
            """)

    @Flag(help: "Let nothing happen by itself.")
    var still = false
    @Option(help: ArgumentHelp("Read commands to the lab from this named pipe.", valueName: "pipe"))
    var commands: String?
    @Option(help: "Watch so many domains more, in order, on twenty shared MX hosts.")
    var more = 0
    @Flag(help: "Watch those alone: nothing is out of order.")
    var orderly = false
    @Flag(help: "Print one check of every domain as JSON instead of watching.")
    var json = false
    @Option(help: ArgumentHelp("How often each thing is looked at (8s).", valueName: "duration"))
    var interval: String?
    @Option(help: ArgumentHelp("The time limit of each connection, command and fetch (6s).", valueName: "duration"))
    var timeout: String?
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var notices: NoticeOptions

    func validate() throws {
        guard (0...100_000).contains(more) else { throw ValidationError("--more takes 0 to 100000") }
        guard !orderly || more > 0 else { throw ValidationError("--orderly needs --more") }
    }

    func run() throws {
        let world = (orderly ? LabWorld(domains: [], hosts: LabWorld.demo.hosts) : .demo).adding(more)
        if more >= 1_000, !json, isatty(2) == 1 {
            StandardError.write("stswatch: making a small internet of \(more) domains; that takes a while\n")
        }
        let lab = try Blocking.wait { try await Lab.start(world) }
        defer { Blocking.run { await lab.stop() } }
        let plan = try plan(for: lab)
        let domains = world.watchList.compactMap { DomainName($0) }
        if json { return try check(domains, plan, .json) }
        guard isatty(0) == 1, isatty(1) == 1 else {
            StandardError.write("stswatch: no terminal to watch on; here is one look at each domain of the lab\n")
            return try check(domains, plan, .text)
        }
        let settings = SettingsValues()
        let application = try WatchApplication(
            screen: screen, settings: settings, source: WatchSource(domains: domains), poll: plan.poll,
            notices: try notices.resolved(settings))
        try application.run { outlet in
            let store = TransientHistory(user: HistoryAccess.user())
            let engine = try Engine(plan, history: store, tell: outlet.take)
            let incidents = incidents(lab)
            let poller = engine.poller
            return Watching(
                poller: poller, handle: { await poller.handle($0) },
                work: {
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask { await poller.run() }
                        for work in incidents { group.addTask { await work() } }
                        await group.next()
                        group.cancelAll()
                    }
                },
                history: { await store.answer(about: $0, remedy: "`stswatch watch --state-dir DIR` does.") })
        }
    }

    private func plan(for lab: Lab) throws -> Engine.Plan {
        var plan = try Engine.Plan(lab)
        if let interval {
            plan.watch(every: Double(try EngineOptions.duration(interval, "--interval").components.seconds))
        }
        if let timeout { plan.timeout = try EngineOptions.duration(timeout, "--timeout") }
        return plan
    }

    private func check(_ domains: [DomainName], _ plan: Engine.Plan, _ style: CheckPrinter.Style) throws {
        let printer = CheckPrinter(order: domains, style: style)
        let poller = try Engine(plan.forOneLook, tell: printer.take).poller
        Blocking.run {
            await poller.handle(.watch(domains.map { WatchEntry(domain: $0) }))
            await poller.runOnce()
        }
        let status = printer.finish()
        // Without a terminal the demo has shown what it can: only JSON is read by machines.
        guard status == 0 || style == .text else { throw ExitCode(status) }
    }

    /// What happens by itself, and what is asked for through the pipe.
    private func incidents(_ lab: Lab) -> [@Sendable () async -> Void] {
        var work: [@Sendable () async -> Void] = []
        if !still {
            work.append {
                let time = SystemTime()
                try? await IncidentRunner(lab, start: time.now).run(time: time) { _ in }
                await Self.untilCancelled()
            }
        }
        if let commands {
            work.append {
                for await line in CommandPipe.lines(of: commands) {
                    if let command = try? LabCommand(line: line) { _ = try? await lab.perform(command) }
                }
                await Self.untilCancelled()
            }
        }
        return work
    }

    private static func untilCancelled() async {
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) }
    }
}

/// Asynchronous work awaited by a synchronous command, before the terminal is taken or after it was given back.
enum Blocking {
    static func run(_ work: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await work()
            done.signal()
        }
        done.wait()
    }

    /// - Throws: the work's error as a sentence.
    static func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let result = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                let value = try await work()
                result.withLock { $0 = .success(value) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        switch result.withLock({ $0 }) {
        case .success(let value): return value
        case .failure(let failure as CommandFailure): throw failure
        case .failure(let error): throw CommandFailure("\(error)", .unavailable)
        case nil: throw CommandFailure("the work ended without a result", .unavailable)
        }
    }
}

/// Lines from a named pipe; a writer that leaves does not end them.
enum CommandPipe {
    static func lines(of path: String) -> AsyncStream<String> {
        AsyncStream { stream in
            // Its own thread: opening a pipe waits for a writer.
            Thread.detachNewThread {
                guard let file = fopen(path, "r+") else { return stream.finish() }
                defer { fclose(file) }
                var buffer: UnsafeMutablePointer<CChar>?
                var capacity = 0
                defer { free(buffer) }
                while getline(&buffer, &capacity, file) > 0, let buffer {
                    guard case .enqueued = stream.yield(String(cString: buffer)) else { return }
                }
                stream.finish()
            }
        }
    }
}

extension LabWorld {
    /// The world with so many domains more, all in order, on twenty MX hosts.
    func adding(_ count: Int) -> LabWorld {
        guard count > 0 else { return self }
        let more = (0..<count).map { index in
            LabDomain("customer-\(index).example", "in order", mx: ["mx.pool-\(index % 20).example"])
        }
        return LabWorld(domains: domains + more, hosts: hosts)
    }
}
