import CCurses
import Cells

extension CursesScreen {
    /// Longest text that goes to the clipboard, in bytes: terminals cut or drop longer ones.
    public static let clipboardLimit = 74_994

    /// Sets the terminal's title where it has one; the one it had comes back at the end.
    public func setTitle(_ text: String) {
        let safe = TextWidth.truncated(isUTF8 ? text : CursesScreen.ascii(text), to: 200)
        guard isActive, features.speaksXterm, title != safe else { return }
        title = safe
        TerminalOutput.write(CursesScreen.titleSequence(safe), to: output)
    }

    /// Rings the terminal's bell.
    public func bell() {
        guard isActive else { return }
        TerminalOutput.write("\u{7}", to: output)
    }

    /// Hands text to the terminal's clipboard (OSC 52); false where the terminal has no such thing or the text is too
    /// long. Terminals may refuse without a word.
    public func copy(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard isActive, features.speaksXterm, bytes.count <= CursesScreen.clipboardLimit else { return false }
        TerminalOutput.write(Array("\u{1b}]52;c;".utf8) + Base64.encode(bytes) + [7], to: output)
        return true
    }

    /// Lets pasted text arrive as one key, for prompts; off, it arrives letter by letter.
    public func setBracketedPaste(_ isOn: Bool) {
        guard isActive, features.speaksXterm, isPasteBracketed != isOn else { return }
        isPasteBracketed = isOn
        decoder.endPaste()
        TerminalOutput.write(isOn ? "\u{1b}[?2004h" : "\u{1b}[?2004l", to: output)
    }

    /// Turns the mouse on or off; it is off at first, so that the terminal's own selection works.
    public func setMouse(_ isOn: Bool) {
        guard isActive, isMouseOn != isOn else { return }
        isMouseOn = isOn
        mouseinterval(0)
        mousemask(isOn ? stswatch_mouse_all() : 0, nil)
    }

    /// What undoes all modes beside those of ncurses.
    var modesOff: [UInt8] {
        guard features.speaksXterm else { return [] }
        // The mouse too, on or not: what a trap writes is laid out before anybody turns it on.
        return Array("\u{1b}[?2026l\u{1b}[?2004l\u{1b}[?1000l\u{1b}[?1006l\u{1b}[23;0t".utf8)
    }

    /// What brings them back, the title pushed first.
    var modesOn: [UInt8] {
        guard features.speaksXterm else { return [] }
        let paste = isPasteBracketed ? "\u{1b}[?2004h" : ""
        return Array("\u{1b}[22;0t\(paste)\(title.map(CursesScreen.titleSequence) ?? "")".utf8)
    }

    private static func titleSequence(_ text: String) -> String { "\u{1b}]2;\(text)\u{7}" }

    private static func ascii(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }
}
