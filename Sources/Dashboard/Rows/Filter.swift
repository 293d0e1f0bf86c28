import Deliverability
import FoundationEssentials

/// A filter as it was typed, and what it asks: every term must hold.
public struct Filter: Hashable, Sendable {
    /// One question about a row.
    enum Test: Hashable, Sendable {
        /// One of these states.
        case state(Set<DomainState>)
        /// The first certificate of an MX host ends in less (or more) than so many seconds.
        case certificate(less: Bool, seconds: Int)
        /// Some MX host's name holds one of these texts.
        case mx([[UInt8]])
        /// The policy column begins with one of these.
        case policy([String])
        /// Carries a tag that begins with one of these.
        case tag([String])
        /// Some finding's code holds one of these.
        case code([[UInt8]])
        /// Name, U-label or WHY hold the text.
        case text([UInt8])
    }

    /// A test, or its opposite.
    struct Term: Hashable, Sendable {
        let isNegated: Bool
        let test: Test
    }

    /// As typed.
    public let text: String
    /// What could not be understood, one line a term; such a term is left out.
    public let remarks: [String]
    let terms: [Term]

    /// The filter that everything passes.
    public static let all = Filter("")

    /// True where nothing is asked.
    public var isEmpty: Bool { terms.isEmpty }

    /// Reads a filter: words apart by blanks, `field:value`, `cert<14`, `!` in front for the opposite.
    public init(_ text: String) {
        var reader = FilterReader()
        for word in text.split(separator: " ", omittingEmptySubsequences: true) { reader.read(String(word)) }
        self.text = text
        terms = reader.terms
        remarks = reader.remarks
    }

    /// True where rows pass or fail by the mere passing of time.
    var dependsOnTime: Bool {
        terms.contains {
            if case .certificate = $0.test { true } else { false }
        }
    }

    /// The texts that a row must hold somewhere, to be shown in it.
    var highlights: [[UInt8]] {
        terms.compactMap {
            if case .text(let needle) = $0.test, !$0.isNegated { needle } else { nil }
        }
    }

    func matches(_ row: Row, now: Date) -> Bool {
        for term in terms where Filter.holds(term.test, row, now) == term.isNegated { return false }
        return true
    }

    private static func holds(_ test: Test, _ row: Row, _ now: Date) -> Bool {
        switch test {
        case .text(let needle): return Bytes.contains(row.haystacks.text, needle)
        case .state(let states): return states.contains(row.state)
        case .mx(let needles): return needles.contains { Bytes.contains(row.haystacks.mx, $0) }
        case .code(let needles): return needles.contains { Bytes.contains(row.haystacks.codes, $0) }
        case .policy(let modes): return modes.contains { row.facts.policy.hasPrefix($0) }
        case .tag(let tags):
            return row.watched.tags.contains { tag in tags.contains { tag.lowercased().hasPrefix($0) } }
        case .certificate(let less, let seconds):
            guard let end = row.facts.mxExpires else { return false }
            let left = Lapse.difference(from: now, to: end)
            return less ? left < seconds : left > seconds
        }
    }
}
