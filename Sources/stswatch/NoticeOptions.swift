import ArgumentParser
import Glibc
import MTASTS
import Notices
import Settings

/// To whom transitions are told besides the screen; each is a setting of the same name too.
struct NoticeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run this program for each confirmed change, with JSON on its standard input.", valueName: "program"))
    var onChange: String?
    @Option(help: ArgumentHelp("Append a line for each confirmed change to this file.", valueName: "file"))
    var log: String?
    @Flag(help: "Tell syslog each confirmed change.")
    var syslog = false

    /// - Throws: a sentence where the program is none.
    func resolved(_ values: SettingsValues) throws -> NoticeSettings {
        var settings = NoticeSettings()
        settings.hook = onChange ?? values.onChange
        settings.logFile = log ?? values.log
        settings.usesSyslog = syslog || values.syslog == true
        if let hook = settings.hook, hook.contains("/"), access(hook, X_OK) != 0 {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(
                "--on-change \(VisibleText.printable(hook)): \(reason); name a program, without arguments", .noInput)
        }
        return settings
    }
}
