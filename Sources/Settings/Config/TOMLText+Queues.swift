import Deliverability
import TOMLKit

/// The reader of how long senders keep mail that they cannot deliver.
extension TOMLText {
    private static let longestQueue = Duration.seconds(90 * 86_400)

    /// `"Postfix" = "3d"` for a known sender, `"Stalwart" = false` to leave one out, and for any other
    /// `"ours" = { keeps = "2d", classes = ["mta-sts", "dane"] }`, where `holders = ["id"]` says that it fetches a policy
    /// again for a new id only, `["expiry"]` when its copy has run out; both without it. Names are compared letter by
    /// letter.
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
            } else if let entry = queue(name, known.map { queues.entries[$0] }, in: table, at: [key]) {
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
        _ name: String, _ known: QueueLifetimes.Entry?, in table: TOMLTable, at place: [String]
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
            return QueueLifetimes.Entry(
                name, seconds: Double(keeps.components.seconds), classes: known.classes, holders: known.holders)
        }
        let here = place + [name]
        allowOnly(["keeps", "classes", "holders"], in: inner, at: here)
        let classes = words("classes", "class of senders", in: inner, at: here, of: SenderClass.allCases)
        let holders = words("holders", "kind of holder", in: inner, at: here, of: CachedVerdict.Holders.allCases)
        guard inner["keeps"] != nil else {
            problem(here, "'keeps' is missing: how long it keeps mail that it cannot deliver")
            return nil
        }
        guard let found = classes ?? known?.classes, !found.isEmpty else {
            problem(here, "'classes' is missing: of which senders it is one")
            return nil
        }
        guard let keeps = duration("keeps", in: inner, at: here, range: range) else { return nil }
        let all = CachedVerdict.Holders.allCases
        return QueueLifetimes.Entry(
            name, seconds: Double(keeps.components.seconds), classes: found,
            holders: holders.map(Set.init) ?? known?.holders ?? Set(all))
    }

    /// A list of words that each name one of these; nil where the key is not there. Others are problems.
    private mutating func words<Word: RawRepresentable<String>>(
        _ key: String, _ noun: String, in table: TOMLTable, at place: [String], of all: [Word]
    ) -> [Word]? {
        strings(key, in: table, at: place)?.compactMap { text, spot in
            if let word = all.first(where: { $0.rawValue == text }) { return word }
            problem(spot, "no \(noun) '\(text)'; there are \(all.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
    }
}
