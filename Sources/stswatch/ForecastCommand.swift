import ArgumentParser
import Deliverability
import Foundation
import MTASTS
import Report
import Settings

/// `stswatch forecast`: what turns when if nobody acts, for many domains in the order of time.
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Tell what will bounce and when, if nobody acts.",
        discussion: """
            Looks at each domain once and lists every moment at which a sender class turns or a protection ends, \
            the earliest first. Exit status: 0, whatever is in sight; 64 usage, 66 an input file is unreadable, \
            78 bad settings.
            """)

    @Argument(help: "The domains to look at.")
    var domains: [String] = []
    @Option(help: ArgumentHelp("Look at the domains of this file, one a line.", valueName: "file"))
    var list: String?
    @Option(help: ArgumentHelp("Leave out what is further away (all).", valueName: "duration"))
    var within: String?
    @Flag(help: "Print one JSON document.")
    var json = false
    @Flag(help: "Print an iCalendar object to subscribe to or to import.")
    var ical = false
    @OptionGroup var engine: EngineOptions

    func validate() throws {
        if json, ical { throw ValidationError("--json and --ical do not go together") }
    }

    func run() throws {
        let entries = try ListSource.entries(domains: domains, list: list)
        let now = Date()
        var until: Date?
        if let within {
            guard let span = DurationText.parse(within), span > .zero else {
                throw CommandFailure(
                    "--within \(VisibleText.printable(within)): give a duration, such as 30d", .usage)
            }
            until = now.addingTimeInterval(Double(span.components.seconds))
        }
        let found = try OneLook.statuses(of: entries, engine).statuses
        // What could not be looked at must not read as "nothing in sight".
        let unknown = found.filter { $0.state == .unknown }.map(\.domain.text)
        if !unknown.isEmpty {
            StandardError.write("stswatch: not known: \(unknown.joined(separator: ", "))\n")
        }
        let forecast = ForecastList(found, until: until, now: now)
        print(json ? forecast.json : ical ? forecast.calendar : forecast.text, terminator: "")
    }
}
