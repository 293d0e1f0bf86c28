import ArgumentParser
import Foundation
import MTASTS
import Settings

/// What every command that asks the network takes; each is a setting of the same name too.
struct EngineOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Ask this resolver instead of the system's; repeatable.", valueName: "address[@port]"))
    var resolver: [String] = []
    @Flag(help: "Ask the root servers and down from there, and no forwarder.")
    var recursive = false
    @Option(help: ArgumentHelp("Trust the DS or DNSKEY records in this file, besides the root's.", valueName: "file"))
    var trustAnchor: String?
    @Option(help: ArgumentHelp("Trust the certificates in this file instead of the system's.", valueName: "file"))
    var caFile: String?
    @Flag(help: "Connect to private, loopback and other addresses that are not public, too.")
    var allowPrivate = false
    @Option(help: "The port of MX hosts (25).")
    var smtpPort: UInt16?
    @Option(help: "The port of policy hosts (443).")
    var httpsPort: UInt16?
    @Option(help: ArgumentHelp("The name to give in EHLO (this host's).", valueName: "name"))
    var helo: String?
    @Option(help: ArgumentHelp("How long one lookup, fetch or probe may take (30s).", valueName: "duration"))
    var timeout: String?
    @Option(help: ArgumentHelp("How often each thing is looked at (5m).", valueName: "duration"))
    var interval: String?
    @Option(help: ArgumentHelp("Keep the history in this folder ($XDG_STATE_HOME/stswatch).", valueName: "dir"))
    var stateDir: String?
    @Option(help: ArgumentHelp("Read the settings from this file.", valueName: "file"))
    var config: String?

    /// The settings file's values with the options over them.
    func resolved() throws -> SettingsValues {
        var values = SettingsValues()
        do {
            values = try SettingsFile.load(path: config, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure(error.description, .badSettings)
        }
        if !resolver.isEmpty {
            values.resolvers = try resolver.map { text in
                switch ResolverAddress.parse(text) {
                case .success(let address): return address
                case .failure(let problem): throw CommandFailure("--resolver \(text): \(problem.reason)", .usage)
                }
            }
            values.recursive = values.recursive == true && recursive
        }
        if recursive { values.recursive = true }
        if allowPrivate { values.allowPrivate = true }
        values.trustAnchor = trustAnchor ?? values.trustAnchor
        values.caFile = caFile ?? values.caFile
        values.smtpPort = smtpPort ?? values.smtpPort
        values.httpsPort = httpsPort ?? values.httpsPort
        if let helo {
            guard let name = DomainName(helo), name.isHostName else {
                throw CommandFailure("--helo \(VisibleText.printable(helo)): give a host name", .usage)
            }
            values.helo = name
        }
        values.stateDirectory = stateDir ?? values.stateDirectory
        values.timeout = try duration(timeout, "--timeout") ?? values.timeout
        values.interval = try duration(interval, "--interval") ?? values.interval
        return values
    }

    /// True where no settings file is named, nor stands where one is looked for.
    var lacksSettings: Bool {
        let standard = SettingsFile.standardPath(environment: ProcessInfo.processInfo.environment)
        return config == nil && !(standard.map { FileManager.default.fileExists(atPath: $0) } ?? false)
    }

    private func duration(_ text: String?, _ option: String) throws -> Duration? {
        try text.map { try Self.duration($0, option) }
    }

    /// A duration that an option gives.
    static func duration(_ text: String, _ option: String) throws -> Duration {
        guard let value = DurationText.parse(text), value >= .seconds(1) else {
            throw CommandFailure(
                "\(option) \(VisibleText.printable(text)): give a duration of at least 1s, such as 30s or 5m", .usage)
        }
        return value
    }
}
