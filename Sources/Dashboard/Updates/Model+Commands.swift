import Cells
public import Deliverability
import FoundationEssentials
public import MTASTS

extension Model {
    /// More than so many are rechecked only when somebody is sure.
    static let askAbove = 100

    mutating func recheck(_ domains: [DomainName], _ effects: inout [Effect]) {
        guard let first = domains.first else { return }
        // Who wants news of a domain wants to see what is kept of it anew.
        history?.hour = nil
        effects.append(.recheck(domains))
        let what = domains.count == 1 ? "\(first)" : "\(domains.count) domains"
        say("looking at \(what) now" + (pause == nil ? "" : "; paused, \(label(of: .pause)) shows the answer"))
    }

    mutating func recheckAll(_ effects: inout [Effect]) {
        let domains = fleet.order.map { fleet.rows[Int($0)].domain }
        if domains.count > Model.askAbove {
            overlay = .question(
                Question(text: "Look at all \(domains.count) domains now?", consequence: .recheck(domains)))
        } else {
            recheck(domains, &effects)
        }
    }

    /// Acknowledges the change under the cursor, or every marked change of the marked or current domains.
    mutating func acknowledgeTargets(_ effects: inout [Effect]) {
        if detail == nil, pane == .changes, let place = selectedChangePlace, let change = log.change(at: place) {
            return acknowledge(ChangeLog.isMarked(change) ? [change.id] : [], &effects)
        }
        acknowledge(log.markedIDs(of: Set(targets)), &effects)
    }

    mutating func acknowledge(_ ids: [Change.ID], _ effects: inout [Effect]) {
        guard !ids.isEmpty else { return say("nothing to acknowledge here") }
        log.acknowledge(ids, at: now)
        effects.append(.acknowledge(ids))
        say(ids.count == 1 ? "acknowledged" : "\(ids.count) changes acknowledged")
    }

    /// For how long the menu offers to mute, in seconds.
    private static let muteChoices: [(key: Character, label: String, seconds: Int)] = [
        ("3", "30 minutes", 1_800), ("1", "1 hour", 3_600), ("4", "4 hours", 14_400), ("d", "1 day", 86_400),
        ("o", "off: ring again", 0),
    ]

    mutating func openMute() {
        let domains = targets
        guard let first = domains.first else { return say("no domain to mute") }
        let items = Model.muteChoices.map { Menu.Item(key: $0.key, label: $0.label, value: String($0.seconds)) }
        let what = domains.count == 1 ? first.text : "\(domains.count) domains"
        overlay = .menu(Menu(kind: .mute(domains), title: "Mute \(what)", items: items))
    }

    /// Mutes the domains for so long; 0 takes it back.
    mutating func mute(_ domains: [DomainName], seconds: Int, _ effects: inout [Effect]) {
        let until = seconds > 0 ? now.addingTimeInterval(Double(seconds)) : nil
        effects.append(.mute(domains, until: until))
        let what = domains.count == 1 ? domains[0].text : "\(domains.count) domains"
        let end = until.map { "muted until \(Moment($0).relative(to: Moment(now)).drop { $0 == " " })" }
        say("\(what): \(end ?? "rings again, unless the list mutes it")")
    }

    mutating func openSort() {
        let items = SortColumn.allCases.map {
            Menu.Item(key: $0.rawValue.first.map { $0 }, label: $0.rawValue, value: $0.rawValue)
        }
        let here = SortColumn.allCases.firstIndex(of: fleet.arrangement.column) ?? 0
        overlay = .menu(Menu(kind: .sort, title: "Sort by", items: Menu.distinct(items), selection: here))
    }

    mutating func openColumns(at selection: Int = 0) {
        let items = OverviewColumn.allCases.filter { $0 != .domain }.map { column in
            Menu.Item(
                key: nil, label: (hiddenColumns.contains(column) ? "[ ] " : "[x] ") + column.rawValue,
                value: column.rawValue)
        }
        overlay = .menu(Menu(kind: .columns, title: "Columns, as far as they fit", items: items, selection: selection))
    }

    mutating func openThemes() {
        let items = themes.map { Menu.Item(key: nil, label: $0, value: $0) }
        let here = themes.firstIndex(of: theme.name) ?? 0
        overlay = .menu(Menu(kind: .theme(before: theme), title: "Theme", items: items, selection: here))
    }

