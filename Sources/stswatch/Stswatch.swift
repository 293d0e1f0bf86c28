import ArgumentParser

/// The program: without a subcommand it watches the list it is given.
struct Stswatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stswatch",
        abstract: "Watches whether mail reaches your domains: MTA-STS, STARTTLS, certificates and DANE, live.",
        discussion: """
            stswatch LIST             watch the domains of a file, one a line
            stswatch check DOMAIN     one look, as text or --json
            stswatch trace DOMAIN     step by step what each kind of sender does
            stswatch plan DOMAIN      judge a change before you make it, with its safe order
            stswatch forecast DOMAIN  what will bounce and when, as text, JSON or a calendar
            stswatch explain CODE     what a finding means, whom it hurts, how to fix it
            stswatch history DOMAIN   what was seen before: versions, certificates, changes
            stswatch lint FILE        judge a policy file before you publish it
            stswatch config --check   tell what is wrong with the settings; --default prints every one
            stswatch snapshot LIST    one frame of the monitor as text, ANSI or SVG, without a terminal
            stswatch demo             a small internet in the process, with incidents to watch
            """,
        version: "0.1.0",
        subcommands: [
            WatchCommand.self, CheckCommand.self, TraceCommand.self, PlanCommand.self, ForecastCommand.self,
            HistoryCommand.self, ExplainCommand.self, LintCommand.self, ConfigCommand.self, SnapshotCommand.self,
            DemoCommand.self, BenchCommand.self, SweepCommand.self,
        ],
        defaultSubcommand: WatchCommand.self)
}
