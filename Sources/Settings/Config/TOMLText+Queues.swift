import Deliverability
import TOMLKit

/// The reader of how long senders keep mail that they cannot deliver.
extension TOMLText {
    private static let longestQueue = Duration.seconds(90 * 86_400)

    /// `"Postfix" = "3d"` for a known sender, `"Stalwart" = false` to leave one out, and for any other
    /// `"ours" = { keeps = "2d", classes = ["mta-sts", "dane"] }`. Names are compared letter by letter.
    /// - Returns: the standard table with what is written here in it; nil where nothing is.
    mutating func queueLifetimes(_ key: String, in root: TOMLTable) -> QueueLifetimes? {
        guard let table = table(key, in: root), !table.keys.isEmpty else { return nil }
        var queues = QueueLifetimes.standard
        for name in table.keys {
            let known = queues.entries.firstIndex { $0.name == name }
            if table[name]?.bool == false {
                guard let known else {
                    problem([key, name], "no sender '\(name)' to leave out; \(Self.knownSenders)")
                    continue
                }
                queues.entries.remove(at: known)
            } else if let entry = queue(name, known.map { queues.entries[$0].classes }, in: table, at: [key]) {
                if let known { queues.entries[known] = entry } else { queues.entries.append(entry) }
            }
        }
        return queues
    }

    private static var knownSenders: String {
        "known are " + QueueLifetimes.standard.entries.map(\.name).joined(separator: ", ")
    }

    /// One sender; nil and a problem where it cannot be meant.
    private mutating func queue(
        _ name: String, _ known: [SenderClass]?, in table: TOMLTable, at place: [String]
    ) -> QueueLifetimes.Entry? {
        let range = Duration.zero...Self.longestQueue
        guard let inner = table[name]?.table else {
            guard let keeps = duration(name, in: table, at: place, range: range) else { return nil }
            guard let known else {
                problem(
                    place + [name],
                    "a sender that is not known needs its classes: { keeps = \"2d\", classes = [\"mta-sts\"] }; "
                        + Self.knownSenders)
                return nil
            }
            return QueueLifetimes.Entry(name, seconds: Double(keeps.components.seconds), classes: known)
        }
        let here = place + [name]
        allowOnly(["keeps", "classes"], in: inner, at: here)
        let classes = strings("classes", in: inner, at: here)?.compactMap { text, spot -> SenderClass? in
            if let found = SenderClass(rawValue: text) { return found }
            let all = SenderClass.allCases.map(\.rawValue).joined(separator: ", ")
            problem(spot, "no class of senders '\(text)'; there are \(all)")
            return nil
        }
        guard inner["keeps"] != nil else {
            problem(here, "'keeps' is missing: how long it keeps mail that it cannot deliver")
            return nil
        }
        guard let found = classes ?? known, !found.isEmpty else {
            problem(here, "'classes' is missing: of which senders it is one")
            return nil
        }
        guard let keeps = duration("keeps", in: inner, at: here, range: range) else { return nil }
        return QueueLifetimes.Entry(name, seconds: Double(keeps.components.seconds), classes: found)
    }
}
