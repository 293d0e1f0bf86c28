import Cells
import Dashboard
import Testing

@testable import Settings

/// Every theme file of the package: complete, readable, and told apart by everybody.
@Suite struct ShippedThemeTests {
    private static let colored = [
        "dark", "light", "high-contrast", "deuteranopia", "tritanopia", "solarized",
    ]
    /// Roles that draw lines, not letters.
    private static let bare: Set<Role> = [.border, .background]
    private static let severities: [Role] = [
        .severityBouncing, .severityRisk, .severityWarning, .severityUnknown, .severityOK, .severityUnprotected,
    ]

    private func theme(_ name: String) throws -> Theme {
        try ThemeLibrary(folders: [ShippedThemes.folder]).theme(name)
    }

    /// What a style shows in a tier; nil for the terminal's own colour.
    private func rgb(_ color: Color, _ tier: ColorTier) -> RGB? {
        switch color.resolved(in: tier) {
        case .terminalDefault: nil
        case .indexed(let index): Palette.rgb(index)
        case .direct(let rgb): rgb
        }
    }

    @Test(arguments: ShippedThemes.names)
    func namesEveryRoleAndIsCalledAsItsFile(name: String) throws {
        let file = try ThemeFile.read(path: "\(ShippedThemes.folder)/\(name).toml")
        #expect(file.source.name == name)
        #expect(Set(file.source.roles.keys) == Set(Role.allNames))
        #expect(try theme(name).name == name)
    }

    @Test(arguments: colored, [ColorTier.truecolor, .palette256])
    func everyTextIsReadable(name: String, tier: ColorTier) throws {
        let theme = try theme(name)
        let background = try #require(rgb(theme.style(.background).background, tier))
        let least = name == "high-contrast" ? 7.0 : 4.5
        for role in Role.allCases where !Self.bare.contains(role) {
            let style = theme.style(role)
            let fore = try #require(rgb(style.foreground, tier), "\(role)")
            let back = rgb(style.background, tier) ?? background
            #expect(fore.contrast(with: back) >= least, "\(name) \(role) \(fore.hex) on \(back.hex)")
        }
        let line = try #require(rgb(theme.style(.border).foreground, tier))
        #expect(line.contrast(with: background) >= 3, "\(name) border")
    }

    @Test(arguments: colored, [ColorTier.truecolor, .palette256])
    func severitiesAreReadableUnderTheCursorToo(name: String, tier: ColorTier) throws {
        let theme = try theme(name)
        let cursor = try #require(rgb(theme.style(.rowCursor).background, tier))
        for role in Self.severities {
            let fore = try #require(rgb(theme.style(role).foreground, tier))
            #expect(fore.contrast(with: cursor) >= 4.5, "\(name) \(role) \(fore.hex) on \(cursor.hex)")
        }
    }

    @Test(arguments: colored, [ColorTier.truecolor, .palette256])
    func severitiesAreToldApartByEverybody(name: String, tier: ColorTier) throws {
        let theme = try theme(name)
        let colors = try Self.severities.map { try #require(rgb(theme.style($0).foreground, tier)) }
        for (left, right) in pairs(colors.count) {
            for vision in ColorVision.allCases {
                let distance = vision.distance(colors[left], colors[right])
                #expect(distance >= 10, "\(name) \(vision): \(colors[left].hex) \(colors[right].hex) \(distance)")
            }
        }
    }

    @Test(arguments: ShippedThemes.names)
    func severitiesAreToldApartWithoutColours(name: String) throws {
        var theme = try theme(name)
        theme.isMono = true
        let looks = Self.severities.map { theme.style($0) }
        #expect(Set(looks).count == looks.count)
        #expect(looks.allSatisfy { $0.foreground == .terminalDefault && $0.background == .terminalDefault })
    }

    @Test func autoIsTheBuiltInOne() throws {
        var file = try theme("auto")
        var builtIn = Theme.auto
        for isMono in [false, true] {
            file.isMono = isMono
            builtIn.isMono = isMono
            for role in Role.allCases { #expect(file.style(role) == builtIn.style(role), "\(role)") }
        }
    }

    @Test func monoUsesNoColour() throws {
        let theme = try theme("mono")
        for role in Role.allCases {
            #expect(theme.style(role).foreground == .terminalDefault)
            #expect(theme.style(role).background == .terminalDefault)
        }
    }

    private func pairs(_ count: Int) -> [(Int, Int)] {
        (0..<count).flatMap { left in (left + 1..<count).map { (left, $0) } }
    }
}
