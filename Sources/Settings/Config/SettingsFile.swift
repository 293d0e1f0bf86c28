import Dashboard
import MTASTS
import TOMLKit

/// Reads `config.toml`, strictly: an unknown key or a bad value is an error with line and column.
public enum SettingsFile {
    /// The keys at the top, in the order of the documentation.
    public static let keys = [
        "resolver", "recursive", "allow-private", "trust-anchor", "ca-file", "smtp-port", "https-port", "helo",
        "timeout", "state-dir", "history-days", "history-megabytes", "interval", "theme", "synchronized-output",
        "control-hosts", "on-change", "log", "syslog", "queue-lifetimes", "keys",
    ]

    /// `$XDG_CONFIG_HOME/stswatch/config.toml`, or below `~/.config`; nil where neither variable is set.
    public static func standardPath(environment: [String: String]) -> String? {
        ConfigHome.directory(environment: environment).map { $0 + "/config.toml" }
    }

    /// Reads the settings. Without a path: the standard file, which may be missing.
    /// - Throws: `SettingsError` with every problem of the file; also when a file that was named is missing.
    public static func load(
        path: String? = nil, environment: [String: String]
    ) throws(SettingsError) -> SettingsValues {
        guard let file = path ?? standardPath(environment: environment) else { return SettingsValues() }
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(file, limit: TOMLText.greatestSize).bytes
        } catch {
            if path == nil, error == .missing { return SettingsValues() }
            throw SettingsError(path: file, failure: error)
        }
        return try parse(bytes, path: file, environment: environment)
    }

    /// Reads a text; the path is for messages, and relative paths in the text start from its folder.
    public static func parse(
        _ bytes: [UInt8], path: String, environment: [String: String] = [:]
    ) throws(SettingsError) -> SettingsValues {
        var text = try TOMLText(path: path, bytes: bytes)
        let root = text.root
        text.allowOnly(keys, in: root)
        var values = SettingsValues()
        let place = PathPlace(file: path, home: environment["HOME"])
        values.recursive = text.bool("recursive", in: root)
        values.allowPrivate = text.bool("allow-private", in: root)
        values.trustAnchor = text.path("trust-anchor", in: root, from: place)
        values.caFile = text.path("ca-file", in: root, from: place)
        values.stateDirectory = text.path("state-dir", in: root, from: place)
        values.historyDays = text.integer("history-days", in: root, range: 1...36_500)
        values.historyMegabytes = text.integer("history-megabytes", in: root, range: 16...1_000_000)
        values.smtpPort = text.integer("smtp-port", in: root, range: 1...65535).map { UInt16($0) }
        values.httpsPort = text.integer("https-port", in: root, range: 1...65535).map { UInt16($0) }
        values.timeout = text.duration("timeout", in: root, range: .seconds(1)...(.seconds(600)))
        values.interval = text.duration("interval", in: root, range: .seconds(1)...(.seconds(7 * 86_400)))
        values.theme = text.theme(in: root, from: place)
        values.synchronizedOutput = text.bool("synchronized-output", in: root)
        values.resolvers = text.resolvers(in: root)
        values.helo = text.hosts("helo", in: root, isSingle: true).first
        values.controlHosts = text.hosts("control-hosts", in: root, isSingle: false)
        values.onChange = text.path("on-change", in: root, from: place)
        values.log = text.path("log", in: root, from: place)
        values.syslog = text.bool("syslog", in: root)
        values.queueLifetimes = text.queueLifetimes("queue-lifetimes", in: root)
        values.keys = text.keymap(in: root)
        try text.check()
        return values
    }
}
