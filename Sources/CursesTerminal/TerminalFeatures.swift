public import Cells

/// What a terminal can do beyond drawing, as far as its name and its description tell.
public struct TerminalFeatures: Hashable, Sendable {
    /// The richest colours it shows.
    public let tier: ColorTier
    /// Number of its colours, as ncurses counts them.
    let colors: Int
    /// Colour pairs that ncurses may hold.
    let pairs: Int
    /// True where it takes a title, the clipboard and private modes, or at least swallows them.
    public let speaksXterm: Bool

    /// Families that swallow what they do not know; the Linux console and real vt100s print some of it.
    private static let xtermLike = [
        "xterm", "tmux", "screen", "rxvt", "foot", "alacritty", "kitty", "wezterm", "st-", "konsole", "gnome", "vte",
        "putty", "mintty", "iterm", "ghostty", "contour", "Eterm",
    ]

    init(name: String, colors: Int, pairs: Int, hasRGB: Bool, hasXT: Bool) {
        self.colors = colors
        self.pairs = pairs
        speaksXterm = hasXT || name == "st" || TerminalFeatures.xtermLike.contains { name.hasPrefix($0) }
        tier =
            switch colors {
            case 0x100_0000... where hasRGB: .truecolor
            case 256...: .palette256
            case 8...: .sixteen
            default: .mono
            }
    }

    /// The features of the description loaded last.
    static func loaded(name: String) -> TerminalFeatures {
        TerminalFeatures(
            name: name, colors: Terminfo.number("colors") ?? 0, pairs: Terminfo.number("pairs") ?? 0,
            hasRGB: Terminfo.has("RGB"), hasXT: Terminfo.has("XT"))
    }
}
