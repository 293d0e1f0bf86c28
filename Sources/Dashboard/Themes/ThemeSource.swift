/// A theme as a file says it, in neutral values: names and numbers, nothing resolved.
public struct ThemeSource: Hashable, Sendable {
    /// What the theme is drawn for.
    public enum Variant: String, Hashable, Sendable, CaseIterable {
        case dark, light
    }

    /// One palette entry: the colour in up to three forms.
    public struct PaletteColor: Hashable, Sendable {
        /// `#rrggbb`; nil for a colour that is only one of the terminal's 16.
        public let hex: String?
        /// An index of the xterm palette, 0 to 255; nil: the nearest is taken.
        public let c256: Int?
        /// A name of `Cells.Palette.names`; nil: the nearest is taken.
        public let c16: String?

        public init(hex: String? = nil, c256: Int? = nil, c16: String? = nil) {
            self.hex = hex
            self.c256 = c256
            self.c16 = c16
        }
    }

    /// How one role looks. A colour is a name of the palette, one of the 16 names, `#rrggbb`, or `default`.
    public struct RoleLook: Hashable, Sendable {
        public let fg: String?
        public let bg: String?
        /// Names of `Cells.Attributes.named`.
        public let attrs: [String]
        /// The attributes where there are no colours; nil: `attrs`.
        public let mono: [String]?

        public init(fg: String? = nil, bg: String? = nil, attrs: [String] = [], mono: [String]? = nil) {
            self.fg = fg
            self.bg = bg
            self.attrs = attrs
            self.mono = mono
        }
    }

    public let name: String
    public let variant: Variant
    /// By name.
    public let palette: [String: PaletteColor]
    /// By the names of `Role.allNames`.
    public let roles: [String: RoleLook]

    public init(
        name: String, variant: Variant, palette: [String: PaletteColor] = [:], roles: [String: RoleLook] = [:]
    ) {
        self.name = name
        self.variant = variant
        self.palette = palette
        self.roles = roles
    }
}

/// Why a theme cannot be used; the reader of the file adds line and column of the place.
public struct ThemeProblem: Hashable, Sendable, Error, CustomStringConvertible {
    /// Where in the file: the keys from the outside in, such as `roles`, `severity.ok`, `fg`.
    public let place: [String]
    /// What is wrong and what would be right, one line.
    public let reason: String

    public init(place: [String], reason: String) {
        self.place = place
        self.reason = reason
    }

    public var description: String { place.joined(separator: " > ") + ": " + reason }
}
