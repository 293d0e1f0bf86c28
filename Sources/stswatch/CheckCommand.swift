import ArgumentParser
import Deliverability
import Foundation
import Glibc
import MTASTS
import Polling
import Report
import Settings
import Synchronization

/// One look at each domain, as text or JSON, with an exit status that monitoring understands.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look at each domain once and say what senders would do.",
        discussion: """
            Exit status, the worst over all domains: 2 bouncing, 1 risk or warning, 3 unknown, 0 ok or unprotected; \
            64 usage, 66 an input file is unreadable, 78 bad settings.
            """)

    @Argument(help: "The domains to look at.")
    var domains: [String] = []
    @Option(help: ArgumentHelp("Look at the domains of this file, one a line.", valueName: "file"))
    var list: String?
    @Flag(help: "Print one JSON document.")
    var json = false
    @Flag(help: "Print one JSON object a line, as domains finish.")
    var ndjson = false
    @Flag(help: "Go on from the history, as the monitor does, and add to it; --state-dir does so too.")
    var remember = false
    @OptionGroup var engine: EngineOptions

    func run() throws {
        let entries = try ListSource.entries(domains: domains, list: list)
        let printer = CheckPrinter(order: entries.map(\.domain), style: json ? .json : ndjson ? .ndjson : .text)
        try OneLook.run(entries, engine, remembering: remember, tell: printer.take)
        let status = printer.finish()
        guard status == 0 else { throw ExitCode(status) }
    }
}

/// Takes verdicts from the engine and prints them in the style asked for.
final class CheckPrinter: Sendable {
    enum Style: Sendable {
        case text, json, ndjson
    }

    private struct Contents {
        var statuses: [DomainName: DomainStatus] = [:]
        var hasProgressLine = false
        var said: Set<String> = []
        var changes: [DomainName: [Change]] = [:]
    }

    private let order: [DomainName]
    private let style: Style
    private let contents = Mutex(Contents())
    private let showsProgress = isatty(2) == 1

    init(order: [DomainName], style: Style) {
        self.order = order
        self.style = style
    }

    /// From any thread; prints what may be printed already.
    func take(_ event: EngineEvent) {
        contents.withLock { contents in
            switch event {
            case .assessed(let statuses):
                for status in statuses { add(status, &contents) }
            case .progress(let done, let total, _): progress(done, total, &contents)
            case .changed(let changes):
                for change in changes { contents.changes[change.domain, default: []].insert(change, at: 0) }
            case .rings: break
            case .network, .resolver: if let remark = event.remark { say(remark, &contents) }
            }
        }
    }

    private func add(_ status: DomainStatus, _ contents: inout Contents) {
        guard status.assessment != nil else { return }
        let isNew = contents.statuses[status.domain] == nil
        contents.statuses[status.domain] = status
        guard isNew, style == .ndjson else { return }
        erase(&contents)
        put(json(DomainReport(status, changes: contents.changes[status.domain] ?? [], now: Date())) + "\n")
    }

    /// Prints the rest; returns the exit status.
    func finish() -> Int32 {
        contents.withLock { contents in
            erase(&contents)
            let statuses = order.map { contents.statuses[$0] ?? DomainStatus(domain: $0) }
            let now = Date()
            switch style {
            case .ndjson: break
            case .json: put(json(document(statuses, contents, now)) + "\n")
            case .text: put(statuses.map { text($0, contents, now) }.joined(separator: "\n"))
            }
            return ExitStatus.worst(statuses.map(\.state))
        }
    }

    private func text(_ status: DomainStatus, _ contents: Contents, _ now: Date) -> String {
        let turned = (contents.changes[status.domain] ?? []).map { change in
            let words = "\(change.stateBefore.word) -> \(change.stateAfter.word): \(change.sight); \(change.impact)"
            return "  changed        \(VisibleText.printable(words))\n"
        }
        return TextReport.text(status, now: now) + turned.joined()
    }

    private func document(_ statuses: [DomainStatus], _ contents: Contents, _ now: Date) -> ReportDocument {
        ReportDocument(domains: statuses.map { DomainReport($0, changes: contents.changes[$0.domain] ?? [], now: now) })
    }

    private func json(_ value: some Encodable) -> String { (try? JSONText.line(value)) ?? "{}" }

    private func put(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    private func progress(_ done: Int, _ total: Int, _ contents: inout Contents) {
        guard showsProgress, total > 1 else { return }
        StandardError.write("\r\u{1b}[Kchecking \(done) of \(total)")
        contents.hasProgressLine = true
    }

    private func say(_ words: String, _ contents: inout Contents) {
        // The resolver and the network may have the same complaint, and have it again.
        guard contents.said.insert(words).inserted else { return }
        erase(&contents)
        StandardError.write("stswatch: \(VisibleText.printable(words))\n")
    }

    private func erase(_ contents: inout Contents) {
        guard contents.hasProgressLine else { return }
        StandardError.write("\r\u{1b}[K")
        contents.hasProgressLine = false
    }
}
