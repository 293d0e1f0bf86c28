import ArgumentParser
import Dashboard
import Foundation
import MTASTS
import Polling
import SQLiteHistory
import Settings

/// `stswatch snapshot`: one frame of the monitor without a terminal, as text or as a picture.
struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "Draw one frame of the monitor without a terminal.",
        discussion: """
            Looks at each domain once and draws what the monitor would show. With --state-dir it looks at nothing but \
            draws the last known states of that history, as the monitor begins; what --domain or --plan shows is \
            looked at in any case. With --demo it looks at the small internet in this process. Exit status: 0, \
            whatever is shown; 64 usage, 66 an input file is unreadable, 78 bad settings.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, ansi, svg
    }

    enum Tab: String, ExpressibleByArgument, CaseIterable {
        case summary, policy, hosts, certificates, history, trace
    }

    @Argument(help: "A file with one domain a line; without it, the domain of --domain.")
    var list: String?
    @Option(help: ArgumentHelp("Columns and rows.", valueName: "columns x rows"))
    var size = "140x40"
    @Option(help: ArgumentHelp("text, ansi or svg.", valueName: "format"))
    var format = Format.text
    @Option(help: "A theme by name or file (auto; for svg: dark).")
    var theme: String?
    @Option(help: ArgumentHelp("Colours of ansi: mono, 16, 256 or truecolor (256).", valueName: "tier"))
    var colors: String?
    @Option(help: ArgumentHelp("Show what passes this filter.", valueName: "filter"))
    var filter: String?
    @Option(help: ArgumentHelp("Show this domain.", valueName: "name"))
    var domain: String?
    @Option(
        help: ArgumentHelp(
            "The domain's tab: \(Tab.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "tab"))
    var tab: Tab?
    @Flag(help: "Show the plan screen on the domain, with the change of the options of stswatch plan.")
    var plan = false
    @OptionGroup(title: "The change of --plan") var change: ChangeOptions
    @Option(help: ArgumentHelp("Draw the frame as of this moment: 2026-11-24T12:00:00Z.", valueName: "time"))
    var at: String?
    @Flag(help: "Look at the small internet of stswatch demo.")
    var demo = false
    @Option(
        help: ArgumentHelp(
            "Let this happen in the demo after the first look, such as 'apply strip-starttls NAME'; "
                + "repeatable.", valueName: "command"))
    var incident: [String] = []
    @OptionGroup var engine: EngineOptions

    func validate() throws {
        if demo, list != nil { throw ValidationError("--demo has its own list; leave LIST out") }
        if !demo, !incident.isEmpty { throw ValidationError("--incident goes with --demo") }
        guard demo || list != nil || domain != nil else {
            throw ValidationError("what is to be drawn? give LIST, --domain or --demo")
        }
        if domain == nil, tab != nil || plan { throw ValidationError("--tab and --plan go with --domain") }
        if plan, tab != nil { throw ValidationError("--plan and --tab do not go together") }
        if !plan, change.isGiven { throw ValidationError("the options of a change go with --plan") }
        if format != .ansi, colors != nil { throw ValidationError("--colors goes with --format ansi") }
    }

    func run() throws {
        let values = try engine.resolved()
        let look = try FrameLook(
            size: size, theme: theme ?? values.theme, format: format, colors: colors,
            environment: ProcessInfo.processInfo.environment)
        let wanted = try FrameRequest(self)
        let seen = try demo ? FrameSource.demo(wanted, incident) : source(wanted, values)
        defer { seen.end() }
        let canvas = try Frame(look, wanted, seen).canvas
        print(look.text(of: canvas), terminator: "")
    }

    private func source(_ wanted: FrameRequest, _ values: SettingsValues) throws -> FrameSource {
        let source =
            try list.map { try WatchSource(path: $0) } ?? WatchSource(domains: [wanted.domain].compactMap { $0 })
        if let domain = wanted.domain, !source.entries.contains(where: { $0.domain == domain }) {
            throw CommandFailure("--domain \(domain): it is not on the list", .usage)
        }
        guard engine.stateDir != nil else { return try FrameSource.sweep(source, source.polled, engine, values) }
        let history = try HistoryAccess.existing(values)
        let snapshot: HistorySnapshot
        do {
            snapshot = try history.snapshot()
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
        let looked = source.polled.filter { $0.domain == wanted.domain }
        var seen = try FrameSource.sweep(source, looked, engine, values)
        seen.messages.insert(.remembered(snapshot.statuses, snapshot.changes), at: 0)
        return seen
    }
}
