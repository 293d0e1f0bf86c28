import Deliverability

/// Reads the words of a filter while it is being typed: what is not finished asks nothing yet.
struct FilterReader {
    private(set) var terms: [Filter.Term] = []
    private(set) var remarks: [String] = []

    /// The fields with an example of what may be asked of each, and what it asks.
    static let fieldHelp: [(name: String, example: String, text: String)] = [
        ("state", "state:bounce,!", "in one of these states"), ("cert", "cert<14", "days left, also > and 36h"),
        ("mx", "mx:google", "some MX host's name"), ("policy", "policy:test", "POLICY begins so"),
        ("tag", "tag:customers", "carries a tag"), ("code", "code:starttls", "code of a finding"),
    ]

    private static let fields = fieldHelp.map(\.name)

    /// How a term may begin.
    static let openings = fields.map { $0 == "cert" ? "cert<" : "\($0):" }

    /// What of a word is still open: the value after its last comma, or the field.
    static func openEnd(of word: String) -> String {
        let body = word.drop { $0 == "!" }
        let value = body.lastIndex { $0 == ":" || $0 == "," }.map { body[body.index(after: $0)...] }
        return String(value ?? body)
    }

    mutating func read(_ word: String) {
        let isNegated = word.hasPrefix("!")
        let body = isNegated ? String(word.dropFirst()) : word
        guard !body.isEmpty, let test = test(body.lowercased()) else { return }
        terms.append(Filter.Term(isNegated: isNegated, test: test))
    }

    private mutating func test(_ body: String) -> Filter.Test? {
        guard let mark = body.firstIndex(where: { $0 == ":" || $0 == "<" || $0 == ">" }) else {
            return .text(Array(body.utf8))
        }
        let field = String(body[..<mark])
        let value = String(body[body.index(after: mark)...])
        guard FilterReader.fields.contains(field) else {
            remarks.append("no field '\(field)': there are \(FilterReader.fields.joined(separator: ", "))")
            return nil
        }
        if field == "cert" { return certificate(mark: body[mark], value: value) }
        guard body[mark] == ":" else {
            remarks.append("'\(field)' goes with a colon: \(field):VALUE")
            return nil
        }
        let values = value.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
        guard !values.isEmpty else { return nil }
        let needles = values.map { Array($0.utf8) }
        switch field {
        case "state": return state(values)
        case "mx": return .mx(needles)
        case "policy": return .policy(values)
        case "tag": return .tag(values.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 })
        default: return .code(needles)
        }
    }

    private mutating func state(_ values: [String]) -> Filter.Test? {
        var states: Set<DomainState> = []
        for value in values {
            let meant = DomainState.allCases.filter {
                $0.rawValue.hasPrefix(value) || $0.word.lowercased().hasPrefix(value)
                    || String($0.glyph).lowercased() == value
            }
            if meant.isEmpty {
                let words = DomainState.allCases.map { $0.word.lowercased() }.joined(separator: ", ")
                remarks.append("no state '\(value)': there are \(words)")
            }
            states.formUnion(meant)
        }
        return states.isEmpty ? nil : .state(states)
    }

    /// `cert<14`, `cert<14d`, `cert>36h`.
    private mutating func certificate(mark: Character, value: String) -> Filter.Test? {
        guard mark != ":" else {
            remarks.append("'cert' goes with < or >: cert<14 is less than 14 days left")
            return nil
        }
        guard !value.isEmpty, value != "-" else { return nil }
        let unit = value.last == "h" ? 3_600 : 86_400
        let digits = value.last == "h" || value.last == "d" ? String(value.dropLast()) : value
        guard let number = Int(digits), abs(number) <= 100_000 else {
            remarks.append("'\(value)' is no number of days (14) or hours (36h)")
            return nil
        }
        return .certificate(less: mark == "<", seconds: number * unit)
    }
}
