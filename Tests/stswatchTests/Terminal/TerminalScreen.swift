/// The text on a terminal, and the parts of the overview in it.
struct TerminalScreen: Sendable, CustomStringConvertible {
    let lines: [String]

    /// One line of the table.
    struct Row: Equatable {
        /// `>` under the cursor, `+` where it is marked and has an unacknowledged change too, else a blank.
        let cursor: Character
        /// `*` with an unacknowledged change, `+` marked, else a blank.
        let mark: Character
        let glyph: String
        let state: String
        let domain: String
        /// All after the domain.
        let rest: String

        var isMarked: Bool { cursor == "+" || mark == "+" }
        var isUnderCursor: Bool { cursor == ">" }
        var isProblem: Bool { ["BOUNCE", "RISK", "WARN"].contains(state) }
    }

    /// The words of the states with their glyphs, worst first; what was not looked at yet stands last.
    static let states = [
        ("X", "BOUNCE"), ("!", "RISK"), ("~", "WARN"), ("-", "NONE"), (".", "OK"), ("?", "UNKNOWN"),
    ]

    init(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    var description: String { lines.map { "|\($0)" }.joined(separator: "\n") }

    /// The first line.
    var banner: String { lines.first ?? "" }
    /// The second line.
    var status: String { lines.count > 1 ? lines[1] : "" }
    /// The last line.
    var footer: String { lines.last ?? "" }

    func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// The rows of the table that are in sight, from the top.
    var rows: [Row] { lines.compactMap(Self.row) }

    func row(_ domain: String) -> Row? { rows.first { $0.domain == domain } }

    var current: Row? { rows.first { $0.isUnderCursor } }

    /// How many domains the banner counts in this state; 0 where it does not name it.
    func count(_ glyph: String) -> Int {
        let words = banner.split(separator: " ")
        for (glyphWord, number) in zip(words, words.dropFirst()) where glyphWord == glyph {
            if let count = Int(number) { return count }
        }
        return 0
    }

    /// The lines of the changes pane that tell a change.
    var changes: [String] { lines.filter { $0.contains(" -> ") } }

    private static func row(_ line: String) -> Row? {
        let letters = Array(line)
        guard letters.count > 12, [" ", ">", "+"].contains(letters[0]), [" ", "*", "+"].contains(letters[1]) else {
            return nil
        }
        let words = String(letters[2...]).split(separator: " ", maxSplits: 3).map(String.init)
        guard words.count == 4, states.contains(where: { $0.0 == words[0] && $0.1 == words[1] }) else { return nil }
        return Row(
            cursor: letters[0], mark: letters[1], glyph: words[0], state: words[1], domain: words[2], rest: words[3])
    }
}
