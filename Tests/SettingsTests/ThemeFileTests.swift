import Dashboard
import Testing

@testable import Settings

@Suite struct ThemeFileTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try ThemeFile.parse(Array(text.utf8), path: "t.toml").resolve(inheriting: .auto)
            return []
        } catch {
            return error.description.split(separator: "\n").map { String($0.dropFirst("t.toml:".count)) }
        }
    }

    @Test func readsEveryPart() throws {
        let file = try ThemeFile.parse(
            Array(
                """
                name = "night"
                variant = "light"
                inherits = "dark"
                [palette]
                red = { hex = "#e06c75", c256 = 168, c16 = "light-red" }
                blue = "#0000ff"
                [roles]
                "severity.bouncing" = { fg = "red", bg = "default", attrs = ["bold"], mono = ["bold", "reverse"] }
                text = {}
                """.utf8), path: "t.toml")
        #expect(file.inherits == "dark")
        #expect(
            file.source
                == ThemeSource(
                    name: "night", variant: .light,
                    palette: [
                        "red": ThemeSource.PaletteColor(hex: "#e06c75", c256: 168, c16: "light-red"),
                        "blue": ThemeSource.PaletteColor(hex: "#0000ff"),
                    ],
                    roles: [
                        "severity.bouncing": ThemeSource.RoleLook(
                            fg: "red", bg: "default", attrs: ["bold"], mono: ["bold", "reverse"]),
                        "text": ThemeSource.RoleLook(),
                    ]))
    }

    @Test(arguments: [
        ("variant = \"dark\"", "the key 'name' is missing"),
        ("name = 5", "1:1: 'name' must be a string in quotes"),
        ("name = \"../x\"", "1:1: 'name' must be letters"),
        ("name = \"x\"\nvariant = \"dim\"", "2:1: 'variant' must be dark or light"),
        ("name = \"x\"\ninherits = \"a/b\"", "2:1: 'inherits' must be the name of a theme"),
        ("name = \"x\"\ncolour = 1", "2:1: no such key 'colour'"),
        (
            "name = \"x\"\n[roles]\n\"severity.bad\" = {}",
            "3:1: no such role 'severity.bad'; the roles are severity.bouncing"
        ),
        (
            "name = \"x\"\n[roles]\nseverity.ok = {}",
            "3:1: the name of a role with a dot stands in quotes: \"severity.ok\""
        ),
        ("name = \"x\"\n[roles]\ntext = \"red\"", "3:1: a role is a table"),
        ("name = \"x\"\n[roles]\ntext = { fg = \"red\", foo = 1 }", "3:22: no such key 'foo'"),
        ("name = \"x\"\n[roles]\ntext = { fg = 5 }", "3:10: 'fg' must be a string"),
        ("name = \"x\"\n[roles]\ntext = { fg = \"pink\" }", "3:10: no colour 'pink'"),
        ("name = \"x\"\n[roles]\ntext = { attrs = [\"bold\", \"blink\"] }", "3:10: no attribute 'blink'"),
        ("name = \"x\"\n[roles]\ntext = { attrs = [1] }", "3:19: 'attrs' must hold strings only"),
        ("name = \"x\"\n[palette]\na = { hex = \"red\" }", "3:7: 'red' is not #rrggbb"),
        ("name = \"x\"\n[palette]\na = \"#12345\"", "3:1: '#12345' is not #rrggbb"),
        (
            "name = \"x\"\n[palette]\na = { hex = \"#000000\", c256 = 256 }",
            "3:24: 'c256' must be a whole number from 0 to 255"
        ),
        ("name = \"x\"\n[palette]\na = { c16 = \"pink\" }", "3:7: no colour 'pink'"),
        ("name = \"x\"\n[palette]\na = 5", "3:1: a colour is a table"),
        ("name = \"x\"\n[palette]\na = {}", "3:1: a colour needs hex or c16"),
        ("name = \"x\"\n[roles\n", "2:"),
    ])
    func refusesWithLineAndColumn(text: String, expected: String) {
        let found = problems(text)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(expected) == true, "\(found)")
    }

    @Test func tellsEveryProblem() {
        let found = problems("name = \"x\"\n[palette]\na = 1\nb = { hex = 2 }\n[roles]\nnope = {}\n")
        #expect(found.map { String($0.prefix { $0 != " " }) } == ["3:1:", "4:7:", "6:1:"])
    }

    @Test func otherRolesCanBeAskedFor() throws {
        let file = try ThemeFile.parse(
            Array("name = \"x\"\n[roles]\nmine = { fg = \"red\" }".utf8), path: "t", roles: ["mine"])
        #expect(file.source.roles["mine"]?.fg == "red")
    }
}
