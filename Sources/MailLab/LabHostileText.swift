/// What a stranger writes who wants to reach the operator's terminal.
public enum LabHostileText {
    /// Free of line ends: sets a title, clears the screen, rings, deletes and turns the line around; NUL, C1 and
    /// bytes that are no UTF-8 among it.
    public static let bytes: [UInt8] =
        Array("evil\u{1b}]0;owned\u{7}\u{1b}[2J\u{8}\u{202e}txet\u{2066}\u{9b}31m\u{200b}\u{feff}".utf8)
        + [0x00, 0x9b, 0xff, 0xfe, 0xc3, 0x28, 0x7f] + Array("end".utf8)

    /// Its bytes that may stand in an HTTP field (RFC 9110 5.5): no controls, 8-bit and bidi allowed.
    public static let fieldBytes: [UInt8] = Array("evil\u{202e}txet\u{2066}\u{9b}31m".utf8) + [0xff, 0xfe, 0xc3, 0x28]
}
