import Cells
import Dashboard
import FoundationEssentials
import Testing

@Suite struct ThemeTests {
    @Test("The built-in theme gives every role, in the terminal's own colours alone")
    func auto() {
        #expect(Role.allNames.count == 44 && Set(Role.allNames).count == Role.allNames.count)
        for role in Role.allCases {
            let style = Theme.auto.style(role)
            #expect(style.foreground.rgb == nil && style.background.rgb == nil, "\(role.rawValue)")
        }
        let loud: [Role] = [.severityBouncing, .severityRisk, .severityWarning, .severityOK]
        #expect(Set(loud.map { Theme.auto.style($0) }).count == loud.count)
    }

    @Test("Severities are told apart without colours too")
    func mono() {
        var theme = Theme.auto
        theme.isMono = true
        for role in Role.allCases {
            #expect(theme.style(role).foreground == .terminalDefault)
            #expect(theme.style(role).background == .terminalDefault)
        }
        #expect(theme.style(.severityBouncing).attributes == [.bold, .reverse])
        #expect(
            Set([Role.severityBouncing, .severityRisk, .severityWarning, .severityOK].map { theme.style($0) }).count
                == 4)
    }

    @Test("A theme inherits roles, and its palette reaches the inherited ones")
    func inherits() throws {
        let parent = try Theme.resolve(
            ThemeSource(
                name: "parent", variant: .dark, palette: ["red": .init(hex: "#e06c75", c256: 168, c16: "light-red")],
                roles: ["severity.bouncing": .init(fg: "red", attrs: ["bold"], mono: ["bold", "reverse"])])
        ).get()
        #expect(parent.style(.severityBouncing).foreground == Color(RGB(0xe06c75), c256: 168, c16: 9))
        #expect(parent.style(.head) == Theme.auto.style(.head))
        let child = try Theme.resolve(
            ThemeSource(name: "child", variant: .light, palette: ["red": .init(hex: "#aa0000")]), inheriting: parent
        ).get()
        #expect(child.style(.severityBouncing).foreground.rgb == RGB(0xaa0000))
        #expect(child.style(.severityBouncing).attributes == .bold)
        var mono = child
        mono.isMono = true
        #expect(mono.style(.severityBouncing) == Style(attributes: [.bold, .reverse]))
    }

    @Test("Unknown roles, colours and attributes are told with their place")
    func problems() {
        let source = ThemeSource(
            name: "bad", variant: .dark,
            palette: [
                "a": .init(hex: "red"), "b": .init(hex: "#123456", c256: 256), "c": .init(c16: "pink"), "d": .init(),
                "default": .init(hex: "#000000"),
            ],
            roles: [
                "severity.boucing": .init(fg: "a"), "text": .init(fg: "nosuch", attrs: ["blink"]),
                "head": .init(bg: "#12"),
            ])
        guard case .failure(let problems) = Theme.resolve(source) else {
            Issue.record("taken")
            return
        }
        let places = problems.all.map { $0.place.joined(separator: ".") }
        #expect(
            Set(places) == [
                "palette.a.hex", "palette.b.c256", "palette.c.c16", "palette.d", "palette.default",
                "roles.severity.boucing", "roles.text.fg", "roles.text.attrs", "roles.head.bg",
            ])
    }

    @Test("Themes are seen while one walks through them; Esc goes back")
    func preview() throws {
        var model = Sample.usualModel()
        model.tell(.themes(["dark", "light"]))
        model.type("T")
        #expect(model.type("j") == [.loadTheme("dark")])
        let dark = try Theme.resolve(
            ThemeSource(name: "dark", variant: .dark, roles: ["background": .init(bg: "#101010")])
        ).get()
        model.tell(.themeLoaded(dark))
        let background = try #require(view(model, size: Size(width: 80, height: 24))[40, 22]).style.background
        #expect(background.rgb == RGB(0x101010))
        #expect(model.type("j") == [.loadTheme("light")])
        model.type("escape")
        #expect(model.theme.name == "auto")
        model.type("T", "j")
        #expect(model.type("enter") == [.loadTheme("dark")])
    }

    @Test("Without colours a theme that is loaded has none either")
    func monoModel() throws {
        var model = Model(now: Sample.now, isMono: true)
        let theme = try Theme.resolve(
            ThemeSource(name: "x", variant: .dark, roles: ["text": .init(fg: "#ff0000", mono: ["dim"])])
        ).get()
        model.tell(.themeLoaded(theme))
        #expect(model.theme.style(.text) == Style(attributes: .dim))
    }
}
