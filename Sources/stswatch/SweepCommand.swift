import ArgumentParser
import Deliverability
import Evidence
import Foundation
import Glibc
import MTASTS
import Polling
import SQLiteHistory

/// A busy sweep over a restless network in memory, written to a real history, until it is killed or its input ends, as
/// when whoever started it is gone: what was shown is told on standard output, so that whoever kills it can look whether
/// the history has it.
struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Write a busy sweep to a history until killed.", shouldDisplay: false)

    @Option(help: "The folder of the history.")
    var stateDir: String
    @Option(help: "How many domains.")
    var domains = 24

    func run() throws {
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while read(0, &byte, 1) > 0 {}
            _exit(0)
        }
        let history: SQLiteHistory
        do {
            history = try SQLiteHistory(HistoryPlace(directory: stateDir), user: "sweep") { trouble in
                Self.put("trouble \(trouble)\n")
            }
        } catch {
            throw CommandFailure(error.description, .unavailable)
        }
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.interval = 0.1
        settings.problemInterval = 0.1
        settings.confirmation = Confirmation(givenDelay: 0, absentDelays: [0, 0], policyDelay: 0)
        let (acknowledged, acknowledge) = AsyncStream.makeStream(of: Int.self)
        let network = RestlessNetwork()
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network, history: history,
            time: SystemTime()
        ) { event in
            switch event {
            case .changed(let changes):
                var lines = ""
                for change in changes {
                    lines += "\(change.acknowledgedAt == nil ? "change" : "acknowledged") \(change.id)\n"
                    if change.acknowledgedAt == nil, change.id % 3 == 0 { acknowledge.yield(change.id) }
                }
                Self.put(lines)
            case .assessed(let statuses): Self.put(statuses.compactMap(Self.version).joined())
            case .rings, .progress, .network, .resolver: break
            }
        }
        let names = (0..<domains).compactMap { DomainName("restless-\($0).example") }
        Blocking.run {
            await poller.handle(.watch(names.map { WatchEntry(domain: $0) }))
            await withDiscardingTaskGroup { group in
                group.addTask { for await id in acknowledged { await poller.handle(.acknowledge([id])) } }
                group.addTask {
                    while (try? await Task.sleep(for: .milliseconds(50))) != nil { await history.flush() }
                }
                await poller.run()
            }
        }
    }

    /// The policy version that a shown verdict rests on: the id and the body belong together, and the facts told beside
    /// it are no newer than the verdict.
    private static func version(_ status: DomainStatus) -> String? {
        guard let record = status.evidence?.record, let policy = status.evidence?.policy, policy.at >= record.since,
            let judged = status.assessment?.at, judged >= policy.at, judged >= record.at,
            let id = status.assessment?.record?.record?.id, let read = status.assessment?.policy?.policy
        else { return nil }
        return "version \(status.domain) \(id) \(read.maxAge)\n"
    }

    /// In one piece, past every buffer of this process.
    private static func put(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
