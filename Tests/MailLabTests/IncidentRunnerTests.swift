import FoundationEssentials
import Polling
import Synchronization
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5)))
struct IncidentRunnerTests {
    private static let world = LabWorld(domains: [LabDomain("a.example", "", mx: ["mx1"])])
    private static let schedule = IncidentSchedule(
        [
            .init(10, .apply(.stripSTARTTLS, "a.example")), .init(20, .apply(.unlistedMX, "a.example")),
            .init(30, .repair(.stripSTARTTLS, "a.example")), .init(40, .repair(.unlistedMX, "a.example")),
        ], period: 60)

    private func behaviour(_ lab: Lab) -> MXBehaviour? { lab.world.host("mx1.a.example")?.behaviour }

    @Test func `steps come when they are due, in order, and the round begins again`() async throws {
        let time = HandTime()
        let start = time.now
        let lab = try await Lab.start(Self.world, time: time)
        let runner = IncidentRunner(lab, Self.schedule, start: start)
        #expect(try await runner.advance(to: start.addingTimeInterval(9)) == [])
        #expect(await runner.nextMoment == start.addingTimeInterval(10))
        #expect(
            try await runner.advance(to: start.addingTimeInterval(10)) == ["STARTTLS is stripped at a.example"])
        #expect(behaviour(lab) == .noSTARTTLS)
        #expect(try await runner.advance(to: start.addingTimeInterval(35)).count == 2)
        #expect(behaviour(lab) == .normal)
        #expect(lab.world.domain("a.example")?.hosts == [LabWorld.elsewhere])
        #expect(try await runner.advance(to: start.addingTimeInterval(40)).count == 1)
        #expect(lab.world == Self.world)
        #expect(await runner.nextMoment == start.addingTimeInterval(70))
        #expect(try await runner.advance(to: start.addingTimeInterval(70)).count == 1)
        #expect(behaviour(lab) == .noSTARTTLS)
        await lab.stop()
    }

    @Test func `after a long leap the round is ended and the missed ones are left out`() async throws {
        let time = HandTime()
        let start = time.now
        let lab = try await Lab.start(Self.world, time: time)
        let runner = IncidentRunner(lab, Self.schedule, start: start)
        try await runner.advance(to: start.addingTimeInterval(15))
        let now = start.addingTimeInterval(60 * 10_000 + 25)
        #expect(try await runner.advance(to: now).count == 5)
        #expect(await runner.nextMoment == start.addingTimeInterval(60 * 10_000 + 30))
        await lab.stop()
    }

    @Test func `run waits for each step and tells it, until it is cancelled`() async throws {
        let time = HandTime()
        let lab = try await Lab.start(Self.world, time: time)
        let runner = IncidentRunner(lab, Self.schedule, start: time.now)
        let (lines, sink) = AsyncStream.makeStream(of: String.self)
        let task = Task { try await runner.run(time: time) { sink.yield($0) } }
        var told = lines.makeAsyncIterator()
        for expected in ["STARTTLS is stripped", "the MX of a.example points at", "offers STARTTLS again"] {
            await time.untilSomebodySleeps()
            time.move(bySeconds: 10)
            #expect(await told.next()?.contains(expected) == true)
        }
        await time.untilSomebodySleeps()
        task.cancel()
        time.move(bySeconds: 10)
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(lab.world.domain("a.example")?.hosts == [LabWorld.elsewhere])
        await lab.stop()
    }

    @Test func `an empty schedule ends at once`() async throws {
        let lab = try await Lab.start(Self.world)
        let runner = IncidentRunner(lab, IncidentSchedule([], period: 5), start: Date())
        #expect(await runner.nextMoment == nil)
        try await runner.run(time: SystemTime()) { _ in }
        await lab.stop()
    }

    @Test func `a step that cannot be done is an error that names it`() async throws {
        let lab = try await Lab.start(Self.world)
        let schedule = IncidentSchedule([.init(0, .apply(.unlistedMX, "nobody.example"))], period: 5)
        let runner = IncidentRunner(lab, schedule, start: Date(timeIntervalSince1970: 0))
        let error = await #expect(throws: LabError.self) {
            try await runner.advance(to: Date(timeIntervalSince1970: 1))
        }
        #expect(error?.description.contains("nobody.example") == true)
        await lab.stop()
    }
}
