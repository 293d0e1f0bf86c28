import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// One watched domain with all that the table, the sort and the filter need, worked out once a verdict.
struct Row: Sendable {
    let watched: WatchedDomain
    /// Nil until the first verdict.
    private(set) var status: DomainStatus?
    private(set) var facts = RowFacts()
    /// When the first verdict of this run came; nil before.
    private(set) var knownSince: Date?
    /// What a bare word of the filter looks at: name, U-label and WHY, lower case UTF-8.
    private(set) var haystack: [UInt8] = []
    /// The MX host names, lower case.
    private(set) var mxHaystack: [UInt8] = []
    /// The codes of all findings.
    private(set) var codeHaystack: [UInt8] = []
    private let nameHaystack: [UInt8]
    /// Where the name stands among all names, so that sorting compares no text.
    var nameRank: UInt32 = 0
    var isMarked = false

    init(_ watched: WatchedDomain) {
        self.watched = watched
        var name = Array(watched.domain.text.utf8)
        if let display = watched.displayName { name += [0x0a] + Array(display.lowercased().utf8) }
        nameHaystack = name
        haystack = name
    }

    var domain: DomainName { watched.domain }
    var state: DomainState { facts.state }
    /// True for what an operator has to look at: anything but fine, unprotected, or not looked at yet.
    var isProblem: Bool { facts.isChecked && facts.state <= .unknown }

    /// Takes a verdict in.
    mutating func take(_ status: DomainStatus, now: Date) {
        self.status = status
        facts = RowFacts(status)
        if facts.isChecked, knownSince == nil { knownSince = now }
        haystack = nameHaystack
        haystack.append(0x0a)
        haystack += facts.why.lowercased().utf8
        mxHaystack.removeAll(keepingCapacity: true)
        for host in status.assessment?.hosts ?? [] {
            mxHaystack += host.host.text.utf8
            mxHaystack.append(0x0a)
        }
        codeHaystack.removeAll(keepingCapacity: true)
        for finding in status.assessment?.findings ?? [] {
            codeHaystack += finding.code.rawValue.utf8
            codeHaystack.append(0x0a)
        }
    }

    /// Goes on with what another version of the list knew of the same name.
    mutating func inherit(_ old: Row) {
        isMarked = old.isMarked
        knownSince = old.knownSince
        if let status = old.status { take(status, now: old.knownSince ?? .distantPast) }
    }
}
