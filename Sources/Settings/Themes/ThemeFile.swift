public import Dashboard
import TOMLKit

/// One theme file: what it says, and whose palette and roles it changes.
public struct ThemeFile {
    public let path: String
    public let source: ThemeSource
    /// The name of the parent; nil: the built-in `auto`.
    public let inherits: String?
    /// For the places of problems found later.
    private let text: TOMLText

    /// Reads a file; blocks. Colours and attributes are judged when the theme is put together.
    /// - Parameter roles: the names a role may have.
    /// - Throws: `SettingsError` with line and column of every problem of the file's form.
    public static func read(
        path: String, roles: [String] = Role.allNames
    ) throws(SettingsError) -> ThemeFile {
        try ThemeFile(TOMLText(path: path), roles: roles)
    }

    /// Reads a text; the path is for messages.
    public static func parse(
        _ bytes: [UInt8], path: String, roles: [String] = Role.allNames
    ) throws(SettingsError) -> ThemeFile {
        try ThemeFile(TOMLText(path: path, bytes: bytes), roles: roles)
    }

    private init(_ parsed: TOMLText, roles known: [String]) throws(SettingsError) {
        var text = parsed
        let root = text.root
        text.allowOnly(["name", "variant", "inherits", "palette", "roles"], in: root)
        let name = text.string("name", in: root)
        if root["name"] == nil { text.problem([], "the key 'name' is missing") }
        if let name, !ThemeLibrary.isName(name) {
            text.problem(["name"], "'name' must be letters, digits, hyphens and underscores")
        }
        inherits = text.string("inherits", in: root)
        if let inherits, !ThemeLibrary.isName(inherits) {
            text.problem(["inherits"], "'inherits' must be the name of a theme")
        }
        let variant = text.string("variant", in: root)
        let variants = ThemeSource.Variant.allCases.map(\.rawValue)
        if let variant, !variants.contains(variant) {
            text.problem(["variant"], "'variant' must be \(variants.joined(separator: " or "))")
        }
        let palette = text.palette(in: root)
        let roles = text.roles(in: root, known: known)
        try text.check()
        source = ThemeSource(
            name: name ?? "", variant: variant.flatMap(ThemeSource.Variant.init) ?? .dark, palette: palette,
            roles: roles)
        path = text.path
        self.text = text
    }

    /// Puts the theme together over its parent.
    /// - Throws: `SettingsError` with line and column of every colour, attribute or role that is none.
    public func resolve(inheriting parent: Theme) throws(SettingsError) -> Theme {
        switch Theme.resolve(source, inheriting: parent) {
        case .success(let theme): return theme
        case .failure(let problems):
            var text = text
            for problem in problems.all { text.problem(problem.place, problem.reason) }
            try text.check()
            throw SettingsError(path: path, problems: [SettingsProblem(reason: "cannot be put together")])
        }
    }

    /// A problem at a key of this file.
    func refusal(at key: String, _ reason: String) -> SettingsError {
        let position = text.position(of: [key])
        return SettingsError(
            path: path,
            problems: [SettingsProblem(line: position?.line, column: position?.column, reason: reason)])
    }
}
