import ArgumentParser
import Deliverability
import Foundation
import MTASTS
import Report
import SQLiteHistory
import Settings

/// What is remembered of domains: every version of what they published, and what turned.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Tell what is remembered of domains: versions, certificates, changes.",
        subcommands: [Show.self, Prune.self], defaultSubcommand: Show.self)

    /// Which history.
    struct PlaceOptions: ParsableArguments {
        @Option(help: ArgumentHelp("The folder of the history ($XDG_STATE_HOME/stswatch).", valueName: "dir"))
        var stateDir: String?
        @Option(help: ArgumentHelp("Read the settings from this file.", valueName: "file"))
        var config: String?

        func values() throws -> SettingsValues {
            var values: SettingsValues
            do {
                values = try SettingsFile.load(path: config, environment: ProcessInfo.processInfo.environment)
            } catch {
                throw CommandFailure(error.description, .badSettings)
            }
            values.stateDirectory = stateDir ?? values.stateDirectory
            return values
        }

        /// - Throws: a sentence where there is no history yet: reading makes none.
        func open() throws -> SQLiteHistory { try HistoryAccess.existing(try values()) }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Tell what is remembered of domains.")

        @Argument(help: "The domains.")
        var domains: [String] = []
        @Option(help: ArgumentHelp("The domains of this file, one a line.", valueName: "file"))
        var list: String?
        @Flag(help: "Print one JSON document.")
        var json = false
        @Option(help: ArgumentHelp("Leave out what was over before: 2026-11-24, or 7d ago.", valueName: "time"))
        var since: String?
        @OptionGroup var place: PlaceOptions

        func run() throws {
            var names = try domains.map { try OneLook.domain($0) }
            if let list { names += try ListSource.load(list).entries.map(\.domain) }
            guard !names.isEmpty else {
                throw CommandFailure("whose history? name a domain, or give a list with --list FILE", .usage)
            }
            let start = try since.map { try SinceText.date($0, now: Date()) }
            let history = try place.open()
            let wanted = names
            let found = try Blocking.wait { () -> [DomainHistory?] in
                var found: [DomainHistory?] = []
                for name in wanted { found.append(try await history.history(of: name, since: start)) }
                return found
            }
            if json {
                let document = HistoryDocument(domains: found.compactMap { $0 }.map(HistoryReport.init))
                print(try JSONText.document(document), terminator: "")
            } else {
                let texts = zip(names, found).map { name, history in
                    history.map { HistoryText.text($0, now: Date()) } ?? "\(name)\n  nothing is remembered\n"
                }
                FileHandle.standardOutput.write(Data(texts.joined(separator: "\n").utf8))
            }
        }
    }

    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune", abstract: "Forget what is older than is kept, and give the room back to the disk.")

        @Option(help: "Keep what was over for so many days (400, or the setting history-days).")
        var days: Int?
        @Option(help: "Keep the file under so many MiB (256, or the setting history-megabytes).")
        var megabytes: Int?
        @OptionGroup var place: PlaceOptions

        func validate() throws {
            guard (1...36_500).contains(days ?? 1), (16...1_000_000).contains(megabytes ?? 16) else {
                throw ValidationError("--days takes 1 to 36500, --megabytes 16 to 1000000")
            }
        }

        func run() throws {
            var retention = Retention(try place.values())
            retention.days = days ?? retention.days
            if let megabytes { retention.bytes = megabytes << 20 }
            let history = try place.open()
            let kept = retention
            let pruned = try Blocking.wait { try await history.prune(kept, now: Date()) }
            print("\(history.place.database): \(pruned.before / 1_024) KiB before, \(pruned.after / 1_024) KiB now")
        }
    }

    private struct HistoryDocument: Encodable {
        let schema = 1
        let domains: [HistoryReport]
    }
}

/// A moment as people type it.
enum SinceText {
    /// `2026-11-24`, RFC 3339 UTC, or a duration such as `7d` before now.
    static func date(_ text: String, now: Date) throws -> Date {
        if let duration = DurationText.parse(text) {
            return now.addingTimeInterval(-Double(duration.components.seconds))
        }
        guard let date = Stamp.moment(text) else {
            throw CommandFailure(
                "--since \(VisibleText.printable(text)): give a day such as 2026-11-24, or a time back such as 7d",
                .usage)
        }
        return date
    }
}
