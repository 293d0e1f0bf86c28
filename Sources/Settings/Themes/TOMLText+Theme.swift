import Dashboard
import TOMLKit

/// The readers of the parts of a theme.
extension TOMLText {
    /// `name = { hex = "#rrggbb", c256 = 0...255, c16 = "light-red" }`, or `name = "#rrggbb"`.
    mutating func palette(in root: TOMLTable) -> [String: ThemeSource.PaletteColor] {
        guard let table = table("palette", in: root) else { return [:] }
        var palette: [String: ThemeSource.PaletteColor] = [:]
        for name in table.keys {
            if let hex = table[name]?.string {
                palette[name] = ThemeSource.PaletteColor(hex: hex)
                continue
            }
            let place = ["palette", name]
            guard let entry = table[name]?.table else {
                problem(place, "a colour is a table with hex, c256 and c16, or a string \"#rrggbb\"")
                continue
            }
            allowOnly(["hex", "c256", "c16"], in: entry, at: place)
            palette[name] = ThemeSource.PaletteColor(
                hex: string("hex", in: entry, at: place),
                c256: integer("c256", in: entry, at: place, range: 0...255),
                c16: string("c16", in: entry, at: place))
        }
        return palette
    }

    /// `"role" = { fg = "name", bg = "name", attrs = ["bold"], mono = ["reverse"] }`.
    mutating func roles(in root: TOMLTable, known: [String]) -> [String: ThemeSource.RoleLook] {
        guard let table = table("roles", in: root) else { return [:] }
        var roles: [String: ThemeSource.RoleLook] = [:]
        for name in table.keys {
            let place = ["roles", name]
            guard known.contains(name) else {
                problem(place, unknownRole(name, known))
                continue
            }
            guard let entry = table[name]?.table else {
                problem(place, "a role is a table with fg, bg, attrs and mono")
                continue
            }
            allowOnly(["fg", "bg", "attrs", "mono"], in: entry, at: place)
            roles[name] = ThemeSource.RoleLook(
                fg: string("fg", in: entry, at: place),
                bg: string("bg", in: entry, at: place),
                attrs: strings("attrs", in: entry, at: place)?.map(\.text) ?? [],
                mono: strings("mono", in: entry, at: place)?.map(\.text))
        }
        return roles
    }

    private func unknownRole(_ name: String, _ known: [String]) -> String {
        // An unquoted `severity.ok` is a table in a table.
        if known.contains(where: { $0.hasPrefix(name + ".") }), let inner = root["roles"]?.table?[name]?.table,
            inner.keys.contains(where: { known.contains("\(name).\($0)") })
        {
            return "the name of a role with a dot stands in quotes: \"\(name).\(inner.keys.first ?? "")\""
        }
        return "no such role '\(name)'; the roles are \(known.joined(separator: ", "))"
    }
}
