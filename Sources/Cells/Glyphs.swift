/// Text cut into what single cells hold. Everything hostile comes out as ASCII escapes, one glyph a character, so
/// that nothing put on a canvas can reach a terminal as a control.
struct Glyphs: Sequence, IteratorProtocol {
    /// One cell's text and its columns, 1 or 2.
    struct Glyph: Equatable {
        let text: String
        let width: Int

        static let space = Glyph(text: " ", width: 1)
    }

    /// ncurses keeps no more with one character.
    static let combiningLimit = 4

    private var scalars: String.UnicodeScalarView.Iterator
    private var waiting: Unicode.Scalar?
    private var escape: String.UTF8View.Iterator?

    init(_ text: String) {
        scalars = text.unicodeScalars.makeIterator()
    }

    mutating func next() -> Glyph? {
        if let byte = escape?.next() { return Glyph(text: Glyphs.ascii[Int(byte & 0x7f)], width: 1) }
        escape = nil
        guard let scalar = take() else { return nil }
        if scalar.value >= 0x20, scalar.value < 0x7f {
            // Only a combining mark can change the cell, and most text has none.
            guard let following = take() else { return Glyph(text: Glyphs.ascii[Int(scalar.value)], width: 1) }
            waiting = following
            if following.value < 0x300 { return Glyph(text: Glyphs.ascii[Int(scalar.value)], width: 1) }
        }
        guard case .base(let width) = ScalarClass(scalar) else {
            var spelled = ScalarClass.escape(scalar).utf8.makeIterator()
            let first = spelled.next() ?? UInt8(ascii: "?")
            escape = spelled
            return Glyph(text: Glyphs.ascii[Int(first & 0x7f)], width: 1)
        }
        var text = String(scalar)
        var marks = 0
        while marks < Glyphs.combiningLimit, let following = take() {
            guard ScalarClass(following) == .combining, ScalarClass.joins(following, to: scalar) else {
                waiting = following
                break
            }
            text.unicodeScalars.append(following)
            marks += 1
        }
        return Glyph(text: text, width: width)
    }

    private mutating func take() -> Unicode.Scalar? {
        if let scalar = waiting {
            waiting = nil
            return scalar
        }
        return scalars.next()
    }

    private static let ascii: [String] = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }
}
