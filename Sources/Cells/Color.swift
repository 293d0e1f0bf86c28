/// A resolved colour: the terminal's own, one of its 16 ANSI colours, or RGB with optional palette indices.
public struct Color: Hashable, Sendable {
    enum Kind: UInt8 {
        case terminalDefault
        case ansi
        case rgb
    }

    let kind: Kind
    let index16: UInt8?
    let index256: UInt8?
    /// The 24-bit value; nil for the terminal's own colours.
    public let rgb: RGB?

    /// What a terminal is asked for once the tier is known.
    public enum Resolved: Hashable, Sendable {
        /// The terminal's own foreground or background.
        case terminalDefault
        /// An index into the terminal's palette.
        case indexed(UInt8)
        /// A direct colour.
        case direct(RGB)
    }

    private init(kind: Kind, rgb: RGB?, index256: UInt8?, index16: UInt8?) {
        self.kind = kind
        self.rgb = rgb
        self.index256 = index256
        self.index16 = index16
    }

    /// The terminal's own foreground or background.
    public static let terminalDefault = Color(kind: .terminalDefault, rgb: nil, index256: nil, index16: nil)

    /// One of the terminal's own 16 colours, whatever it makes of it; the index counts modulo 16.
    public static func ansi(_ index: UInt8) -> Color {
        Color(kind: .ansi, rgb: nil, index256: index & 15, index16: index & 15)
    }

    /// An RGB colour; without an index the nearest of 16...255 and of the 16 is taken.
    public init(_ rgb: RGB, c256: UInt8? = nil, c16: UInt8? = nil) {
        self.init(kind: .rgb, rgb: rgb, index256: c256, index16: c16.map { $0 & 15 })
    }

    /// The colour as a terminal of `tier` is asked for it; mono has none but the default.
    public func resolved(in tier: ColorTier) -> Resolved {
        switch (kind, tier) {
        case (.terminalDefault, _), (_, .mono): return .terminalDefault
        case (.ansi, _): return .indexed(index16 ?? 7)
        case (.rgb, .truecolor):
            guard let rgb else { return .terminalDefault }
            return .direct(rgb)
        case (.rgb, .palette256):
            if let index256 { return .indexed(index256) }
            return rgb.map { .indexed(Palette.nearest256(to: $0)) } ?? .terminalDefault
        case (.rgb, .sixteen):
            if let index16 { return .indexed(index16) }
            return rgb.map { .indexed(Palette.nearest16(to: $0)) } ?? .terminalDefault
        }
    }
}
