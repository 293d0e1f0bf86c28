import Cells
import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// Gives a key to the topmost thing that takes keys.
    mutating func take(_ key: Key, _ effects: inout [Effect]) {
        if case .mouse(let event) = key { return take(event) }
        // What gives the terminal back works everywhere, unless its key may be meant as text.
        if !key.isText, let action = keymap.action(for: key), [.quit, .redraw, .suspend].contains(action) {
            return perform(action, &effects)
        }
        if overlay != nil { return takeOverlay(key, &effects) }
        if prompt != nil { return takePrompt(key, &effects) }
        // Where only the counts are seen, a blind key must not change anything.
        if ScreenClass(size) == .counts {
            if let action = keymap.action(for: key), [.quit, .quitView].contains(action) { effects.append(.quit) }
            return
        }
        notice = nil
        guard let action = keymap.action(for: key) else {
            if case .paste = key { return }
            return say("\(key.label) does nothing here; \(label(of: .help)) shows the keys")
        }
        perform(action, &effects)
    }

    /// True while a line is typed: what is pasted then is text.
    public var takesText: Bool {
        if case .help? = overlay { return true }
        return overlay == nil && prompt != nil
    }

    /// The first key of an action, or its name where it has none.
    func label(of action: Action) -> String { keymap.keys(for: action).first?.label ?? action.rawValue }

    private mutating func perform(_ action: Action, _ effects: inout [Effect]) {
        switch action {
        case .quit: effects.append(.quit)
        case .wall: toggleWall()
        case .plan where !isWall: togglePlan()
        case .quitView where isWall: isWall = false
        case .quitView where isPlanning: closePlan()
        case .quitView: if detail != nil { close() } else { effects.append(.quit) }
        case .redraw: effects.append(.redraw)
        case .suspend: effects.append(.suspend)
        case .help: overlay = .help(query: LineInput(), scroll: 0)
        case .command: prompt = Prompt(kind: .command(recalled: nil), input: LineInput())
        case .themes: openThemes()
        case .remarks: openRemarks()
        case .pause: togglePause()
        case .recheck where !isWall && !isPlanning: recheck(targets, &effects)
        case .recheckAll: recheckAll(&effects)
        case .acknowledge where !isWall: acknowledgeTargets(&effects)
        case .acknowledgeAll: acknowledge(log.markedIDs(), &effects)
        case .mute where !isWall: openMute()
        case .group: openGrouping()
        case .columns: openColumns()
        case .mouse:
            isMouseOn.toggle()
            effects.append(.mouse(isMouseOn))
            say(isMouseOn ? "mouse on: click selects, wheel scrolls; Shift for the terminal's own" : "mouse off")
        case .copy where !isWall: openCopy()
        case .pager where !isWall: effects.append(.openPager(wholeText))
        case .save where !isWall: save(&effects)
        case .filter:
            detail = nil
            isPlanning = false
            isWall = false
            prompt = Prompt(
                kind: .filter(before: fleet.arrangement.filter), input: LineInput(fleet.arrangement.filter.text))
        default:
            if isWall {
                performOnWall(action)
            } else if isPlanning {
                performOnPlan(action, &effects)
            } else if detail == nil {
                performOnOverview(action)
            } else {
                performOnDetail(action)
            }
        }
    }

    private mutating func performOnOverview(_ action: Action) {
        if showsGroups, pane == .table, performOnGroups(action) { return }
        switch action {
        case .open, .tabSummary: open(.summary)
        case .tabPolicy: open(.policy)
        case .tabHosts: open(.hosts)
        case .tabCertificates: open(.certificates)
        case .tabHistory: open(.history)
        case .tabTrace: open(.trace)
        case .back: unwind()
        case .otherPane: switchPane()
        case .mark: markCurrent()
        case .problemsOnly: toggleProblems()
        case .sort: openSort()
        case .sortPrevious: arrange { $0.sort(by: $0.column.stepped(by: -1)) }
        case .sortNext: arrange { $0.sort(by: $0.column.stepped(by: 1)) }
        case .invert: arrange { $0.isInverted.toggle() }
        case .panLeft: pan = max(0, min(pan, mostPan) - 8)
        case .panRight: pan = min(mostPan, pan + 8)
        case .nextProblem: moveToProblem(by: 1)
        case .previousProblem: moveToProblem(by: -1)
        default: move(action)
        }
    }

    /// One step on or back in what is focused.
    private mutating func move(_ action: Action) {
        let frame = OverviewFrame(self, size: size)
        let isTable = pane == .table
        let count = isTable ? fleet.shown : log.count
        let here = (isTable ? selectedPosition : selectedChangePlace) ?? 0
        let page = max(1, (isTable ? frame.table.height : frame.changes.height) - 1)
        let target: Int
        switch action {
        case .moveDown, .nextDomain: target = here + 1
        case .moveUp, .previousDomain: target = here - 1
        case .moveTop: target = 0
        case .moveBottom: target = count - 1
        case .pageDown: target = here + page
        case .pageUp: target = here - page
        case .halfPageDown: target = here + max(1, page / 2)
        case .halfPageUp: target = here - max(1, page / 2)
        default: return
        }
        if isTable { select(target) } else { selectChange(target) }
    }

    private mutating func moveToProblem(by step: Int) {
        pane = .table
        let count = fleet.shown
        guard count > 0 else { return }
        var position = selectedPosition ?? 0
        for _ in 0..<count {
            position = (position + step + count) % count
            if fleet.row(at: position)?.isProblem == true { return select(position) }
        }
        say("no problems \(fleet.arrangement.hides ? "in what is shown" : "anywhere")")
    }

    private mutating func switchPane() {
        let frame = OverviewFrame(self, size: size)
        guard pane == .table else {
            pane = .table
            return
        }
        guard !frame.changes.isEmpty else { return say("the changes need 16 rows") }
        pane = .changes
        if changeCursor == nil { selectChange(0) }
    }

    /// Marks or unmarks, and goes on to the next, so that holding the key marks a run.
    private mutating func markCurrent() {
        guard pane == .table, let row = selectedRow, let position = selectedPosition else { return }
        fleet.setMark(!row.isMarked, of: row.domain)
        select(position + 1)
    }

    private mutating func toggleProblems() {
        arrange { $0.problemsOnly.toggle() }
        pane = .table
        if cursor.flatMap({ fleet.position(of: $0) }) == nil { select(0) }
    }

    /// Esc on the overview: takes away one thing at a time, and never leaves.
    private mutating func unwind() {
        if pane == .changes {
            pane = .table
        } else if fleet.arrangement.isNarrowed {
            arrange {
                $0.filter = .all
                $0.problemsOnly = false
            }
        } else if fleet.arrangement.group != nil {
            leaveGroup()
        } else if pan > 0 {
            pan = 0
        } else {
            fleet.clearMarks()
        }
    }

    private mutating func open(_ tab: Detail.Tab) {
        guard let row = focusedRow else { return say("no domain to open") }
        if pane == .table, let position = selectedPosition { select(position) }
        detail = Detail(domain: row.domain, tab: tab)
        pan = 0
    }
}

extension Key {
    /// True for what a line that is typed takes as text.
    var isText: Bool {
        switch self {
        case .character, .paste: true
        default: false
        }
    }
}
