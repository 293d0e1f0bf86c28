import CCurses
public import Cells

/// Turns what `wgetch` gives (bytes, and codes from 256 on for the keys terminfo knows) into keys. Sequences that
/// nobody knows are swallowed whole: their letters must not act as commands.
public struct KeyDecoder: Sendable {
    private enum State {
        case ground
        case escape
        case control(bytes: Int)
        case singleShift
        case string(bytes: Int, sawEscape: Bool)
        /// A paste is over at an escape, with which its end may have begun: so much of that has come.
        case lateEnd(Int)
    }

    /// Code of the beginning of a paste, above all that ncurses gives out itself.
    static let pasteBegin: Int32 = 0x2000
    /// Code of its end.
    static let pasteEnd: Int32 = 0x2001
    /// What ends a paste, where ncurses has not seen it whole.
    private static let ending = Array("\u{1b}[201~".utf8)
    /// Longest sequence swallowed, in bytes.
    static let sequenceLimit = 256
    /// So many bytes of a paste are handed on; no prompt takes more, and the rest is dropped.
    static let pasteLimit = 65_536

    private let isUTF8: Bool
    private var state = State.ground
    private var text: [UInt8] = []
    /// What of an open paste is not handed on yet.
    private var paste: [UInt8]?
    /// So many bytes of the open paste were taken, and so much of its end has come.
    private var pasteCount = 0
    private var endCount = 0

    /// A decoder; where the locale is not UTF-8, bytes above ASCII are dropped.
    public init(isUTF8: Bool) { self.isUTF8 = isUTF8 }

    /// Forgets an unfinished paste: a terminal that never ends one must not swallow every key after it.
    public mutating func endPaste() {
        paste = nil
        endCount = 0
    }

    /// Nothing has come for so long that a paste without an end is over.
    /// - Returns: what was held back.
    public mutating func pause() -> [Key] {
        let keys = paste == nil ? heldBack() : pasted()
        endPaste()
        return keys
    }

    /// What one code completes; most keys come at once, an escape is known only by what follows or by `idle`.
    public mutating func decode(_ code: Int32) -> [Key] {
        if code == KeyDecoder.pasteBegin {
            let keys = heldBack()
            (paste, pasteCount, endCount) = ([], 0, 0)
            return keys
        }
        if code == KeyDecoder.pasteEnd {
            defer { endPaste() }
            return pasted()
        }
        if paste != nil { return decodePasted(code) }
        guard let byte = UInt8(exactly: code) else {
            let pending = idle() + heldBack()
            return pending + (KeyDecoder.named(code).map { [$0] } ?? [])
        }
        switch state {
        case .ground: return decodeGround(byte)
        case .escape: return decodeEscaped(byte)
        case .control(let bytes):
            let ends = (0x40...0x7e).contains(byte) || byte < 0x20 || bytes >= KeyDecoder.sequenceLimit
            state = ends ? .ground : .control(bytes: bytes + 1)
        case .singleShift: state = .ground
        case .string(let bytes, let sawEscape):
            let ends = byte == 7 || (sawEscape && byte == UInt8(ascii: "\\")) || bytes >= KeyDecoder.sequenceLimit
            state = ends ? .ground : .string(bytes: bytes + 1, sawEscape: byte == 0x1b)
        case .lateEnd(let count):
            guard byte == KeyDecoder.ending[count] else { return heldBack() + decode(code) }
            state = count + 1 < KeyDecoder.ending.count ? .lateEnd(count + 1) : .ground
        }
        return []
    }

