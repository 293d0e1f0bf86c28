import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// What the poller holds of one domain: what it rests on, and its last verdicts.
struct PolledDomain {
    var entry: WatchEntry
    /// Every fact it rests on, by what is believed now.
    var facts: Set<FactKey> = []
    var memory = DomainMemory()
    /// The last verdict shown.
    var shown: Assessment?
    /// The last verdict that was not `unknown`: transitions are told against it.
    var definite: Assessment?
    var flaps = FlapGauge()
    /// The state that was last told aloud; before that the one with which the watch began.
    var toldState: DomainState?
    /// The latest turn, as long as it was not told aloud.
    var unrung: Change?
    /// Since when some fact it rests on is open.
    var incompleteSince: Date?
    /// Since when a bad verdict waits for a second look at what it rests on.
    var confirmingSince: Date?

    /// Muted by hand, besides what the list says.
    var mute: MaintenanceWindow?
    /// What was last told of `isMuted`: a mute ends without a word from anybody.
    var isToldMuted = false

    init(entry: WatchEntry) {
        self.entry = entry
    }

    /// The clock was set back by so many seconds, to now.
    mutating func setBack(by seconds: TimeInterval, now: Date) {
        incompleteSince?.addTimeInterval(-seconds)
        confirmingSince?.addTimeInterval(-seconds)
        flaps.setBack(by: seconds)
        mute = mute.map { MaintenanceWindow(start: min($0.start, now), end: $0.end) }
    }

    /// So many seconds passed in which nothing could be looked at: they count for no wait.
    mutating func waitOn(for seconds: TimeInterval) {
        incompleteSince?.addTimeInterval(seconds)
        confirmingSince?.addTimeInterval(seconds)
    }

    /// Whether it may be told aloud now how the domain stands, and whether it has just come to rest.
    /// - Parameters:
    ///   - state: how it stands now.
    ///   - turn: true for a turn to worse, false for one to better; nil where nothing turned.
    mutating func voice(in state: DomainState, turn: Bool?, at moment: Date) -> (isFree: Bool, hasRested: Bool) {
        let mayRing = turn.map { flaps.turned(at: moment, isWorse: $0) } ?? false
        let hasRested = turn == nil && flaps.rested(at: moment)
        let stands = state == .bouncing && flaps.isSteady(for: FlapGauge.standing, at: moment)
        return ((mayRing || stands || !flaps.isFlapping) && !isMuted(at: moment), hasRested)
    }

    /// What a restart must know: the state that was last told, where this verdict is held back.
    /// - Parameter turn: as `voice` takes it.
    func untold(_ verdict: Assessment, turn: Bool?) -> DomainState? {
        var copy = self
        guard turn != nil || unrung != nil else { return nil }
        // While nothing can be seen, it is open whether it is still so.
        guard verdict.state == .unknown || !copy.voice(in: verdict.state, turn: turn, at: verdict.at).isFree else {
            return nil
        }
        return toldState ?? definite?.state
    }

    func isMuted(at moment: Date) -> Bool {
        entry.options.isMuted(at: moment) || mute?.contains(moment) ?? false
    }

    /// The end of the longest mute that holds at this moment.
    func mutedUntil(at moment: Date) -> Date? {
        (entry.options.mutes + [mute].compactMap { $0 }).filter { $0.contains(moment) }.map(\.end).max()
    }
}
