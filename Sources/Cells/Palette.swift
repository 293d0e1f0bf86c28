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

    /// The nearest of the 16 in xterm's default shades: by hue first, then by lightness. Plain distance would turn a
    /// soft red into grey or magenta, and who looks for red would not find it.
    public static func nearest16(to color: RGB) -> UInt8 {
        guard spread(color) >= 48 else { return nearest(to: color, in: [0, 7, 8, 15]) }
        let index = hues[(hue(color) + 30) / 60 % 6]
        return nearest(to: color, in: [index, index + 8])
    }

    /// Red, yellow, green, cyan, blue, magenta: the ANSI colours around the circle of hues.
    private static let hues: [UInt8] = [1, 3, 2, 6, 4, 5]

    /// The hue in degrees, 0 to 359, of a colour that has one.
    private static func hue(_ color: RGB) -> Int {
        let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
        let spread = max(1, Int(Palette.spread(color)))
        let degrees =
            switch max(red, green, blue) {
            case red: 60 * (green - blue) / spread
            case green: 120 + 60 * (blue - red) / spread
            default: 240 + 60 * (red - green) / spread
            }
        return (degrees + 360) % 360
    }

    private static func spread(_ color: RGB) -> UInt8 {
        max(color.red, color.green, color.blue) - min(color.red, color.green, color.blue)
    }

    private static func nearest(to color: RGB, in candidates: some Collection<UInt8>) -> UInt8 {
        candidates.min { rgb($0).distance(to: color) < rgb($1).distance(to: color) } ?? 7
    }
}
