import Evidence
import MTASTS
import Synchronization
import Testing

@testable import UnboundDNS

/// Every lookup ends exactly once, whatever happens to it. (A continuation resumed twice stops the process.)
@Suite(.timeLimit(.minutes(5))) struct UnboundContextTests {
    private func context(_ server: ScriptedServer, timeout: Duration = .seconds(60)) throws -> UnboundContext {
        try ContextBlueprint(upstream: .servers(["127.0.0.1@\(server.port)"]), validation: .off, timeout: timeout)
            .build()
    }

    @Test func aThousandAtOnceAllEnd() async throws {
        let server = try ScriptedServer { script in
            for index in 0..<1000 {
                script.set(
                    "q\(index).example", 1,
                    index % 5 == 4 ? .message(rcode: 3) : .message(answers: [.a("q\(index).example", "192.0.2.1")]))
            }
        }
        let context = try context(server)
        let codes = await withTaskGroup(of: Int.self) { group in
            for index in 0..<1000 {
                group.addTask {
                    guard case .answer(let raw) = await context.lookup(Question(name: "q\(index).example", type: .a))
                    else { return -1 }
                    return raw.rcode
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(codes == [0: 800, 3: 200])
    }

    @Test func aDeadlineEndsEachLookupInItsTurn() async throws {
        let server = try ScriptedServer { $0.otherwise = .silence }
        let context = try context(server, timeout: .milliseconds(200))
        let ended = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<300 {
                group.addTask {
                    if case .deadline = await context.lookup(Question(name: "d\(index).example", type: .a)) {
                        return true
                    }
                    return false
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(ended == 300)
    }

    @Test func cancellationEndsALookupAtOnce() async throws {
        let server = try ScriptedServer { $0.otherwise = .silence }
        let context = try context(server, timeout: .seconds(600))
        let tasks = (0..<100).map { index in
            Task { await context.lookup(Question(name: "c\(index).example", type: .a)) }
        }
        await server.asked("c99.example", 1)
        for task in tasks { task.cancel() }
        for task in tasks {
            guard case .cancelled = await task.value else {
                Issue.record("not cancelled")
                return
            }
        }
    }

    @Test func cancellationRacesWithAnswersHarmlessly() async throws {
        let server = try ScriptedServer { script in
            for index in 0..<500 { script.set("r\(index).example", 1, [.a("r\(index).example", "192.0.2.1")]) }
        }
        let context = try context(server)
        let tasks = (0..<500).map { index in
            Task { await context.lookup(Question(name: "r\(index).example", type: .a)) }
        }
        for task in tasks.shuffled() {
            await Task.yield()
            task.cancel()
        }
        for task in tasks {
            switch await task.value {
            case .answer, .cancelled: break
            case let other: Issue.record("neither answered nor cancelled: \(other)")
            }
        }
    }

    @Test func aLookupThatIsCancelledBeforeItBeginsAsksNobody() async throws {
        let server = try ScriptedServer()
        let context = try context(server)
        let event = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await context.lookup(Question(name: "never.example", type: .a))
        }.value
        guard case .cancelled = event else {
            Issue.record("not cancelled")
            return
        }
        #expect(server.count("never.example", 1) == 0)
    }

    @Test func aContextMayGoWhileItIsStillAsking() async throws {
        let server = try ScriptedServer { $0.otherwise = .silence }
        for index in 0..<20 {
            let context = try context(server, timeout: .seconds(600))
            let task = Task { await context.lookup(Question(name: "gone\(index).example", type: .a)) }
            await server.asked("gone\(index).example", 1)
            task.cancel()
            _ = await task.value
        }
    }

    @Test func aCancelledLookupOfTheResolverSaysSo() async throws {
        let server = try ScriptedServer { $0.otherwise = .silence }
        let resolver = try resolver(asking: server, timeout: .seconds(600))
        let name = try name("cancel.example")
        let task = Task { await resolver.txt(name, fresh: false) }
        await server.asked("cancel.example", 16)
        task.cancel()
        #expect(await task.value.failure == .resolver("the lookup was cancelled"))
    }
}
