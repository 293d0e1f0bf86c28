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

    @Test("A key of which the terminal makes a signal is refused for anything else")
    func signals() throws {
        let text = "[keys]\nhelp = [\"ctrl-c\", \"?\"]\n filter = \"ctrl-z\"\nmark = [\"ctrl-\\\\\"]"
        let found = problems(text)
        #expect(found.count == 3, "\(found)")
        for (found, expected) in zip(
            found,
            [
                "p:2:1: ^C cannot be given to help: the terminal makes a signal of it, which quits",
                "p:3:2: ^Z cannot be given to filter: the terminal makes a signal of it, which suspends",
                "p:4:1: ^\\\\ cannot be given to mark: the terminal makes a signal of it, which quits",
            ])
        {
            #expect(found == expected)
        }
        let own = "[keys]\nquit = [\"ctrl-c\", \"ctrl-\\\\\"]\nsuspend = \"ctrl-z\""
        #expect(problems(own) == [])
        let elsewhere = "[keys]\nquit = \"Q\"\nsuspend = []"
        #expect(problems(elsewhere) == [])
    }

    @Test("The key is free once its action has another, or none")
    func free() throws {
        for pause in ["[\"f5\"]", "[]"] {
            let text = "[keys]\nsort = [\"p\"]\npause = \(pause)"
            #expect(try SettingsFile.parse(Array(text.utf8), path: "p").keys["sort"] == ["p"])
        }
    }
}
