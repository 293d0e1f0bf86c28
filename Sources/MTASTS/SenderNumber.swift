/// How a sender's language turns the text of max_age into a number.
enum SenderNumber {
    /// Digits only.
    case unsigned
    /// Digits after an optional plus.
    case plusAllowed
    /// Digits after an optional sign.
    case signed
    /// As `signed`, with single underscores between digits.
    case python
    /// Decimal fractions and exponents too; nothing is zero.
    case javaScript

    /// The number, whole seconds; nil when the sender cannot read it. Huge numbers are `Int.max`.
    func read(_ text: ArraySlice<UInt8>) -> Int? {
        switch self {
        case .unsigned: return Self.digits(text)
        case .plusAllowed: return Self.digits(text.dropFirst(text.first == UInt8(ascii: "+") ? 1 : 0))
        case .signed: return Self.signed(text)
        case .python: return Self.python(text)
        case .javaScript: return Self.javaScript(text)
        }
    }

    private static func digits(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.allSatisfy(\.isDigit) else { return nil }
        return Int(String(decoding: text, as: UTF8.self)) ?? .max
    }

    private static func signed(_ text: ArraySlice<UInt8>) -> Int? {
        switch text.first {
        case UInt8(ascii: "-"): digits(text.dropFirst()).map { -$0 }
        case UInt8(ascii: "+"): digits(text.dropFirst())
        default: digits(text)
        }
    }

    private static func python(_ text: ArraySlice<UInt8>) -> Int? {
        let underscore = UInt8(ascii: "_")
        let pieces = text.split(separator: underscore, omittingEmptySubsequences: false)
        guard let first = pieces.first, pieces.dropFirst().allSatisfy({ $0.first?.isDigit == true }),
            pieces.dropLast().allSatisfy({ $0.last?.isDigit == true }), !first.isEmpty
        else { return nil }
        return signed(ArraySlice(text.filter { $0 != underscore }))
    }

    private static func javaScript(_ text: ArraySlice<UInt8>) -> Int? {
        if text.isEmpty { return 0 }
        let isNumeral = text.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
        guard isNumeral, let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
        if value < 0 { return -1 }
        return value < Double(Int32.max) ? Int(value) : .max
    }
}
