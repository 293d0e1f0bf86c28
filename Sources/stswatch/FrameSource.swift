import Dashboard
import Deliverability
import Foundation
import MTASTS
import MailLab
import Polling
import Settings
import Synchronization

/// What a frame is drawn from: the list, and what was told of it.
struct FrameSource {
    let watched: [WatchedDomain]
    let problems: [String]
    var messages: [Message]
    /// Answers further questions.
    let engine: Engine
    /// Gives back what this holds.
    let end: () -> Void

    /// One look at some domains of a list.
    static func sweep(
        _ list: WatchSource, _ entries: [WatchEntry], _ options: EngineOptions, _ values: SettingsValues
    ) throws -> FrameSource {
        let gathering = FrameGathering()
        let engine = try OneLook.run(entries, options, tell: gathering.take)
        let settings = try Engine.Plan(values).poll
        return FrameSource(
            watched: list.watched, problems: list.problems,
            messages: [rhythm(settings)] + gathering.messages + [stillness(entries.count)], engine: engine, end: {})
    }

    /// One look at the demo's domains, and at all of them again after each incident.
    static func demo(_ wanted: FrameRequest, _ incidents: [String]) throws -> FrameSource {
        let commands = try incidents.map { line in
            do throws(LabError) {
                return try LabCommand(line: line)
            } catch {
                throw CommandFailure("--incident: \(VisibleText.printable(error.description))", .usage)
            }
        }
        let world = LabWorld.demo
        // All is seen minutes before the moment of the frame: what turned must not lie in its future.
        let start = wanted.moment?.addingTimeInterval(-150)
        let time: any TimeSource = start.map { ShiftedTime(start: $0) } ?? SystemTime()
        let lab = try Blocking.wait { try await Lab.start(world, time: time) }
        var plan = try Engine.Plan(lab)
        // The rhythm of a monitor, not of a show.
        (plan.poll.interval, plan.poll.problemInterval) = (300, 300)
        let gathering = FrameGathering()
        let engine = try Engine(plan.forOneLook, time: time, tell: gathering.take)
        let poller = engine.poller
        let list = WatchSource(domains: world.watchList.compactMap { DomainName($0) })
        try Blocking.wait {
            await poller.handle(.watch(list.polled))
            await poller.runOnce()
            let polling = Task.detached { await poller.run() }
            defer { polling.cancel() }
            for command in commands {
                let before = gathering.changeCount
                _ = try await lab.perform(command)
                await poller.handle(.recheck(list.polled.map(\.domain)))
                guard await gathering.waitForChanges(after: before) else {
                    throw CommandFailure("--incident: it turned nothing", .unavailable)
                }
            }
        }
        let told = start.map { moment in gathering.messages.map { $0.seen(at: moment) } }
        return FrameSource(
            watched: list.watched, problems: [],
            messages: [rhythm(plan.poll)] + (told ?? gathering.messages) + [stillness(list.polled.count)],
            engine: engine,
            end: { Blocking.run { await lab.stop() } })
    }

    /// What is remembered of a domain.
    func history(of domain: DomainName) throws -> HistoryAnswer {
        let store = engine.history
        return try Blocking.wait { await store.answer(about: domain, remedy: "give --state-dir DIR to keep it.") }
    }

    /// Nothing is looked at any more.
    private static func stillness(_ count: Int) -> Message { .progress(done: count, total: count, perSecond: 0) }

    private static func rhythm(_ settings: PollSettings) -> Message {
        .rhythm(every: Int(settings.interval), problems: Int(settings.problemInterval))
    }
}

extension Message {
    /// As though all had been seen at one moment, however long the looks took: what was seen first then stands nowhere
    /// before what was seen last.
    fileprivate func seen(at moment: Date) -> Message {
        switch self {
        case .assessed(let statuses):
            .assessed(
                statuses.map { status in
                    DomainStatus(
                        domain: status.domain, tags: status.tags, assessment: status.assessment,
                        evidence: status.evidence, stateSince: status.stateSince.map { _ in moment },
                        nextCheckAt: status.nextCheckAt, turnsLastHour: status.turnsLastHour, isMuted: status.isMuted,
                        mutedUntil: status.mutedUntil)
                })
        case .changed(let changes):
            .changed(
                changes.map { change in
                    Change(
                        id: change.id, domain: change.domain, at: moment, code: change.code,
                        stateBefore: change.stateBefore, stateAfter: change.stateAfter, before: change.before,
                        after: change.after, turns: change.turns, impact: change.impact, fix: change.fix)
                })
        default: self
        }
    }
}

/// Takes what an engine tells as messages for the screen.
private final class FrameGathering: Sendable {
    private struct Contents {
        var messages: [Message] = []
        var changeCount = 0
    }

    private let remarks = Gathering()
    private let contents = Mutex(Contents())

    var messages: [Message] { contents.withLock(\.messages) }
    var changeCount: Int { contents.withLock(\.changeCount) }

    /// From any thread.
    func take(_ event: EngineEvent) {
        remarks.take(event)
        contents.withLock { contents in
            if case .changed(let changes) = event { contents.changeCount += changes.count }
            contents.messages += Message.messages(event)
        }
    }

    /// Waits until more has changed, and then for a second in which nothing does; false where nothing comes.
    func waitForChanges(after count: Int) async -> Bool {
        var (known, quietSince) = (count, ContinuousClock.now)
        let end = quietSince + .seconds(60)
        while ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(50))
            let now = changeCount
            if now != known { (known, quietSince) = (now, .now) }
            if known > count, ContinuousClock.now > quietSince + .seconds(1) { return true }
        }
        return false
    }
}
