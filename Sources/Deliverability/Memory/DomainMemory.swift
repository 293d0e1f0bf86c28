import Evidence
public import FoundationEssentials
import MTASTS

/// What was seen of a domain before: policy versions and who may hold them, ids, MX sets, delegations, and since when
/// each verdict holds.
public struct DomainMemory: Hashable, Sendable, Codable {
    /// Distinct versions in the order first seen; the newest 100, and no more than 256 KiB of bodies.
    public internal(set) var versions: [PolicyVersion] = []
    /// What was served beside those: by other addresses of the policy host, or to senders that read it leniently. In
    /// the order first seen; the newest 10 that somebody may hold.
    public internal(set) var sideVersions: [PolicyVersion] {
        get { aside ?? [] }
        set { aside = newValue.isEmpty ? nil : newValue }
    }
    /// Nil for none: older rows of a store lack it.
    private var aside: [PolicyVersion]?
    /// Every id that was published, in order; the newest 100.
    public internal(set) var records: [RecordRun] = []
    /// Every MX set that stood, in order; the newest 20.
    public internal(set) var mxSets: [MXSetRun] = []
    /// Where `_mta-sts` points; nil before a record was seen.
    public internal(set) var recordAliases: AliasRun?
    /// Where `mta-sts.` points; nil before a fetch reached it.
    public internal(set) var policyAliases: AliasRun?
    /// The first time that the policy record was looked at: what was served before is not known.
    public internal(set) var knownSince: Date?
    /// True once an MX RRset with a host was seen.
    public internal(set) var hadMXRecords = false
    /// True once an MX host, implicit or not, was seen.
    public internal(set) var tookMail = false
    /// When somebody acknowledged a change; the key is its code and subject, or its code alone for all of them. What
    /// changed before then is no news any more.
    public internal(set) var accepted: [String: Date] = [:]
    /// Since when each finding holds; the key is its code and subject.
    public internal(set) var findingsSince: [String: Date] = [:]
    /// Since when each class's delivery holds.
    public internal(set) var deliveries: [SenderClass: Held<Delivery>] = [:]
    /// Since when the holders of copies are refused, apart by how they decide to fetch again.
    public internal(set) var copiesRefusedSince: [CachedVerdict.Holders: Date] = [:]
    /// The last state that was not `unknown`, and since when.
    public internal(set) var state: Held<DomainState>?
    /// The state that was last told aloud, while what turned since is held back; nil where nothing is.
    public var toldState: DomainState?

    /// Since when the id that is published has been seen without a break; nil where none is.
    public var idSince: Date? { records.last.flatMap { $0.goneAt == nil ? $0.firstSeen : nil } }

    /// True where that id stood already when the record was first looked at: how much older it is nobody knows.
    public var isIDOlder: Bool {
        guard let idSince, let knownSince else { return false }
        return idSince <= knownSince
    }

    /// A value and the moment from which it holds.
    public struct Held<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
        public let value: Value
        public let since: Date

        public init(_ value: Value, since: Date) {
            self.value = value
            self.since = since
        }
    }

    public init() {}

    /// The id of the last valid record that was seen; kept when the record goes.
    public var lastRecordID: String? { records.last?.id }

    /// When the record was first looked at, while a copy of an older version may still be about; nil afterwards.
    func versionsKnownSince(_ now: Date) -> Date? {
        knownSince.flatMap {
            now < $0.addingTimeInterval(Double(STSPolicy.greatestMaxAge)) ? $0 : nil
        }
    }

    /// Somebody has seen this change and meant it, or lives with it: what came with it is no news any more.
    public mutating func accept(_ change: Change) {
        guard let moment = change.acknowledgedAt else { return }
        for news in change.news ?? [] { accept(news.code, of: news.subject, at: moment) }
        if change.news == nil, let code = change.code, code.isChange { accept(code, at: moment) }
    }

    /// What was accepted since then is not accepted once more.
    /// - Parameter subject: of the finding; nil for all of the code.
    mutating func accept(_ code: FindingCode, of subject: String? = nil, at moment: Date) {
        let key = ([code.rawValue] + [subject].compactMap { $0 }).joined(separator: " ")
        guard accepted[key].map({ $0 < moment }) ?? true else { return }
        accepted = accepted.filter { moment.timeIntervalSince($0.value) < Self.longest }
        accepted[key] = moment
        switch code {
        case .mxNull, .mxRemovedToImplicit:
            hadMXRecords = false
            tookMail = false
        default: break
        }
    }

    /// No change is news for so many seconds.
    private static let longest: TimeInterval = 30 * 86_400

    /// True while a change is worth telling: for a while, and until somebody acknowledges it.
    /// - Parameters:
    ///   - subject: what changed, without the addresses.
    ///   - address: where, if each address of the subject stands for itself.
    func isNews(
        _ code: FindingCode, of subject: String, at address: IPAddress? = nil, changedAt: Date,
        for span: TimeInterval, now: Date
    ) -> Bool {
        guard now < changedAt.addingTimeInterval(span) else { return false }
        let whole = "\(code.rawValue) \(subject)"
        return !accepted.contains { key, moment in
            guard moment >= changedAt else { return false }
            if key == code.rawValue || key == whole { return true }
            // A finding of some addresses names them after its subject.
            guard let address, key.hasPrefix("\(whole) [") else { return false }
            return key.dropFirst(whole.count + 2).dropLast().split(separator: ", ").contains(address.description[...])
        }
    }
}
