/// How many colours a terminal shows, from none to 24 bits.
public enum ColorTier: Int, Comparable, CaseIterable, Sendable {
    /// Attributes only.
    case mono
    /// The 16 ANSI colours (or 8, with bold for the bright half).
    case sixteen
    /// The xterm palette of 256.
    case palette256
    /// 24-bit colours.
    case truecolor

    /// `mono`, `16`, `256` or `truecolor`, as settings and options write it.
    public var name: String {
        switch self {
        case .mono: "mono"
        case .sixteen: "16"
        case .palette256: "256"
        case .truecolor: "truecolor"
        }
    }

    /// The tier of that name; nil for any other text.
    public init?(name: String) {
        guard let tier = ColorTier.allCases.first(where: { $0.name == name }) else { return nil }
        self = tier
    }

    /// Fewer colours first.
    public static func < (left: ColorTier, right: ColorTier) -> Bool { left.rawValue < right.rawValue }
}
