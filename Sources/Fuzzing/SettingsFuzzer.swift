import Dashboard
import MTASTS
import Settings

/// A settings file.
enum SettingsFuzzer {
    static func run(_ input: [UInt8]) {
        let first = read(input)
        demand(first == read(input), "what is read twice reads the same")
        switch first {
        case .failure(let error): demandSettingsError(error, of: input)
        case .success(let values):
            demand(values.smtpPort != 0 && values.httpsPort != 0, "a port is no zero")
            demand(([values.helo] + values.controlHosts).allSatisfy { $0?.isHostName ?? true }, "hosts are host names")
            for length in [values.timeout, values.interval] {
                demand(length.map { DurationText.parse(DurationText.text($0)) == $0 } ?? true, "lengths of time stand")
                demand(length.map { (.seconds(1)...(.seconds(7 * 86_400))).contains($0) } ?? true, "and are bounded")
            }
            for resolver in values.resolvers {
                demand(
                    (try? ResolverAddress.parse(resolver.description).get()) == resolver,
                    "a resolver reads as it is written")
            }
            for path in [values.trustAnchor, values.caFile, values.stateDirectory] {
                demand(path?.hasPrefix("/") ?? true, "a path starts at the settings file or the root")
            }
            demand(Set(values.keys.keys).isSubset(of: Action.allCases.map(\.rawValue)), "keys are those of actions")
        }
    }

    private static func read(_ input: [UInt8]) -> Result<SettingsValues, SettingsError> {
        Result { () throws(SettingsError) in
            try SettingsFile.parse(
                input, path: "/home/user/.config/stswatch/config.toml", environment: ["HOME": "/home/user"])
        }
    }
}