    /// What is known once no more input waits: a lone Escape, Alt with a bracket, a piece of a paste. A lone Escape ends
    /// a paste: it is typed to get out of one that has no end, or is the first of an end whose rest comes late.
    public mutating func idle() -> [Key] {
        if paste != nil {
            let keys = pasted()
            if endCount == 1 {
                endPaste()
                state = .lateEnd(1)
            } else {
                paste = []
            }
            return keys
        }
        switch state {
        case .escape:
            state = .ground
            return [.escape]
        case .control(bytes: 0):
            state = .ground
            return [.alt("[")]
        case .singleShift:
            state = .ground
            return [.alt("O")]
        case .string(bytes: 0, _):
            state = .ground
            return [.alt("]")]
        case .ground, .control, .string, .lateEnd: return []
        }
    }

    /// What looked like the late end of a paste, and is none.
    private mutating func heldBack() -> [Key] {
        guard case .lateEnd(let count) = state else { return [] }
        state = .ground
        return KeyDecoder.ending[1..<count].map { .character(Character(Unicode.Scalar($0))) }
    }

    private mutating func decodeGround(_ byte: UInt8) -> [Key] {
        if byte >= 0x80 || !text.isEmpty { return decodeText(byte) }
        switch byte {
        case 0x1b:
            state = .escape
            return []
        case 0x7f, 0x08: return [.backspace]
        case 0x00: return [.ctrl("@")]
        case 0x01...0x1f:
            return Key.control(Character(Unicode.Scalar(byte + 0x40)).lowercased().first ?? "@").map { [$0] } ?? []
        default: return [.character(Character(Unicode.Scalar(byte)))]
        }
    }

    private mutating func decodeEscaped(_ byte: UInt8) -> [Key] {
        state = .ground
        switch byte {
        case UInt8(ascii: "["): state = .control(bytes: 0)
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            guard byte == UInt8(ascii: "]") else { return [.alt(Character(Unicode.Scalar(byte)))] }
            state = .string(bytes: 0, sawEscape: false)
        case 0x1b:
            state = .escape
            return [.escape]
        case 0x21...0x7e: return [.alt(Character(Unicode.Scalar(byte)))]
        default: return [.escape] + decodeGround(byte)
        }
        return []
    }

    /// Gathers the bytes of one UTF-8 character, over several reads where need be.
    private mutating func decodeText(_ byte: UInt8) -> [Key] {
        guard isUTF8 else { return [] }
        if byte & 0xc0 != 0x80, !text.isEmpty {
            text = []
            return decodeGround(byte)
        }
        text.append(byte)
        let length =
            switch text[0] {
            case 0xc2...0xdf: 2
            case 0xe0...0xef: 3
            case 0xf0...0xf4: 4
            default: 0
            }
        if length > text.count { return [] }
        defer { text = [] }
        guard length > 0, let decoded = String(validating: text, as: UTF8.self), let character = decoded.first,
            Escaped.text(decoded) == decoded
        else { return [] }
        return [.character(character)]
    }

    private mutating func decodePasted(_ code: Int32) -> [Key] {
        let byte = UInt8(exactly: code)
        if byte == KeyDecoder.ending[endCount] {
            endCount += 1
            guard endCount == KeyDecoder.ending.count else { return [] }
            defer { endPaste() }
            return pasted()
        }
        // It was not the end: all of it but the escape is text.
        for held in KeyDecoder.ending[..<endCount].dropFirst() { keep(held) }
        endCount = byte == 0x1b ? 1 : 0
        if endCount == 0, let byte { keep(byte) }
        return []
    }

    private mutating func keep(_ byte: UInt8) {
        guard pasteCount < KeyDecoder.pasteLimit else { return }
        pasteCount += 1
        paste?.append(byte)
    }

    private func pasted() -> [Key] {
        guard let paste, !paste.isEmpty else { return [] }
        return [.paste(String(decoding: paste, as: UTF8.self))]
    }

    private static func named(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_HOME, KEY_FIND: .home
        case KEY_END, KEY_SELECT: .end
        case KEY_ENTER: .enter
        case KEY_BTAB: .backtab
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_IC: .insert
        case KEY_F0 + 1...KEY_F0 + 63: .function(Int(code - KEY_F0))
        default: nil
        }
    }
}
