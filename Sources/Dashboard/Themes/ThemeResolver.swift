import Cells

/// Turns names into colours and attributes, and collects what cannot be turned.
struct ThemeResolver {
    private(set) var problems: [ThemeProblem] = []
    private let palette: [String: ThemeSource.PaletteColor]

    init(palette: [String: ThemeSource.PaletteColor]) {
        self.palette = palette
    }

    mutating func problem(_ place: [String], _ reason: String) {
        problems.append(ThemeProblem(place: place, reason: reason))
    }

    /// Looks at a palette entry even where no role uses it.
    mutating func check(palette name: String) {
        guard let entry = palette[name] else { return }
        if name == "default" || name.utf8.first == UInt8(ascii: "#") {
            problem(["palette", name], "this name stands for something else already")
        }
        _ = color(entry, at: ["palette", name])
    }

    mutating func styles(of role: Role, _ look: ThemeSource.RoleLook) -> (colored: Style, plain: Style) {
        let place = ["roles", role.rawValue]
        let foreground = look.fg.map { color(named: $0, at: place + ["fg"]) } ?? .terminalDefault
        let background = look.bg.map { color(named: $0, at: place + ["bg"]) } ?? .terminalDefault
        let attributes = attributes(look.attrs, at: place + ["attrs"])
        let mono = look.mono.map { self.attributes($0, at: place + ["mono"]) } ?? attributes
        return (
            Style(foreground: foreground, background: background, attributes: attributes), Style(attributes: mono)
        )
    }

    private mutating func color(named name: String, at place: [String]) -> Color {
        if name == "default" { return .terminalDefault }
        if let entry = palette[name] {
            // A bad entry is told once, at the entry.
            var quiet = ThemeResolver(palette: [:])
            return quiet.color(entry, at: place)
        }
        if let index = Palette.index16(named: name) { return .ansi(index) }
        if name.utf8.first == UInt8(ascii: "#"), let rgb = RGB(hex: name) { return Color(rgb) }
        problem(place, "no colour '\(name)': a name of the palette, one of the 16 names, #rrggbb, or default")
        return .terminalDefault
    }

    private mutating func color(_ entry: ThemeSource.PaletteColor, at place: [String]) -> Color {
        var sixteen: UInt8?
        if let name = entry.c16 {
            sixteen = Palette.index16(named: name)
            if sixteen == nil {
                problem(place + ["c16"], "no colour '\(name)': one of \(Palette.names.joined(separator: ", "))")
            }
        }
        let index = entry.c256.flatMap { UInt8(exactly: $0) }
        if let number = entry.c256, index == nil { problem(place + ["c256"], "\(number) is not 0 to 255") }
        guard let hex = entry.hex else {
            if let sixteen { return .ansi(sixteen) }
            if entry.c16 == nil { problem(place, "a colour needs hex or c16") }
            return .terminalDefault
        }
        guard let rgb = RGB(hex: hex) else {
            problem(place + ["hex"], "'\(hex)' is not #rrggbb")
            return .terminalDefault
        }
        return Color(rgb, c256: index, c16: sixteen)
    }

    private mutating func attributes(_ names: [String], at place: [String]) -> Attributes {
        var all: Attributes = []
        for name in names {
            if let one = Attributes(name: name) {
                all.insert(one)
            } else {
                let known = Attributes.named.map(\.name).joined(separator: ", ")
                problem(place, "no attribute '\(name)': one of \(known)")
            }
        }
        return all
    }
}
