import Cells
import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// True while the table shows groups in place of domains.
    var showsGroups: Bool { grouping != nil && fleet.arrangement.group == nil }

    /// The group under the cursor; nil where none are shown.
    var selectedGroup: GroupLine? {
        selectedGroupPlace.map { groups[$0] }
    }

    var selectedGroupPlace: Int? {
        guard showsGroups, !groups.isEmpty else { return nil }
        return groupCursor.flatMap { key in groups.firstIndex { $0.key == key } } ?? min(groupPlace, groups.count - 1)
    }

    mutating func openGrouping() {
        let items = [
            Menu.Item(key: "t", label: "by tag", value: Grouping.tag.rawValue),
            Menu.Item(key: "p", label: "by provider (MX hosts)", value: Grouping.provider.rawValue),
            Menu.Item(key: "n", label: "not at all", value: ""),
        ]
        let here = grouping == .tag ? 0 : grouping == .provider ? 1 : 2
        overlay = .menu(Menu(kind: .grouping, title: "Group", items: items, selection: here))
    }

    mutating func group(by grouping: Grouping?) {
        self.grouping = grouping
        groupCursor = nil
        groupPlace = 0
        groupsKnown = nil
        detail = nil
        arrange { $0.group = nil }
        if grouping == nil { select(selectedPosition ?? 0) }
    }

    /// Counts the groups anew where a row has changed; like the order, not under a hand that types.
    mutating func tellGroups() {
        guard let grouping, showsGroups, groupsKnown != fleet.version, pause == nil || groupsKnown == nil else {
            return
        }
        if groupsKnown != nil, let until = restsUntil, now < until, until.timeIntervalSince(now) <= Model.restSeconds {
            return
        }
        groupsKnown = fleet.version
        let rows = fleet.rows
        groups = GroupLine.all(of: fleet.order.lazy.map { rows[Int($0)] }, by: grouping)
        if let place = selectedGroupPlace, groupCursor != nil { selectGroup(place) }
    }

    mutating func selectGroup(_ place: Int) {
        guard !groups.isEmpty else { return }
        groupPlace = min(max(0, place), groups.count - 1)
        groupCursor = groups[groupPlace].key
        let height = OverviewFrame(self, size: size).table.height
        groupTop = Model.scrolled(groupTop, to: groupPlace, of: groups.count, height: height)
    }

    /// - Returns: false for what means the same as without groups.
    mutating func performOnGroups(_ action: Action) -> Bool {
        let here = selectedGroupPlace ?? 0
        let page = max(1, OverviewFrame(self, size: size).table.height - 1)
        switch action {
        case .moveDown, .nextDomain: selectGroup(here + 1)
        case .moveUp, .previousDomain: selectGroup(here - 1)
        case .moveTop: selectGroup(0)
        case .moveBottom: selectGroup(groups.count - 1)
        case .pageDown: selectGroup(here + page)
        case .pageUp: selectGroup(here - page)
        case .halfPageDown: selectGroup(here + max(1, page / 2))
        case .halfPageUp: selectGroup(here - max(1, page / 2))
        case .open:
            guard let group = selectedGroup else { break }
            selectGroup(here)
            arrange { $0.group = group.key }
            select(0)
        case .back where !fleet.arrangement.isNarrowed: group(by: nil)
        case .sort, .sortPrevious, .sortNext, .invert:
            say("groups stand by what is worst in them; \(label(of: .open)) opens one, to sort its domains")
        case .mark, .nextProblem, .previousProblem, .tabSummary, .tabPolicy, .tabHosts, .tabCertificates,
            .tabHistory, .tabTrace:
            say("\(label(of: .open)) opens the group, \(label(of: .back)) leaves the groups")
        default: return false
        }
        return true
    }

    /// From one group back to all of them.
    mutating func leaveGroup() {
        arrange { $0.group = nil }
        groupsKnown = nil
    }
}
