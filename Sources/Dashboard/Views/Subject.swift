import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The domain that a detail is about, with what its tabs need of the model.
struct Subject: Sendable {
    let row: Row
    let now: Date
    /// Our own network fails: no look says anything.
    let isOffline: Bool
    /// Its newest changes, newest first.
    let changes: [Change]

    init(_ row: Row, _ model: Model) {
        self.row = row
        now = model.clock
        isOffline = model.network.isSuspect
        changes = model.log.changes(of: row.domain, limit: 5)
    }

    var assessment: Assessment? { row.status?.assessment }
    var evidence: DomainEvidence? { row.status?.evidence }

    /// A moment as seen from now.
    func moment(_ date: Date) -> String {
        Moment.words(Moment(date).relative(to: Moment(now)))
    }

    /// A day as seen from now: `24 Nov`, with the year where it is another one.
    func day(_ date: Date) -> String {
        let moment = Moment(date)
        return moment.year == Moment(now).year ? Moment.words(moment.dayAndMonth) : moment.fullInWords
    }

    /// When the next look is: `14:32:55Z`, `now`, or `late 12s` where it waits for its turn.
    var nextCheck: String? {
        row.status?.nextCheckAt.map { next in
            guard next <= now else { return moment(next) }
            // Within one step of the clock on screen it is merely under way.
            return now.timeIntervalSince(next) < Double(Model.clockStep)
                ? "now" : "late \(Lapse.exact(from: next, to: now))"
        }
    }

    /// `X BOUNCE for 1h51m   mode enforce`.
    var stateLine: StyledLine {
        let role = Role.severity(row.state)
        var line = StyledLine("\(row.state.glyph) \(row.state.word)", role)
        if let since = row.stateSince { line.add(" for \(Lapse.duration(from: since, to: now))", role) }
        if row.facts.isChecked { line.add("   \(row.facts.policy)") }
        if row.isMuted { line.add("   muted", .messageInfo) }
        if row.turnsLastHour != nil { line.add("   flapping", .messageInfo) }
        return line
    }
}