    mutating func openCopy() {
        guard let row = currentRow else { return say("no domain to copy") }
        // Pasted into a shell, a line end would run what follows it: hence escaped.
        let fix = FixView.fixText(row) ?? ""
        var items = [
            Menu.Item(key: "d", label: "domain", value: row.domain.text),
            Menu.Item(
                key: "w", label: "why, one line",
                value: "\(row.domain) \(row.state.word) \(Escaped.text(row.facts.why))"),
            Menu.Item(key: "c", label: "command to look again", value: "stswatch check \(row.domain)"),
        ]
        if row.status?.assessment != nil {
            items.append(Menu.Item(key: "J", label: "JSON, all that is known", value: Menu.report))
        }
        if isPlanning, let plan {
            items.append(Menu.Item(key: "p", label: "command that plans this", value: plan.request.command))
        }
        if !fix.isEmpty { items.insert(Menu.Item(key: "f", label: "fix", value: Escaped.text(fix)), at: 2) }
        overlay = .menu(Menu(kind: .copy(row.domain), title: "Copy: \(row.domain)", items: items))
    }

    /// Writes the verdicts of all that is shown; rows that only an older run saw have none yet.
    mutating func export(_ name: String, _ effects: inout [Effect]) {
        let domains = fleet.order.map { fleet.rows[Int($0)] }.filter { $0.status?.assessment != nil }.map(\.domain)
        guard !domains.isEmpty else { return say("nothing to export: no domain here has a verdict yet", isError: true) }
        let name = name.isEmpty ? "stswatch-export-\(Moment(now).compact)" : name
        effects.append(.export(name: name, domains))
    }

    /// The last verdict of a domain and what it rests on; nil where this run has none.
    public func status(of domain: DomainName) -> DomainStatus? { fleet.row(of: domain)?.status }

    /// The changes of a domain that are known, newest first.
    public func changes(of domain: DomainName) -> [Change] { log.changes(of: domain, limit: HistoryTimeline.limit) }

    /// Shows what is wrong with the list and the resolver, whole.
    mutating func openRemarks() {
        var suspicion: String?
        if case .suspect(let reason, _) = network { suspicion = "network: " + reason }
        let remarks =
            [
                suspicion, resolverRemark.map { "DNS: " + $0 }, noticeTrouble.map { "notices: " + $0 },
                themeTrouble.map { "theme: " + $0 },
            ].compactMap { $0 } + listProblems.map { "list: " + $0 }
        guard !remarks.isEmpty else { return say("no remarks: list and resolver are fine") }
        overlay = .reader(title: "Remarks", lines: remarks, scroll: 0)
    }

    /// Saves the whole of what is shown; who saves twice has two files.
    mutating func save(_ effects: inout [Effect]) {
        if isPlanning, let domain = plan?.request.domain {
            return effects.append(.save(name: "stswatch-\(domain)-plan-\(Moment(now).compact)", text: wholeText))
        }
        let what =
            detailRow.map { "\($0.domain)-\(detail?.tab.shortName.lowercased() ?? "")" }
            ?? (showsGroups ? "groups" : "overview")
        effects.append(.save(name: "stswatch-\(what)-\(Moment(now).compact)", text: wholeText))
    }

    /// The whole of what is shown, as text: without a cut at the edge of the screen.
    var wholeText: String {
        let lines: [String]
        if isPlanning, let plan {
            let content = PlanView.content(self, width: 100)
            let parts = content.upper + [.empty, StyledLine(content.divider)] + content.lower
            lines = [plan.request.command, ""] + parts.map(\.plain)
        } else if let content = DetailView.content(self, width: 100) {
            let head = detailRow.map { "\($0.domain) \($0.state.word)  \($0.facts.why)" } ?? ""
            lines = [Escaped.text(head), ""] + (content.upper + content.lower).map(\.plain)
        } else {
            lines = OverviewText.lines(self)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Menu {
    /// Stands for the whole verdict, which is made only when it is asked for.
    static let report = "JSON"

    /// The items with the first of their letters as key that no earlier one has.
    static func distinct(_ items: [Item]) -> [Item] {
        var used: Set<Character> = ["j", "k"]
        return items.map { item in
            let key = item.label.first { $0.isLetter && !used.contains($0) }
            if let key { used.insert(key) }
            return Item(key: key, label: item.label, value: item.value)
        }
    }
}
