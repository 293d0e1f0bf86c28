import Cells
import MTASTS

extension Model {
    /// A click selects what it hits, the wheel scrolls what it is over; under a menu or a prompt neither means anything.
    mutating func take(_ event: MouseEvent) {
        guard isMouseOn, overlay == nil, prompt == nil, ScreenClass(size) != .counts, !isWall else { return }
        switch event.action {
        case .wheelUp: scroll(by: -3, at: event.position)
        case .wheelDown: scroll(by: 3, at: event.position)
        case .press, .doubleClick: click(event.position)
        case .release, .secondary: break
        }
    }

    private mutating func scroll(by step: Int, at point: Point) {
        if isPlanning {
            scrollPlan(by: step)
        } else if detail != nil {
            for _ in 0..<abs(step) { performOnDetail(step > 0 ? .moveDown : .moveUp) }
        } else if OverviewFrame(self, size: size).changes.contains(point) {
            selectChange((selectedChangePlace ?? 0) + step)
        } else if showsGroups {
            selectGroup((selectedGroupPlace ?? 0) + step)
        } else {
            select((selectedPosition ?? 0) + step)
        }
    }

    private mutating func click(_ point: Point) {
        guard detail == nil, !isPlanning else { return }
        let frame = OverviewFrame(self, size: size)
        if frame.table.contains(point) {
            pane = .table
            let line = point.y - frame.table.y
            if showsGroups {
                let top = Model.scrolled(
                    groupTop, to: selectedGroupPlace ?? 0, of: groups.count, height: frame.table.height)
                if groups.indices.contains(top + line) { selectGroup(top + line) }
            } else if fleet.row(at: top + line) != nil {
                select(top + line)
            }
        } else if frame.changes.contains(point), log.change(at: changeTop + point.y - frame.changes.y) != nil {
            pane = .changes
            selectChange(changeTop + point.y - frame.changes.y)
        }
    }
}
