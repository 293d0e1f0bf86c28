public import Deliverability

/// What a piece of the screen means; a theme says how each meaning looks.
public enum Role: String, Hashable, Sendable, CaseIterable {
    case severityBouncing = "severity.bouncing"
    case severityRisk = "severity.risk"
    case severityWarning = "severity.warning"
    case severityUnknown = "severity.unknown"
    case severityOK = "severity.ok"
    case severityUnprotected = "severity.unprotected"

    case barBouncing = "bar.bouncing"
    case barRisk = "bar.risk"
    case barClear = "bar.clear"
    case barOffline = "bar.offline"
    case barPaused = "bar.paused"

    case text
    case textDim = "text.dim"
    case textStrong = "text.strong"
    case textLink = "text.link"
    case background

    case rowCursor = "row.cursor"
    case rowCursorBlur = "row.cursor-blur"
    case rowMarked = "row.marked"
    case rowStale = "row.stale"

    case changeUnacknowledged = "change.unacknowledged"
    case changeBetter = "change.better"
    case changeWorse = "change.worse"
    case changeAcknowledged = "change.acknowledged"

    case head
    case headSort = "head.sort"
    case border
    case borderFocus = "border.focus"
    case title
    case tab
    case tabActive = "tab.active"
    case key
    case keyLabel = "key.label"
    case input
    case inputMatch = "input.match"
    case messageInfo = "message.info"
    case messageError = "message.error"

    case sparkLow = "spark.low"
    case sparkMid = "spark.mid"
    case sparkHigh = "spark.high"
    case diffAdd = "diff.add"
    case diffDelete = "diff.delete"
    case helpSection = "help.section"
    case helpKey = "help.key"

    /// The names as theme files write them, in the order of declaration.
    public static let allNames: [String] = allCases.map(\.rawValue)

    /// How a domain in this state is drawn.
    public static func severity(_ state: DomainState) -> Role {
        switch state {
        case .bouncing: .severityBouncing
        case .risk: .severityRisk
        case .warning: .severityWarning
        case .unknown: .severityUnknown
        case .unprotected: .severityUnprotected
        case .ok: .severityOK
        }
    }
    /// How a change is drawn: what nobody has seen before all else.
    static func change(_ change: Change) -> Role {
        if ChangeLog.isMarked(change) { return .changeUnacknowledged }
        if change.acknowledgedAt != nil { return .changeAcknowledged }
        return change.stateAfter > change.stateBefore ? .changeBetter : .changeWorse
    }
}
