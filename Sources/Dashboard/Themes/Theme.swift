public import Cells

/// How each role looks: every role resolved, with and without colours.
public struct Theme: Hashable, Sendable {
    public let name: String
    public let variant: ThemeSource.Variant
    /// True where the terminal has no colours, or none are wanted: the `mono` attributes count, colours do not.
    public var isMono = false

    /// Kept so that a child can change the palette under the roles it inherits.
    let palette: [String: ThemeSource.PaletteColor]
    let looks: [String: ThemeSource.RoleLook]
    private let colored: [Style]
    private let plain: [Style]

    /// The look of a role.
    public func style(_ role: Role) -> Style {
        let index = Theme.index[role] ?? 0
        return isMono ? plain[index] : colored[index]
    }

    /// Puts a theme together: the parent's palette and roles, changed by the source's.
    /// - Returns: the theme, or every problem found, in the order of the names.
    public static func resolve(
        _ source: ThemeSource, inheriting parent: Theme = .auto
    ) -> Result<Theme, ThemeProblems> {
        let palette = parent.palette.merging(source.palette) { $1 }
        let looks = parent.looks.merging(source.roles) { $1 }
        var resolver = ThemeResolver(palette: palette)
        for name in source.palette.keys.sorted() { resolver.check(palette: name) }
        for name in source.roles.keys.sorted() where Role(rawValue: name) == nil {
            resolver.problem(["roles", name], "no such role; the roles are \(Role.allNames.joined(separator: ", "))")
        }
        let styles = Role.allCases.map { resolver.styles(of: $0, looks[$0.rawValue] ?? ThemeSource.RoleLook()) }
        guard resolver.problems.isEmpty else { return .failure(ThemeProblems(all: resolver.problems)) }
        return .success(
            Theme(
                name: source.name, variant: source.variant, palette: palette, looks: looks,
                colored: styles.map(\.colored), plain: styles.map(\.plain)))
    }

    /// Takes a source that is part of the program: what cannot be resolved in it stays plain.
    init(builtIn source: ThemeSource) {
        var resolver = ThemeResolver(palette: source.palette)
        let styles = Role.allCases.map {
            resolver.styles(of: $0, source.roles[$0.rawValue] ?? ThemeSource.RoleLook())
        }
        self.init(
            name: source.name, variant: source.variant, palette: source.palette, looks: source.roles,
            colored: styles.map(\.colored), plain: styles.map(\.plain))
    }

    private init(
        name: String, variant: ThemeSource.Variant, palette: [String: ThemeSource.PaletteColor],
        looks: [String: ThemeSource.RoleLook], colored: [Style], plain: [Style]
    ) {
        self.name = name
        self.variant = variant
        self.palette = palette
        self.looks = looks
        self.colored = colored
        self.plain = plain
    }

    private static let index = Dictionary(uniqueKeysWithValues: zip(Role.allCases, 0...))
}

/// Everything that is wrong with a theme; never empty.
public struct ThemeProblems: Error, Hashable, Sendable {
    public let all: [ThemeProblem]
}
