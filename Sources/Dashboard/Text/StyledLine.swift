import Cells

/// One line of text in pieces, each with its role.
struct StyledLine: Hashable, Sendable {
    struct Piece: Hashable, Sendable {
        let text: String
        let role: Role
    }

    private(set) var pieces: [Piece] = []

    init() {}

    init(_ text: String, _ role: Role = .text) {
        add(text, role)
    }

    static let empty = StyledLine()

    /// Columns the line takes.
    var width: Int { pieces.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

    mutating func add(_ text: String, _ role: Role = .text) {
        if !text.isEmpty { pieces.append(Piece(text: text, role: role)) }
    }

    mutating func add(_ line: StyledLine) { pieces += line.pieces }

    /// Adds text in exactly `columns` columns.
    mutating func add(_ text: String, _ role: Role = .text, columns: Int, alignment: Alignment = .leading) {
        add(TextWidth.fitted(text, to: columns, alignment: alignment), role)
    }

    /// Adds blanks until the line has `columns` columns.
    mutating func pad(to columns: Int) {
        let missing = columns - width
        if missing > 0 { add(String(repeating: " ", count: min(missing, Size.limit))) }
    }

    func adding(_ text: String, _ role: Role = .text) -> StyledLine {
        var line = self
        line.add(text, role)
        return line
    }

    func adding(_ line: StyledLine) -> StyledLine {
        var whole = self
        whole.add(line)
        return whole
    }

    /// Lines of at most `columns` columns, broken at blanks; itself where it fits.
    func wrapped(to columns: Int) -> [StyledLine] {
        guard columns > 0, width > columns else { return [self] }
        var lines: [StyledLine] = []
        var line = StyledLine()
        var used = 0
        var isApart = false
        for piece in pieces {
            for (number, word) in piece.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                isApart = isApart || number > 0
                for part in TextWidth.wrapped(String(word), to: columns) where !part.isEmpty {
                    let blank = isApart && used > 0 ? 1 : 0
                    let wide = TextWidth.columns(of: part)
                    if used + blank + wide > columns {
                        lines.append(line)
                        line = StyledLine(part, piece.role)
                        used = wide
                    } else {
                        line.add((blank > 0 ? " " : "") + part, piece.role)
                        used += blank + wide
                    }
                    isApart = false
                }
            }
        }
        return lines + [line]
    }

    /// The text alone, hostile characters escaped.
    var plain: String { pieces.reduce(into: "") { $0 += Escaped.text($1.text) } }
}

/// Text that is put together line by line, with a heading in the left margin of each section.
struct StyledText: Sendable {
    /// Columns of the margin in which headings stand.
    static let margin = 10

    private(set) var lines: [StyledLine] = []
    let width: Int
    /// True where sections follow one another without a blank line.
    let isTight: Bool
    private var heading: String?

    init(width: Int, isTight: Bool = false) {
        self.width = max(1, width)
        self.isTight = isTight
    }

    /// Columns that are left for text beside the margin.
    var room: Int { max(8, width - StyledText.margin - 1) }

    /// Begins a section: a blank line unless it belongs to the one above, and the name in front of its first line.
    mutating func section(_ name: String, isApart: Bool = true) {
        if !lines.isEmpty, !isTight, isApart { lines.append(.empty) }
        heading = name
    }

    mutating func add(_ line: StyledLine) {
        var whole = StyledLine()
        if let name = heading {
            whole.add(TextWidth.fitted(" " + name, to: StyledText.margin), .title)
            heading = nil
        } else {
            whole.add(String(repeating: " ", count: StyledText.margin))
        }
        whole.add(line)
        lines.append(whole)
    }

    /// Adds text broken at blanks; what follows the first line stands `indent` columns further right.
    mutating func wrap(_ text: String, _ role: Role = .text, first: StyledLine = .empty, indent: Int = 0) {
        let start = max(first.width, indent)
        var line = first
        line.pad(to: indent)
        for (number, part) in TextWidth.wrapped(text, to: max(8, room - start)).enumerated() {
            if number > 0 {
                line = StyledLine()
                line.pad(to: start)
            }
            line.add(part, role)
            add(line)
        }
    }

    /// Adds a line broken at blanks; what follows its first line stands two columns further right.
    mutating func wrap(_ line: StyledLine) {
        guard line.width > room else { return add(line) }
        for (number, part) in line.wrapped(to: room - 2).enumerated() {
            add(number == 0 ? part : StyledLine("  ").adding(part))
        }
    }

    /// Adds a line that uses the whole width.
    mutating func full(_ line: StyledLine) { lines.append(line) }
}
