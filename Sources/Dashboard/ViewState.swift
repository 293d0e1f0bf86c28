import FoundationEssentials

/// How somebody has arranged the screen: what another start shows again. A filter is none of it, and neither are
/// marks: who starts a monitor at night must not have to ask what it hides.
public struct ViewState: Hashable, Sendable {
    /// By name, one of `sorts`.
    public var sort = SortColumn.severity.rawValue
    public var isInverted = false
    public var showsProblemsOnly = false
    /// By name, one of `groupings`; nil: not grouped.
    public var grouping: String?
    /// By name, of `columns`.
    public var hiddenColumns: Set<String> = []
    /// The theme that was chosen on the screen; nil where none was.
    public var theme: String?
    public var isMouseOn = false
    /// Lines of the command line, oldest first, at most `mostCommands`.
    public var commands: [String] = []

    /// As a new screen shows it.
    public init() {}

    public static let sorts = SortColumn.allCases.map(\.rawValue)
    public static let groupings = Grouping.allCases.map(\.rawValue)
    /// Those that can be hidden.
    public static let columns = OverviewColumn.allCases.filter { $0 != .domain }.map(\.rawValue)
    public static let mostCommands = 100
}

extension Model {
    /// How the screen is arranged now.
    public var viewState: ViewState {
        var state = ViewState()
        let arrangement = fleet.arrangement
        state.sort = arrangement.column.rawValue
        state.isInverted = arrangement.isInverted
        state.showsProblemsOnly = arrangement.problemsOnly
        state.grouping = grouping?.rawValue
        state.hiddenColumns = Set(hiddenColumns.map(\.rawValue))
        state.theme = chosenTheme
        state.isMouseOn = isMouseOn
        state.commands = commandHistory
        return state
    }

    /// Arranges the screen as it was; the theme is the caller's to load.
    /// - Returns: what is to be done outside.
    public mutating func restore(_ state: ViewState) -> [Effect] {
        arrange {
            $0.column = SortColumn(rawValue: state.sort) ?? .severity
            $0.isInverted = state.isInverted
            $0.problemsOnly = state.showsProblemsOnly
        }
        grouping = state.grouping.flatMap(Grouping.init(rawValue:))
        hiddenColumns = Set(state.hiddenColumns.compactMap(OverviewColumn.init(rawValue:)).filter { $0 != .domain })
        chosenTheme = state.theme
        isMouseOn = state.isMouseOn
        commandHistory = Array(state.commands.suffix(ViewState.mostCommands))
        return isMouseOn ? [.mouse(true)] : []
    }
}
