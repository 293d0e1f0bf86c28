import Cells
import Deliverability
import FoundationEssentials
import MTASTS

extension Model {
    /// The position under the cursor; nil where the table is empty.
    var selectedPosition: Int? {
        guard fleet.shown > 0 else { return nil }
        guard let cursor else { return 0 }
        return fleet.position(of: cursor) ?? min(cursorPosition, fleet.shown - 1)
    }

    /// The row under the cursor.
    var selectedRow: Row? { selectedPosition.flatMap { fleet.row(at: $0) } }

    /// The place of the change under the cursor, the newest at 0; nil where there are none.
    var selectedChangePlace: Int? {
        guard log.count > 0 else { return nil }
        return changeCursor.flatMap { log.place(of: $0) } ?? 0
    }

    /// The row that the side pane, the fix line and Enter mean: the cursor's, or that of the change under it.
    var focusedRow: Row? {
        if pane == .table, showsGroups { return selectedGroup.flatMap { fleet.row(of: $0.first) } }
        if pane == .changes, let change = selectedChangePlace.flatMap({ log.change(at: $0) }),
            let row = fleet.row(of: change.domain)
        {
            return row
        }
        return selectedRow
    }

    /// The row that the detail shows.
    var detailRow: Row? { detail.flatMap { fleet.row(of: $0.domain) } }

    /// The row that commands on one domain mean on this screen.
    var currentRow: Row? { isPlanning ? planRow : detail == nil ? focusedRow : detailRow }

    /// The domains that a command means: the marked ones, else the current one.
    var targets: [DomainName] {
        if showsGroups, detail == nil, !isPlanning, !isWall, pane == .table, let group = selectedGroup?.key {
            return fleet.order.map { fleet.rows[Int($0)] }.filter { $0.groups(by: group.grouping).contains(group.name) }
                .map(\.domain)
        }
        let marked = detail == nil && !isPlanning ? fleet.rows.filter(\.isMarked).map(\.domain) : []
        return marked.isEmpty ? currentRow.map { [$0.domain] } ?? [] : marked
    }

    /// Puts the cursor on a position, as near as there is one, and into view.
    mutating func select(_ position: Int) {
        guard fleet.shown > 0 else { return }
        let bounded = min(max(0, position), fleet.shown - 1)
        isCursorMoved = true
        cursor = fleet.row(at: bounded)?.domain
        cursorPosition = bounded
        showCursor()
    }

    mutating func selectChange(_ place: Int) {
        guard log.count > 0 else { return }
        changeCursor = log.change(at: min(max(0, place), log.count - 1))?.id
        showCursor()
    }

    /// Keeps the cursor's domain under the cursor and the cursor in view, whatever became of order and size.
    mutating func followCursor() {
        if !isCursorMoved {
            placeCursor()
        } else if let cursor {
            if let position = fleet.position(of: cursor) {
                cursorPosition = position
            } else if fleet.shown > 0 {
                // Its domain is hidden: what stands there now has the cursor.
                cursorPosition = min(cursorPosition, fleet.shown - 1)
                self.cursor = fleet.row(at: cursorPosition)?.domain
            }
        }
        showCursor()
    }

    /// Until somebody moves, the cursor is on the worst. Once every domain was looked at it stays with that problem
    /// through every re-sort: who reads it and opens it must not get another. When that is mended, or has sunk below
    /// the first screen, what is worst by then is on top and has the cursor: a wall of news must not hide itself.
    private mutating func placeCursor() {
        let height = OverviewFrame(self, size: size).table.height
        if let cursor, let position = fleet.position(of: cursor), position < height,
            fleet.row(at: position)?.isProblem == true
        {
            cursorPosition = position
            return
        }
        cursorPosition = 0
        let worst = fleet.row(at: 0)
        cursor = progress?.isSweeping == false && worst?.isProblem == true ? worst?.domain : nil
    }

    private mutating func showCursor() {
        let frame = OverviewFrame(self, size: size)
        // A pane that has no room cannot have the keys.
        if frame.changes.isEmpty { pane = .table }
        top = Model.scrolled(top, to: selectedPosition ?? 0, of: fleet.shown, height: frame.table.height)
        // The newest is to be seen, unless somebody reads in the pane.
        changeTop =
            pane == .changes
            ? Model.scrolled(changeTop, to: selectedChangePlace ?? 0, of: log.count, height: frame.changes.height) : 0
    }

    /// The nearest top at which `selected` is in view and no room is wasted.
    static func scrolled(_ top: Int, to selected: Int, of count: Int, height: Int) -> Int {
        guard height > 0, count > 0 else { return 0 }
        let visible = min(max(top, selected - height + 1), selected)
        return min(max(0, visible), max(0, count - height))
    }
}
