public import FoundationEssentials

/// How long known senders keep a message that a class of theirs refuses to deliver, before they return it.
public struct QueueLifetimes: Hashable, Sendable, Codable {
    /// One sender.
    public struct Entry: Hashable, Sendable, Codable {
        /// As its makers write it.
        public let name: String
        /// Seconds from the first refusal; 0 where it returns the message at once.
        public let seconds: TimeInterval
        /// The classes it belongs to.
        public let classes: [SenderClass]
        /// How it may decide when a cached policy has to be fetched again.
        public let holders: Set<CachedVerdict.Holders>

        public init(
            _ name: String, seconds: TimeInterval, classes: [SenderClass],
            holders: Set<CachedVerdict.Holders> = [.id, .expiry]
        ) {
            self.name = name
            self.seconds = max(0, seconds)
            self.classes = classes
            self.holders = holders
        }
    }

    public var entries: [Entry]

    /// The parsers that a sender goes by, where they have names of their own.
    fileprivate static let parsers: [String: Set<String>] = [
        "go-mtasts/maddy": ["go-mtasts (maddy)"], "Postfix": ["postfix-tlspol", "postfix-mta-sts-resolver"],
    ]

    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    private static let policies: [SenderClass] = [.mtaSTS, .cached, .dane]
    private static let all: [SenderClass] = [.mtaSTS, .cached, .dane, .opportunistic]

    /// The defaults of the senders in use, by their documentation and source.
    public static let standard = QueueLifetimes([
        Entry("go-mtasts/maddy", seconds: 0, classes: policies, holders: [.id]),
        Entry("Stalwart", seconds: 0, classes: policies, holders: [.id]),
        // It fetches every few minutes: a copy that is replaced it has for no longer than those who go by the id.
        Entry("chasquid", seconds: 20 * 3_600, classes: [.mtaSTS, .cached, .opportunistic], holders: [.id]),
        Entry("Exchange Online", seconds: 24 * 3_600, classes: all, holders: [.id]),
        Entry("Exim", seconds: 4 * 86_400, classes: [.dane, .opportunistic]),
        // postfix-tlspol goes by expiry, postfix-mta-sts-resolver by the id.
        Entry("Postfix", seconds: 5 * 86_400, classes: all),
    ])

    /// When mail that was first refused at each class's moment is given up, soonest first.
    ///
    /// A sender that belongs to several classes is named once, with the class that refused first.
    /// - Parameters:
    ///   - copies: since when those that hold a copy are refused, by how they decide to fetch again.
    ///   - readers: the only senders that read what those copies are of, as `ParserDisagreement` names them; nil
    ///     where any sender may.
    public func ends(
        of refusals: [SenderClass: Date], copies: [CachedVerdict.Holders: Date] = [:], readers: Set<String>? = nil
    ) -> [QueueEnd] {
        entries.compactMap { entry in
            // What nobody can deliver waits with those, too, that return at once what they may not deliver.
            if entry.seconds == 0, refusals[.opportunistic] != nil { return nil }
            let hit = entry.classes.compactMap { sender -> (SenderClass, Date)? in
                guard sender == .cached else { return refusals[sender].map { (sender, $0) } }
                if let readers, !entry.isAmong(readers) { return nil }
                return entry.holders.compactMap { copies[$0] }.min().map { (sender, $0) }
            }
            guard let first = hit.min(by: { $0.1 < $1.1 }) else { return nil }
            return QueueEnd(
                sender: entry.name, senderClass: first.0, at: first.1.addingTimeInterval(entry.seconds))
        }.sorted { ($0.at, $0.sender) < ($1.at, $1.sender) }
    }
}

extension QueueLifetimes.Entry {
    fileprivate func isAmong(_ readers: Set<String>) -> Bool {
        !(QueueLifetimes.parsers[name] ?? [name]).isDisjoint(with: readers)
    }
}

/// When a sender returns the first mail of a refusal in progress.
public struct QueueEnd: Hashable, Sendable, Codable {
    /// The sender's name.
    public let sender: String
    /// The class as which it is refused.
    public let senderClass: SenderClass
    public let at: Date

    public init(sender: String, senderClass: SenderClass, at: Date) {
        self.sender = sender
        self.senderClass = senderClass
        self.at = at
    }
}
