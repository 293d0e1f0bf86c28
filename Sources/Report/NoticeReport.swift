public import Deliverability
import FoundationEssentials
import MTASTS

/// Transitions as a hook reads them on its standard input, and as lines of a log.
public struct NoticeReport: Encodable, Sendable {
    let schema = 1
    /// Transitions that were given up before they could be told, since nobody took them.
    let lost: Int
    let changes: [Entry]

    public init(_ changes: [Change], lost: Int = 0) {
        self.changes = changes.map(Entry.init)
        self.lost = lost
    }

    /// One transition.
    struct Entry: Encodable, Sendable {
        let change: Change

        init(_ change: Change) {
            self.change = change
        }

        private enum CodingKeys: CodingKey {
            case id, at, domain, code, stateBefore, stateAfter, before, after, turns, impact, fix
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(change.id, forKey: .id)
            try container.encode(Moment(change.at), forKey: .at)
            try container.encode(change.domain, forKey: .domain)
            try container.encode(change.code?.rawValue, forKey: .code)
            try container.encode(change.stateBefore, forKey: .stateBefore)
            try container.encode(change.stateAfter, forKey: .stateAfter)
            try container.encode(change.before, forKey: .before)
            try container.encode(change.after, forKey: .after)
            try container.encode(change.turns, forKey: .turns)
            try container.encode(change.impact, forKey: .impact)
            try container.encode(change.fix, forKey: .fix)
        }
    }

    /// One JSON object with a line end.
    public var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return Array("{}\n".utf8) }
        return Array(data) + [10]
    }

    /// `example.com RISK -> BOUNCE certificate-expired: mx1 cert expired; mta-sts senders refuse ...`, without time.
    public static func line(_ change: Change) -> String {
        let code = change.code.map { " \($0.rawValue)" } ?? ""
        return VisibleText.printable(
            "\(change.domain) \(change.stateBefore.word) -> \(change.stateAfter.word)\(code): \(change.sight); "
                + change.impact)
    }

    /// The same with its time before it, for a file.
    public static func datedLine(_ change: Change) -> String { "\(Stamp.text(change.at)) \(line(change))\n" }
}
