/// Everything a key can do, by the name that settings use.
public enum Action: String, Hashable, Sendable, CaseIterable {
    case moveDown = "move-down"
    case moveUp = "move-up"
    case moveTop = "move-top"
    case moveBottom = "move-bottom"
    case halfPageDown = "half-page-down"
    case halfPageUp = "half-page-up"
    case pageDown = "page-down"
    case pageUp = "page-up"
    case nextProblem = "next-problem"
    case previousProblem = "previous-problem"
    case otherPane = "other-pane"
    case panLeft = "pan-left"
    case panRight = "pan-right"
    case mark
    case acknowledge
    case acknowledgeAll = "acknowledge-all"
    case mute

    case filter
    case problemsOnly = "problems-only"
    case sort
    case sortPrevious = "sort-previous"
    case sortNext = "sort-next"
    case invert
    case wall
    case plan
    case group
    case columns

    case open
    case back
    case tabSummary = "tab-summary"
    case tabPolicy = "tab-policy"
    case tabHosts = "tab-hosts"
    case tabCertificates = "tab-certificates"
    case tabHistory = "tab-history"
    case tabTrace = "tab-trace"
    case nextTab = "next-tab"
    case previousTab = "previous-tab"
    case nextDomain = "next-domain"
    case previousDomain = "previous-domain"
    case copy
    case pager
    case save

    case help
    case command
    case pause
    case recheck
    case recheckAll = "recheck-all"
    case themes
    case remarks
    case mouse
    case redraw
    case suspend
    case quitView = "quit-view"
    case quit
}
