import ArgumentParser
import Cells
import Dashboard
import Deliverability
import Foundation
import MTASTS
import Polling
import SQLiteHistory
import Settings

/// What the screen takes from the command line.
struct ScreenOptions: ParsableArguments {
    @Option(
        help: "A theme by name or file: auto, dark, light, high-contrast, deuteranopia, tritanopia, solarized, mono.")
    var theme: String?
    @Flag(help: "No colour, whatever the terminal can do.")
    var mono = false
}

/// The monitor: polls a list of domains and shows, live, what senders would do.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watch the domains of a list on the terminal.",
        discussion: "The list is read again when the file changes and on SIGHUP.")

    @Argument(help: "A file with one domain a line; without it, the screen says how to begin.")
    var list: String?
    @OptionGroup var engine: EngineOptions
    @OptionGroup var screen: ScreenOptions
    @OptionGroup var notices: NoticeOptions

    func run() throws {
        let values = try engine.resolved()
        let notices = try notices.resolved(values)
        let plan = try Engine.Plan(values)
        let source = try WatchSource(path: list)
        let application = try WatchApplication(
            screen: screen, settings: values, source: source, poll: plan.poll, notices: notices,
            view: (try? HistoryAccess.place(values)).map { ViewFile(directory: $0.directory) },
            lacksSettings: engine.lacksSettings)
        // After the terminal: where there is none to watch on, nothing is written.
        guard let history = try application.meanwhile(saying: "history: opening", { MonitorHistory(values) }) else {
            return
        }
        application.remark(history.header.remark, saying: history.trouble)
        try application.run(remembering: history.snapshot?.statuses ?? [], history.snapshot?.changes ?? []) { outlet in
            history.header.listen(outlet.tell)
            let store = history.store
            let engine = try Engine(plan, history: store, tell: outlet.take)
            let monitor = Monitor(
                poller: engine.poller, history: history, retention: Retention(values), tell: outlet.tell)
            return Watching(
                poller: engine.poller, handle: { await monitor.handle($0) }, work: { await monitor.run() },
                history: {
                    await store.answer(about: $0, remedy: "give --state-dir DIR, or the setting state-dir, to keep it.")
                },
                isPolling: { await monitor.isPolling },
                finish: { await monitor.finish() })
        }
    }
}

/// Where the domains come from: a file that is read again when it changes, or a list that is given.
struct WatchSource: Sendable {
    let file: WatchListFile?
    private(set) var problems: [String]
    /// As the file has them.
    private var listed: [WatchListEntry]
    /// Added and removed by hand: what is written to the file later does not undo it.
    private var added: [WatchListEntry] = []
    private var removed: Set<DomainName> = []
    /// What was read last, or was there when that failed; nil for no file.
    private var stamp: FileStamp?
    /// False for a pipe, which is read once.
    private let isRereadable: Bool

    /// - Throws: a sentence where the file cannot be read or names no domain.
    init(path: String?) throws {
        guard let path else {
            (file, listed, problems, isRereadable) = (nil, [], [], false)
            return
        }
        let file = WatchListFile(path: path)
        do {
            let loaded = try file.load()
            self.file = file
            listed = loaded.list.entries
            problems = loaded.list.problems.map { "\(path): \($0)" }
            stamp = loaded.stamp
            isRereadable = stamp != nil
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
    }

    init(domains: [DomainName]) {
        file = nil
        listed = domains.enumerated().map { WatchListEntry(domain: $1, line: $0 + 1) }
        problems = []
        isRereadable = false
    }

    /// What is watched.
    var entries: [WatchListEntry] {
        let names = Set(listed.map(\.domain))
        return listed.filter { !removed.contains($0.domain) } + added.filter { !names.contains($0.domain) }
    }

    /// True when the file was written, lost or came back since it was read.
    var isStale: Bool { isRereadable && file.map { FileStamp(path: $0.path) != stamp } ?? false }

    /// Reads the file again; a file that cannot be read leaves the list as it was and says so. A pipe was read once, and
    /// what it said stays.
    mutating func reload() {
        guard let file, isRereadable else { return }
        // Of before: what is written while it is read, or instead of it, is another file.
        let before = FileStamp(path: file.path)
        do {
            let loaded = try file.load(again: true)
            listed = loaded.list.entries
            problems = loaded.list.problems.map { "\(file.path): \($0)" }
            stamp = loaded.stamp
        } catch {
            problems = [error.description]
            stamp = before
        }
    }

    /// - Returns: false where it was watched already, as it stays.
    @discardableResult mutating func add(_ entry: WatchListEntry) -> Bool {
        guard !entries.contains(where: { $0.domain == entry.domain }) else { return false }
        removed.remove(entry.domain)
        if !entries.contains(where: { $0.domain == entry.domain }) { added.append(entry) }
        return true
    }

    mutating func remove(_ domain: DomainName) {
        removed.insert(domain)
        added.removeAll { $0.domain == domain }
    }

    /// True where the file names it, removed by hand or not.
    func isListed(_ domain: DomainName) -> Bool { listed.contains { $0.domain == domain } }

    var watched: [WatchedDomain] {
        entries.map { WatchedDomain($0.domain, displayName: IDN.toUnicode($0.domain), tags: $0.tags) }
    }

    var polled: [WatchEntry] { entries.map { WatchEntry(domain: $0.domain, tags: $0.tags, options: $0.options) } }
}
