/// Columns that text takes on a canvas, hostile characters counted as the escapes they are shown as. Text that comes
/// out is escaped already, so that a mark at its beginning cannot join what the caller puts before it.
public enum TextWidth {
    /// Stands where text was cut; a single dot would read as an end.
    public static let cutMark = ".."

    /// Columns of the whole text.
    public static func columns(of text: String) -> Int {
        if let ascii = plainCount(text) { return ascii }
        return Glyphs(text).reduce(0) { $0 + $1.width }
    }

    /// The longest beginning of at most `columns` columns; where text is lost it ends in `mark`.
    public static func truncated(_ text: String, to columns: Int, mark: String = cutMark) -> String {
        guard columns > 0 else { return "" }
        if TextWidth.columns(of: text) <= columns { return Escaped.text(text) }
        let room = columns - TextWidth.columns(of: mark)
        guard room >= 0 else { return prefix(of: text, columns: columns) }
        return prefix(of: text, columns: room) + mark
    }

    /// Exactly `columns` columns: truncated, or filled with spaces on the side that `alignment` leaves open.
    public static func fitted(
        _ text: String, to columns: Int, alignment: Alignment = .leading, mark: String = cutMark
    ) -> String {
        guard columns > 0 else { return "" }
        let shown = truncated(text, to: columns, mark: mark)
        let space = max(0, columns - TextWidth.columns(of: shown))
        let left =
            switch alignment {
            case .leading: 0
            case .center: space / 2
            case .trailing: space
            }
        return String(repeating: " ", count: left) + shown + String(repeating: " ", count: space - left)
    }

    /// Lines of at most `columns` columns, broken at spaces where there are any; an empty text is one empty line.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        guard columns > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in Escaped.text(text).split(separator: " ", omittingEmptySubsequences: true).map(String.init) {
            let width = TextWidth.columns(of: word)
            if !line.isEmpty, used + 1 + width <= columns {
                line += " " + word
                used += 1 + width
                continue
            }
            if !line.isEmpty { lines.append(line) }
            var rest = broken(word, to: columns)
            line = rest.popLast() ?? ""
            lines += rest
            used = TextWidth.columns(of: line)
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }

    private static func broken(_ word: String, to columns: Int) -> [String] {
        if TextWidth.columns(of: word) <= columns { return [word] }
        var pieces = [""]
        var used = 0
        for glyph in Glyphs(word) {
            if used + glyph.width > columns, used > 0 {
                pieces.append("")
                used = 0
            }
            pieces[pieces.count - 1] += glyph.text
            used += glyph.width
        }
        return pieces
    }

    private static func prefix(of text: String, columns: Int) -> String {
        var result = ""
        var used = 0
        for glyph in Glyphs(text) {
            if used + glyph.width > columns { break }
            result += glyph.text
            used += glyph.width
        }
        return result
    }

    /// The length of text of printable ASCII alone; nil where there is anything else.
    private static func plainCount(_ text: String) -> Int? {
        var count = 0
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7f else { return nil }
            count += 1
        }
        return count
    }
}
