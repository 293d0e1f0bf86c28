/// The xterm palette: 16 ANSI colours, a cube of 216 and a ramp of 24 greys.
public enum Palette {
    /// Names of the 16, in order of their index; settings use them.
    public static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "light-gray",
        "dark-gray", "light-red", "light-green", "light-yellow", "light-blue", "light-magenta", "light-cyan", "white",
    ]

    /// The index of a name in `names`; nil for any other text.
    public static func index16(named name: String) -> UInt8? {
        names.firstIndex(of: name).map { UInt8(truncatingIfNeeded: $0) }
    }

    private static let ansi: [UInt32] = [
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
    ]
    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// The colour xterm shows for an index; the first 16 are often changed by the user.
    public static func rgb(_ index: UInt8) -> RGB {
        switch index {
        case 0...15:
            return RGB(ansi[Int(index)])
        case 16...231:
            let cube = Int(index) - 16
            return RGB(red: levels[cube / 36], green: levels[cube / 6 % 6], blue: levels[cube % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            return RGB(red: grey, green: grey, blue: grey)
        }
    }

    /// The nearest of 16...255: those that users do not repaint.
    public static func nearest256(to color: RGB) -> UInt8 { nearest(to: color, in: 16...255) }

    /// The nearest of the 16 in xterm's default shades.
    public static func nearest16(to color: RGB) -> UInt8 { nearest(to: color, in: 0...15) }

    private static func nearest(to color: RGB, in range: ClosedRange<UInt8>) -> UInt8 {
        range.min { rgb($0).distance(to: color) < rgb($1).distance(to: color) } ?? range.lowerBound
    }
}
