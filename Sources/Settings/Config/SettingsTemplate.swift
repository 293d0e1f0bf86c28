import Deliverability

/// A settings file with every key, each as a comment with its default: a file to begin with.
public enum SettingsTemplate {
    /// One key: what it is for, and its line with the default or, where there is none, an example.
    struct Entry: Sendable {
        let key: String
        let help: String
        let value: String
    }

    /// In the order of `SettingsFile.keys`.
    static let entries = [
        Entry(key: "resolver", help: "Resolvers to ask; the system's where empty.", value: "[]"),
        Entry(key: "recursive", help: "Ask the root servers and down from there, and no forwarder.", value: "false"),
        Entry(
            key: "allow-private", help: "Connect to addresses that are not public, too. Unset: as the resolvers are.",
            value: "false"),
        Entry(
            key: "trust-anchor", help: "DS or DNSKEY records to trust besides the root's. No default.",
            value: "\"anchors.txt\""),
        Entry(
            key: "ca-file", help: "Certificates to trust instead of the system's. No default.", value: "\"roots.pem\""),
        Entry(key: "smtp-port", help: "The port of MX hosts.", value: "25"),
        Entry(key: "https-port", help: "The port of policy hosts.", value: "443"),
        Entry(key: "helo", help: "The name for EHLO. Default: this machine's.", value: "\"watch.example.net\""),
        Entry(key: "timeout", help: "For one step of a conversation.", value: "\"30s\""),
        Entry(key: "state-dir", help: "Where what was seen is kept. No default.", value: "\"state\""),
        Entry(key: "history-days", help: "How many days of what was seen are kept.", value: "400"),
        Entry(key: "history-megabytes", help: "How large the file of what was seen may grow.", value: "256"),
        Entry(
            key: "interval", help: "Between two looks at the same thing; problems are looked at more often.",
            value: "\"5m\""),
        Entry(key: "theme", help: "A theme by name or file.", value: "\"auto\""),
        Entry(
            key: "synchronized-output", help: "Let the terminal show a large frame at once (mode 2026).",
            value: "true"),
        Entry(key: "control-hosts", help: "Names that are looked up to tell our own network's failure.", value: "[]"),
        Entry(
            key: "on-change", help: "A program that is given each change as JSON. No default.",
            value: "\"/usr/local/bin/page-me\""),
        Entry(key: "log", help: "A file that gets a line for each change. No default.", value: "\"changes.log\""),
        Entry(key: "syslog", help: "Send each change to syslog.", value: "false"),
    ]

    /// The whole text; it parses as it stands and says nothing until a line is uncommented.
    /// - Parameter actions: every action of the keymap with its standard keys.
    public static func text(actions: [(name: String, keys: [String])]) -> String {
        var lines = [
            "# Settings of stswatch: take the # from a line to set it. A path is meant from this file's folder.", "",
        ]
        for entry in entries { lines += ["# " + entry.help, "# \(entry.key) = \(entry.value)", ""] }
        lines += [
            "# How long senders keep mail that they cannot deliver, told where mail bounces. false leaves one out;",
            "# one that is not named here: { keeps = \"2d\", classes = [\"mta-sts\", \"dane\"] }.", "[queue-lifetimes]",
        ]
        for entry in QueueLifetimes.standard.entries {
            lines.append("# \"\(entry.name)\" = \"\(DurationText.text(.seconds(entry.seconds)))\"")
        }
        lines += ["", "# Keys by action; a list replaces all standard keys of its action.", "[keys]"]
        for action in actions {
            let keys = action.keys.map { "\"" + ($0 == "\\" || $0 == "\"" ? "\\" + $0 : $0) + "\"" }
            lines.append("# \(action.name) = [\(keys.joined(separator: ", "))]")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
