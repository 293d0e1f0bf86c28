extension Key {
    private static let named: [(key: Key, name: String, label: String)] = [
        (.up, "up", "Up"), (.down, "down", "Dn"), (.left, "left", "Left"), (.right, "right", "Right"),
        (.pageUp, "page-up", "PgUp"), (.pageDown, "page-down", "PgDn"), (.home, "home", "Home"), (.end, "end", "End"),
        (.enter, "enter", "Enter"), (.escape, "escape", "Esc"), (.tab, "tab", "Tab"),
        (.backtab, "shift-tab", "S-Tab"), (.backspace, "backspace", "BkSp"), (.delete, "delete", "Del"),
        (.insert, "insert", "Ins"), (.character(" "), "space", "Space"),
    ]
    private static let aliases: [String: Key] = [
        "esc": .escape, "return": .enter, "pgup": .pageUp, "pageup": .pageUp, "pgdn": .pageDown, "pgdown": .pageDown,
        "pagedown": .pageDown, "backtab": .backtab, "del": .delete, "ins": .insert,
    ]

    /// The key a keymap names: one printable character, `ctrl-d`, `alt-x`, `f1`...`f63`, `page-down` and so on (names
    /// in either case); nil for anything else.
    public static func parse(_ text: String) -> Key? {
        if let character = printable(text) { return .character(character) }
        let lower = text.lowercased()
        if let found = named.first(where: { $0.name == lower }) { return found.key }
        if let alias = aliases[lower] { return alias }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...63).contains(number),
            lower.utf8.count == String(number).utf8.count + 1
        {
            return .function(number)
        }
        if lower.hasPrefix("ctrl-"), let character = printable(String(lower.dropFirst(5))) {
            return control(character)
        }
        if lower.hasPrefix("alt-"), let character = printable(String(text.dropFirst(4))) { return .alt(character) }
        return nil
    }

    /// The key of Ctrl with a character, under its own name where it has one; nil where terminals have no such key.
    public static func control(_ character: Character) -> Key? {
        switch character {
        case "h": .backspace
        case "i": .tab
        case "j", "m": .enter
        case "[": .escape
        case "a"..."z", "@", "\\", "]", "^", "_": .ctrl(character)
        default: nil
        }
    }

    /// A short label for the footer and the help: `^D`, `PgDn`, `Esc`, `F1`.
    public var label: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .ctrl(let character): "^" + character.uppercased()
        case .alt(let character): "M-" + String(character)
        case .function(let number): "F\(number)"
        case .paste: "Paste"
        case .mouse: "Mouse"
        default: Key.named.first { $0.key == self }?.label ?? "?"
        }
    }

    private static func printable(_ text: String) -> Character? {
        guard text.count == 1, let character = text.first, let scalar = text.unicodeScalars.first,
            case .base = ScalarClass(scalar)
        else { return nil }
        return character
    }
}

extension Key: CustomStringConvertible {
    /// The name `parse` reads back, for every key that a keymap can bind.
    public var description: String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .ctrl(let character): "ctrl-" + String(character)
        case .alt(let character): "alt-" + String(character)
        case .function(let number): "f\(number)"
        case .paste: "paste"
        case .mouse: "mouse"
        default: Key.named.first { $0.key == self }?.name ?? "?"
        }
    }
}
