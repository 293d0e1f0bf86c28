import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// One watched domain with all that the table, the sort and the filter need, worked out once a verdict.
struct Row: Sendable {
    /// What is known of the domain; one reference, since sorting and filtering pass ten thousand rows by.
    private var known: KnownDomain
    /// When the first verdict of this run came; nil before.
    private(set) var knownSince: Date?
    /// Where the name stands among all names, so that sorting compares no text.
    var nameRank: UInt32 = 0
    var isMarked = false
    /// True while a change for the worse waits for somebody to see it.
    var isUnseen = false

    init(_ watched: WatchedDomain, _ remembered: RememberedStatus? = nil) {
        known = KnownDomain(watched, status: nil, remembered: remembered, provider: "")
    }

    var watched: WatchedDomain { known.watched }
    /// Nil until the first verdict.
    var status: DomainStatus? { known.status }
    var facts: RowFacts { known.facts }
    /// True while the row shows what an earlier run, or another monitor, saw.
    var isRemembered: Bool { known.remembered != nil }
    var domain: DomainName { known.watched.domain }
    var state: DomainState { known.facts.state }
    /// True for what an operator has to look at: anything but fine, unprotected, or not looked at yet.
    var isProblem: Bool { known.facts.isChecked && known.facts.state <= .unknown }
    /// When the state last turned, as far as this run or what it remembers knows; nil when it never did.
    var stateSince: Date? { known.remembered.map(\.stateSince) ?? known.status?.stateSince }
    /// Nothing rings.
    var isMuted: Bool { known.status?.isMuted == true }
    /// Turns within the last hour of a domain that flaps; nil for any other.
    var turnsLastHour: Int? { known.status?.turnsLastHour }
    /// What has to be known before the reason is read, on a screen of that width: `muted to 15:32, flapping 6/h: `, under
    /// 100 columns `M15:32 F6/h `, and where the reason is a code `M F6 `; empty where there is nothing. The end of a mute
    /// is told by its day where it is a day off or more.
    func notes(now: Date, screenWidth: Int) -> String {
        let (isBrief, isBare) = (screenWidth < 100, screenWidth < 80)
        var notes: [String] = []
        if let status, status.isMuted {
            let end = status.mutedUntil.map { end in
                let moment = Moment(end)
                return Lapse.difference(from: now, to: end) < 86_400
                    ? String(moment.bareClock.prefix(5)) : Moment.words(moment.dayAndMonth)
            }
            notes.append(isBare ? "M" : isBrief ? "M\(end ?? "")" : "muted\(end.map { " to " + $0 } ?? "")")
        }
        if let turns = turnsLastHour {
            notes.append(isBare ? "F\(turns)" : isBrief ? "F\(turns)/h" : "flapping \(turns)/h")
        }
        guard !notes.isEmpty else { return "" }
        return isBrief ? notes.joined(separator: " ") + " " : notes.joined(separator: ", ") + ": "
    }
    /// The reason in one line behind its notes.
    func noted(now: Date, screenWidth: Int) -> String { notes(now: now, screenWidth: screenWidth) + facts.why }
    /// A reason of this row as it may be told: not by colour alone, for what was seen before is no verdict of today.
    func told(_ reason: String) -> String {
        guard isRemembered else { return reason }
        return reason.isEmpty ? "remembered" : "was: \(reason)"
    }
    /// Who runs its first MX host; empty where none is known.
    var provider: String { known.provider }
    var haystacks: Haystacks { known.haystacks }

    /// Takes a verdict in.
    /// - Parameter provider: who runs a host.
    mutating func take(_ status: DomainStatus, now: Date, provider: (DomainName) -> String) {
        let first = status.assessment?.hosts.min { ($0.preference, $0.host) < ($1.preference, $1.host) }
        known = KnownDomain(
            known.watched, status: status, remembered: status.assessment == nil ? known.remembered : nil,
            provider: first.map { provider($0.host) } ?? "")
        if status.assessment != nil, knownSince == nil { knownSince = now }
    }

    /// Takes what was last shown, as long as there is no verdict.
    mutating func remember(_ remembered: RememberedStatus) {
        known = KnownDomain(
            known.watched, status: known.status, remembered: remembered, provider: known.provider)
    }

    /// Goes on with what another version of the list knew of the same name; with what was last shown, as long as there is
    /// no verdict.
    init(_ watched: WatchedDomain, after old: Row, _ remembered: RememberedStatus?) {
        isMarked = old.isMarked
        isUnseen = old.isUnseen
        knownSince = old.knownSince
        let kept = old.known.remembered
        known = KnownDomain(
            watched, status: old.status, remembered: old.status?.assessment == nil ? remembered ?? kept : kept,
            provider: old.provider)
    }
}

/// The bytes that filters search, lower case UTF-8.
struct Haystacks: Sendable {
    /// Name, U-label and WHY, for a bare word.
    var text: [UInt8] = []
    /// The MX host names.
    var mx: [UInt8] = []
    /// The codes of all findings.
    var codes: [UInt8] = []

    init(_ watched: WatchedDomain, why: String, assessment: Assessment?) {
        text = Array(watched.domain.text.utf8)
        if let display = watched.displayName { text += [0x0a] + Array(display.lowercased().utf8) }
        if !why.isEmpty { text += [0x0a] + Array(why.lowercased().utf8) }
        for host in assessment?.hosts ?? [] { mx += Array(host.host.text.utf8) + [0x0a] }
        for finding in assessment?.findings ?? [] { codes += Array(finding.code.rawValue.utf8) + [0x0a] }
    }
}

/// A domain of the list with its last verdict and what follows from both; never changed, only replaced.
private final class KnownDomain: Sendable {
    /// A status is large, and at a start no domain has one yet: a row without it takes no room for it.
    private final class Told: Sendable {
        let status: DomainStatus

        init(_ status: DomainStatus) {
            self.status = status
        }
    }

    let watched: WatchedDomain
    private let told: Told?
    let remembered: RememberedStatus?
    let facts: RowFacts
    let provider: String
    let haystacks: Haystacks

    init(_ watched: WatchedDomain, status: DomainStatus?, remembered: RememberedStatus?, provider: String) {
        self.watched = watched
        told = status.map(Told.init)
        self.remembered = remembered
        facts = remembered?.digest ?? status.map(RowFacts.init) ?? RowFacts()
        self.provider = provider
        let notes = [status?.isMuted == true ? "muted" : "", status?.turnsLastHour.map { "flapping \($0)/h" } ?? ""]
        haystacks = Haystacks(
            watched, why: (notes + [facts.why]).joined(separator: " ").trimmed, assessment: status?.assessment)
    }

    var status: DomainStatus? { told?.status }
}
