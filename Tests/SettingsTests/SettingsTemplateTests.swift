import Dashboard
import Deliverability
import MTASTS
import Testing

@testable import Settings

@Suite struct SettingsTemplateTests {
    private let text = SettingsTemplate.text(actions: Keymap.standardNames)

    private func parse(_ text: String) throws -> SettingsValues {
        try SettingsFile.parse(Array(text.utf8), path: "/etc/x/config.toml", environment: ["HOME": "/home/op"])
    }

    @Test("It parses as it stands and says nothing")
    func silent() throws {
        #expect(try parse(text) == SettingsValues())
    }

    @Test("It has every key, in the order of the documentation")
    func complete() {
        #expect(SettingsTemplate.entries.map(\.key) + ["queue-lifetimes", "keys"] == SettingsFile.keys)
        for action in Action.allCases { #expect(text.contains("\n# \(action.rawValue) = [")) }
    }

    @Test("Each line parses when the # is taken away, and the keys stay what they are")
    func uncommented() throws {
        for entry in SettingsTemplate.entries { _ = try parse("\(entry.key) = \(entry.value)\n") }
        let lines = text.split(separator: "\n").map { line -> String in
            let bare = line.hasPrefix("# ") ? String(line.dropFirst(2)) : String(line)
            // A setting and not a sentence about one.
            return bare.contains("\" = ") || bare.split(separator: " ").dropFirst().first == "=" ? bare : String(line)
        }
        let values = try parse(lines.joined(separator: "\n"))
        #expect(values.smtpPort == 25 && values.interval == .seconds(300) && values.timeout == .seconds(30))
        #expect(values.queueLifetimes == .standard)
        let (keymap, problems) = Keymap.remapped(values.keys)
        #expect(problems.isEmpty && keymap == Keymap.standard)
    }
}
