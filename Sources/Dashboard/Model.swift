import Cells
import Deliverability
public import FoundationEssentials
public import MTASTS

/// All that the dashboard knows and shows; changed by `update` alone, drawn by `view`.
public struct Model: Sendable {
    /// Re-sorting waits so long after a key, in seconds: nothing moves under a hand.
    static let restSeconds = 2.0
    /// A notice stays so long, in seconds.
    static let noticeSeconds = 8.0
    /// The clock on screen goes in steps of so many seconds: alive at a glance, cheap on a slow line.
    static let clockStep = 5

    struct Progress: Hashable, Sendable {
        struct Start: Hashable, Sendable {
            let at: Date
            let done: Int
        }

        var done: Int
        var total: Int
        var perSecond: Double
        /// When so many were done: what comes after tells how fast it goes.
        var began: Start?
        var isSweeping: Bool { done < total }

        /// What is left of the sweep, coarse, since it is a guess: `4m`; nil until it can be told.
        func timeLeft(now: Date) -> String? {
            guard let began, isSweeping else { return nil }
            let (new, seconds) = (done - began.done, now.timeIntervalSince(began.at))
            guard new >= 3, seconds >= 5 else { return nil }
            let left = seconds / Double(new) * Double(total - done)
            switch left {
            case ..<60: return "1m"
            case ..<3_600: return "\(Int(left) / 60 + 1)m"
            case ..<86_400: return "\(Int(left) / 3_600 + 1)h"
            default: return nil
            }
        }
    }

    /// Seconds between looks.
    struct Rhythm: Hashable, Sendable {
        let every: Int
        let problems: Int
    }

    struct Notice: Hashable, Sendable {
        var text: String
        var isError: Bool
        var until: Date
    }

    /// What came in while the display was paused.
    struct Pause: Sendable {
        let since: Date
        var statuses: [DomainName: DomainStatus] = [:]
        var changes: [Change.ID: Change] = [:]

        /// How many changes are new; a newer version of one that is shown already is none.
        func waiting(beside log: ChangeLog) -> Int { changes.keys.count { log.place(of: $0) == nil } }

        /// How many domains bounce by now that are not shown as bouncing.
        func bounces(beside fleet: Fleet) -> Int {
            func isNew(_ domain: DomainName) -> Bool { fleet.row(of: domain).map { $0.state != .bouncing } ?? false }
            let told = statuses.values.count { $0.state == .bouncing && isNew($0.domain) }
            // A change may be ahead of its verdict.
            var ahead: [DomainName: Change] = [:]
            for change in changes.values where statuses[change.domain] == nil {
                if ahead[change.domain].map({ $0.id < change.id }) ?? true { ahead[change.domain] = change }
            }
            return told + ahead.values.count { $0.stateAfter == .bouncing && isNew($0.domain) }
        }
    }

    enum Pane: Hashable, Sendable {
        case table, changes
    }

    /// The last tick.
    public internal(set) var now: Date
    public internal(set) var theme: Theme
    public internal(set) var keymap: Keymap
    /// True where the terminal has no colours: themes that are loaded later are told too.
    let isMono: Bool

    /// The name of a domain as somebody types it; nil where it is none.
    let readDomain: @Sendable (String) -> DomainName?

    var size = Size(width: 80, height: 24)
    /// False until the first list came.
    var hasList = false
    var fleet: Fleet
    var log = ChangeLog()
    var listProblems: [String] = []
    var noticeTrouble: String?
    var themeTrouble: String?
    /// No settings file was found: the first screen tells how to begin one.
    public var lacksSettings = false
    var network = NetworkCondition.sound
    var resolverRemark: String?
    var historyRemark: String?
    var progress: Progress?
    var rhythm: Rhythm?
    var notice: Notice?
    var themes: [String] = [Theme.auto.name]
    var pause: Pause?

    var pane = Pane.table
    /// The domain under the cursor; nil: whatever stands at the top.
    var cursor: DomainName?
    /// True once somebody has put the cursor somewhere.
    var isCursorMoved = false
    /// Where the cursor stood last, for when its domain is hidden.
    var cursorPosition = 0
    /// The first position that is shown.
    var top = 0
    /// By what the domains are grouped; nil: not at all.
    var grouping: Grouping?
    /// The groups as they were last counted.
    var groups: [GroupLine] = []
    /// The version of the fleet at that time; nil: they have to be counted.
    var groupsKnown: Int?
    var groupCursor: GroupKey?
    var groupPlace = 0
    var groupTop = 0
    /// Columns that are not wanted.
    var hiddenColumns: Set<OverviewColumn> = []
    var isMouseOn = false
    var changeCursor: Change.ID?
    var changeTop = 0
    /// Columns by which long text is shifted to the left.
    var pan = 0
    var detail: Detail?
    /// The history of the domain that the detail shows; kept while another tab is open.
    var history: HistoryBoard?
    /// The version of the log when it was last compared with it.
    var historyLog = -1
    /// True while the counts are shown as large as they go.
    var isWall = false
    /// The plan that was worked on last, kept while one looks elsewhere.
    var plan: PlanBoard?
    /// True while it is shown.
    var isPlanning = false
    var overlay: Overlay?
    var prompt: Prompt?
    var commandHistory: [String] = []
    /// The theme that was chosen on the screen; nil while none was.
    var chosenTheme: String?

    /// The version of the log's marks that the rows know; nil: they have to be told.
    var unseenTold: Int?
    /// The order is not touched before.
    var restsUntil: Date?
    var lastBell: Date?
    var bellIsDue = false
    var title = ""

    /// A model with nothing in it yet.
    /// - Parameters:
    ///   - isMono: the terminal has no colours, or none are wanted.
    ///   - provider: who runs a host, by its name; pure. Each host for itself where nobody can tell.
    ///   - readDomain: reads a name as somebody types it, such as one with umlauts; pure. A-labels only, unless told.
    public init(
        now: Date, theme: Theme = .auto, keymap: Keymap = .standard, isMono: Bool = false,
        provider: @escaping @Sendable (DomainName) -> String = { $0.text },
        readDomain: @escaping @Sendable (String) -> DomainName? = { DomainName($0) }
    ) {
        fleet = Fleet(provider: provider)
        self.now = now
        self.theme = theme
        self.theme.isMono = isMono
        self.keymap = keymap
        self.isMono = isMono
        self.readDomain = readDomain
    }

    /// The last tick as the screen tells it: in steps, so that frames caused by data do not move the clock.
    var clock: Date {
        let seconds = Moment.seconds(now)
        return Date(timeIntervalSince1970: Double(seconds - seconds % Model.clockStep))
    }

    /// When the mere passing of time next changes something on screen; nil where it never does.
    public func nextTick(after now: Date) -> Date? {
        var moments = [notice?.until].compactMap { $0 }
        if fleet.isUnsettled, pause == nil { moments.append(restsUntil ?? now) }
        if showsGroups, groupsKnown != fleet.version, pause == nil { moments.append(restsUntil ?? now) }
        if bellIsDue { moments.append((lastBell ?? now).addingTimeInterval(1)) }
        if ScreenClass(size) != .counts {
            let step = Double(Model.clockStep)
            let next = (now.timeIntervalSince1970 / step).rounded(.down) * step + step
            moments.append(Date(timeIntervalSince1970: next))
        }
        return moments.min().map { max($0, now) }
    }
}
