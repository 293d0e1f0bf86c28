import Cells

/// What is told of one action wherever it is told: the keymap, the help and the footer are all made from this.
struct ActionInfo: Sendable {
    enum Section: String, CaseIterable, Sendable {
        case move = "MOVE"
        case table = "TABLE"
        case domain = "DOMAIN"
        case anywhere = "ANYWHERE"
    }

    /// Where the footer names an action.
    enum Place: Sendable {
        case overview, detail, wall, plan
    }

    /// The footer's word for it; two actions with the same word beside one another are told as one.
    struct Footer: Sendable {
        let label: String
        let places: [Place]
        /// The lowest goes first when width lacks.
        let rank: Int
    }

    let action: Action
    /// As `Key.parse` reads them.
    let keys: [String]
    let section: Section
    /// Actions of one section with the same text share a line of the help.
    let help: String
    let footer: Footer?

    init(_ action: Action, _ keys: [String], _ section: Section, _ help: String, footer: Footer? = nil) {
        self.action = action
        self.keys = keys
        self.section = section
        self.help = help
        self.footer = footer
    }

    /// In the order of help and footer.
    static let all: [ActionInfo] = [
        ActionInfo(.moveDown, ["j", "down"], .move, "row"),
        ActionInfo(.moveUp, ["k", "up"], .move, "row"),
        ActionInfo(.moveTop, ["g", "home"], .move, "ends"),
        ActionInfo(.moveBottom, ["G", "end"], .move, "ends"),
        ActionInfo(.halfPageDown, ["ctrl-d"], .move, "half page"),
        ActionInfo(.halfPageUp, ["ctrl-u"], .move, "half page"),
        ActionInfo(.pageDown, ["page-down"], .move, "page"),
        ActionInfo(.pageUp, ["page-up"], .move, "page"),
        ActionInfo(.nextProblem, ["n"], .move, "next problem"),
        ActionInfo(.previousProblem, ["N"], .move, "next problem"),
        ActionInfo(.otherPane, ["tab", "shift-tab"], .move, "other pane"),
        ActionInfo(.panLeft, ["h", "left"], .move, "pan"),
        ActionInfo(.panRight, ["l", "right"], .move, "pan"),
        ActionInfo(.mark, ["space"], .move, "mark"),

        ActionInfo(
            .back, ["escape"], .domain, "back",
            footer: Footer(label: "back", places: [.detail, .wall, .plan], rank: 9)),
        ActionInfo(
            .open, ["enter"], .domain, "open", footer: Footer(label: "open", places: [.overview, .plan], rank: 8)),
        ActionInfo(.filter, ["/"], .table, "filter", footer: Footer(label: "filter", places: [.overview], rank: 7)),
        ActionInfo(
            .problemsOnly, ["!"], .table, "problems",
            footer: Footer(label: "problems", places: [.overview], rank: 6)),
        ActionInfo(.sort, ["s"], .table, "sort by..", footer: Footer(label: "sort", places: [.overview], rank: 5)),
        ActionInfo(.sortPrevious, ["<"], .table, "sort column"),
        ActionInfo(.sortNext, [">"], .table, "sort column"),
        ActionInfo(.invert, ["I"], .table, "invert"),
        ActionInfo(.group, ["t"], .table, "group..", footer: Footer(label: "group", places: [.overview], rank: 1)),
        ActionInfo(
            .columns, ["c"], .table, "columns..", footer: Footer(label: "columns", places: [.overview], rank: 1)),
        ActionInfo(
            .acknowledge, ["a"], .table, "ack / all", footer: Footer(label: "ack", places: [.overview], rank: 7)),
        ActionInfo(
            .acknowledgeAll, ["A"], .table, "ack / all", footer: Footer(label: "ack all", places: [.wall], rank: 6)),
        ActionInfo(.mute, ["M"], .table, "mute.."),
        ActionInfo(.wall, ["W"], .table, "wall view"),

        ActionInfo(.tabSummary, ["1"], .domain, "tab"),
        ActionInfo(.tabPolicy, ["2"], .domain, "tab"),
        ActionInfo(.tabHosts, ["3"], .domain, "tab"),
        ActionInfo(.tabCertificates, ["4"], .domain, "tab"),
        ActionInfo(.tabHistory, ["5"], .domain, "tab"),
        ActionInfo(.tabTrace, ["6"], .domain, "tab"),
        ActionInfo(.nextTab, ["]"], .domain, "other tab", footer: Footer(label: "tab", places: [.detail], rank: 8)),
        ActionInfo(
            .previousTab, ["["], .domain, "other tab", footer: Footer(label: "tab", places: [.detail], rank: 8)),
        ActionInfo(
            .nextDomain, ["J"], .domain, "next domain",
            footer: Footer(label: "next domain", places: [.detail], rank: 7)),
        ActionInfo(
            .previousDomain, ["K"], .domain, "next domain",
            footer: Footer(label: "next domain", places: [.detail], rank: 7)),
        ActionInfo(
            .recheck, ["r"], .domain, "recheck",
            footer: Footer(label: "recheck", places: [.overview, .detail, .plan], rank: 4)),
        ActionInfo(.recheckAll, ["R"], .table, "recheck all"),
        ActionInfo(
            .pause, ["p"], .anywhere, "pause", footer: Footer(label: "pause", places: [.overview, .wall], rank: 4)),
        ActionInfo(
            .copy, ["y"], .domain, "copy..",
            footer: Footer(label: "copy", places: [.overview, .detail, .plan], rank: 2)),
        ActionInfo(.pager, ["o"], .domain, "pager"),
        ActionInfo(.save, ["S"], .domain, "save", footer: Footer(label: "save", places: [.plan], rank: 3)),
        ActionInfo(.plan, ["w"], .domain, "plan", footer: Footer(label: "plan", places: [.detail], rank: 3)),

        ActionInfo(
            .command, [":"], .anywhere, "command", footer: Footer(label: "command", places: [.overview], rank: 0)),
        ActionInfo(.themes, ["T"], .anywhere, "theme"),
        ActionInfo(.remarks, ["L"], .anywhere, "remarks"),
        ActionInfo(.mouse, ["m"], .anywhere, "mouse"),
        ActionInfo(.redraw, ["ctrl-l"], .anywhere, "redraw"),
        ActionInfo(.suspend, ["ctrl-z"], .anywhere, "suspend"),
        ActionInfo(
            .help, ["?", "f1"], .anywhere, "help",
            footer: Footer(label: "help", places: [.overview, .detail, .wall, .plan], rank: 10)),
        ActionInfo(
            .quitView, ["q"], .anywhere, "back / quit", footer: Footer(label: "quit", places: [.overview], rank: 9)),
        ActionInfo(.quit, ["Q", "ctrl-c"], .anywhere, "quit"),
    ]

    static let byAction = Dictionary(all.map { ($0.action, $0) }, uniquingKeysWith: { first, _ in first })
}
