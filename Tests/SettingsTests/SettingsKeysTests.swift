import Settings
import Testing

/// Keys that two actions ask for are found when the settings are read.
@Suite struct SettingsKeysTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try SettingsFile.parse(Array(text.utf8), path: "p")
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    @Test(
        "A key that an action has by default is refused where another asks for it",
        arguments: [
            ("[keys]\nsort = [\"p\"]", "2:1: p is asked for by sort and by pause"),
            (
                "theme = \"mono\"\n[keys]\n filter = [\"/\", \"home\"]",
                "3:2: Home is asked for by filter and by move-top"
            ),
            ("[keys]\nrecheck = \"x\"\npause = [\"x\"]", "3:1: x is asked for by recheck and by pause"),
        ])
    func conflict(text: String, expected: String) {
        let found = problems(text)
        #expect(found.count == 1 && found.first?.contains(expected) == true, "\(found)")
    }

    @Test("The key is free once its action has another, or none")
    func free() throws {
        for pause in ["[\"f5\"]", "[]"] {
            let text = "[keys]\nsort = [\"p\"]\npause = \(pause)"
            #expect(try SettingsFile.parse(Array(text.utf8), path: "p").keys["sort"] == ["p"])
        }
    }
}
