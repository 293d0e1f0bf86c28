import CCurses
import Cells

/// Colour pairs made as styles ask for them, each once.
struct ColorPairs {
    private struct Pair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    /// The attributes and the pair that show a style.
    struct Look: Hashable {
        let attributes: attr_t
        let pair: Int32
    }

    private let tier: ColorTier
    private let colors: Int
    private let limit: Int
    private let hasDefaults: Bool
    private var pairs: [Pair: Int32] = [:]
    private var looks: [Style: Look] = [:]
    /// True once a style found no pair left and was shown in the terminal's own colours.
    private(set) var isExhausted = false

    /// - Parameter hasDefaults: whether ncurses lets a pair hold the terminal's own colours.
    init(tier: ColorTier, features: TerminalFeatures, hasDefaults: Bool) {
        self.tier = min(tier, features.tier)
        colors = features.colors
        limit = min(max(features.pairs, 1), 32_767)
        self.hasDefaults = hasDefaults
    }

    /// Forgets every pair, so that those of a new theme find room.
    mutating func reset() {
        pairs.removeAll()
        looks.removeAll()
        isExhausted = false
    }

    /// How ncurses is asked for a style.
    mutating func look(_ style: Style) -> Look {
        if let known = looks[style] { return known }
        var attributes = ColorPairs.bits(style.attributes)
        var foreground = number(style.foreground)
        var background = number(style.background)
        // Eight colours: the bright half of the foreground is bold, that of the background is lost.
        if tier == .sixteen, colors < 16 {
            if foreground >= 8 {
                foreground -= 8
                attributes |= stswatch_bold()
            }
            if background >= 8 { background -= 8 }
        }
        let look = Look(attributes: attributes, pair: pair(Pair(foreground: foreground, background: background)))
        looks[style] = look
        return look
    }

    private mutating func pair(_ wanted: Pair) -> Int32 {
        var wanted = wanted
        if wanted.foreground < 0, wanted.background < 0 { return 0 }
        if !hasDefaults {
            wanted = Pair(
                foreground: wanted.foreground < 0 ? 7 : wanted.foreground,
                background: wanted.background < 0 ? 0 : wanted.background)
        }
        if let known = pairs[wanted] { return known }
        let next = Int32(pairs.count + 1)
        guard Int(next) < limit, init_extended_pair(next, wanted.foreground, wanted.background) == OK else {
            isExhausted = true
            return 0
        }
        pairs[wanted] = next
        return next
    }

    /// The number ncurses knows a colour by; -1 for the terminal's own.
    private func number(_ color: Color) -> Int32 {
        switch color.resolved(in: tier) {
        case .terminalDefault: return -1
        case .indexed(let index):
            // In direct colour the first 8 numbers are the ANSI ones and all others are RGB.
            if tier == .truecolor, index >= 8 { return ColorPairs.direct(Palette.rgb(index)) }
            return Int32(index)
        case .direct(let rgb): return ColorPairs.direct(rgb)
        }
    }

    private static func direct(_ rgb: RGB) -> Int32 { Int32(max(rgb.value, 8)) }

    private static func bits(_ attributes: Attributes) -> attr_t {
        var bits: attr_t = 0
        if attributes.contains(.bold) { bits |= stswatch_bold() }
        if attributes.contains(.dim) { bits |= stswatch_dim() }
        if attributes.contains(.reverse) { bits |= stswatch_reverse() }
        if attributes.contains(.underline) { bits |= stswatch_underline() }
        if attributes.contains(.italic) { bits |= stswatch_italic() }
        return bits
    }
}
