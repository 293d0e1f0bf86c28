import ArgumentParser
import Dashboard
import Foundation
import MTASTS
import Settings

/// `stswatch config`: a settings file to begin with, or the check of one.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Print a settings file with every default, or check one.",
        discussion: """
            --check tells each problem with line and column and exits with 78 where there is one; without FILE it \
            checks the standard file, $XDG_CONFIG_HOME/stswatch/config.toml.
            """)

    @Flag(name: .customLong("default"), help: "Print every setting with its default, as comments.")
    var printsDefault = false
    @Flag(help: "Check a settings file.")
    var check = false
    @Argument(help: "The file to check; - is standard input.")
    var file: String?

    func validate() throws {
        guard printsDefault != check else { throw ValidationError("give --default or --check") }
        guard check || file == nil else { throw ValidationError("--default takes no file") }
    }

    func run() throws {
        if printsDefault {
            print(SettingsTemplate.text(actions: Keymap.standardNames), terminator: "")
            return
        }
        let environment = ProcessInfo.processInfo.environment
        guard let path = file ?? SettingsFile.standardPath(environment: environment) else {
            throw CommandFailure("there is no settings file: neither XDG_CONFIG_HOME nor HOME is set", .noInput)
        }
        let values: SettingsValues
        do {
            values = try SettingsFile.load(path: path, environment: environment)
        } catch {
            throw CommandFailure(error.description, .badSettings)
        }
        if let name = values.theme, name != "auto" {
            do {
                _ = try ThemeLibrary(environment: environment, executable: CommandLine.executablePath).theme(name)
            } catch {
                throw CommandFailure("\(VisibleText.printable(path)): \(error.description)", .badSettings)
            }
        }
        print("\(VisibleText.printable(path)): no problems")
    }
}
