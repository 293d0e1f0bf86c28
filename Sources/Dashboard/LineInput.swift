import Cells

/// A line that is being typed.
struct LineInput: Hashable, Sendable {
    /// Longer lines are not taken.
    static let limit = 256
    /// Nor are lines of more bytes: a character may be made of any number of them.
    static let byteLimit = 1_024

    private var characters: [Character]
    /// Where the next character goes, from 0.
    private(set) var caret: Int

    init(_ text: String = "") {
        characters = []
        caret = 0
        insert(text)
    }

    var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }
    /// Columns in front of the caret.
    var caretColumn: Int { TextWidth.columns(of: String(characters[..<caret])) }

    /// Edits the line.
    /// - Returns: false for a key that means nothing here.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        // The first line of a paste: what follows a line end must not run as a command.
        case .paste(let text): insert(text)
        case .backspace: if caret > 0 { remove(from: caret - 1) }
        case .delete: remove(to: min(characters.count, caret + 1))
        case .ctrl("d"): remove(to: min(characters.count, caret + 1))
        case .left, .ctrl("b"): caret = max(0, caret - 1)
        case .right, .ctrl("f"): caret = min(characters.count, caret + 1)
        case .home, .ctrl("a"): caret = 0
        case .end, .ctrl("e"): caret = characters.count
        case .ctrl("u"): remove(from: 0)
        case .ctrl("k"): remove(to: characters.count)
        case .ctrl("w"):
            var start = caret
            while start > 0, characters[start - 1] == " " { start -= 1 }
            while start > 0, characters[start - 1] != " " { start -= 1 }
            remove(from: start)
        default: return false
        }
        return true
    }

    /// Takes what there is room for, and looks at no more of it, however long it is.
    private mutating func insert(_ text: String) {
        var bytes = characters.reduce(0) { $0 + $1.utf8.count }
        // So many bytes at most make up what fits, wherever they end within a character.
        let head = String(decoding: text.utf8.prefix(LineInput.byteLimit + 1 - bytes), as: UTF8.self)
        for character in head {
            bytes += character.utf8.count
            if characters.count == LineInput.limit || bytes > LineInput.byteLimit { return }
            if character.isNewline { return }
            characters.insert(character, at: caret)
            caret += 1
        }
    }

    private mutating func remove(from start: Int) {
        characters.removeSubrange(start..<caret)
        caret = start
    }

    private mutating func remove(to end: Int) { characters.removeSubrange(caret..<end) }
}
