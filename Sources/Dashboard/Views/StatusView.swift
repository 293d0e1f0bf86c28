//   10000 domains  sort:severity  filter:-                  every 5m  33/s  LIVE
//   10000 domains  checking 1240/10000 [####...........] about 4m left

import Cells
import Deliverability
import FoundationEssentials

/// The second line: what is shown, in which order, and how the watcher itself is doing.
enum StatusView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        let left = left(model)
        var right = right(model, width: area.width)
        // What is hidden from view is worth more than a guess at the time left.
        if left.width + right.width + 4 > area.width { right = self.right(model, width: area.width, isShort: true) }
        let rightWidth = right.width
        let inner = Rect(x: area.x + 1, y: area.y, width: max(0, area.width - rightWidth - 4), height: 1)
        painter.put(left, in: inner)
        let start = area.maxX - rightWidth - 1
        painter.put(right, in: Rect(x: max(area.x, start), y: area.y, width: rightWidth, height: 1))
    }

    private static func left(_ model: Model) -> StyledLine {
        var line = StyledLine()
        let arrangement = model.fleet.arrangement
        if model.network.isSuspect {
            // What is wrong with the list, and that rows are hidden, is true offline too.
            let isShort = arrangement.hides || arrangement.group != nil || !model.listProblems.isEmpty
            line.add("States are NOT changed\(isShort ? "" : " while offline"); ", .textStrong)
            line.add("tried again, \(model.label(of: .recheck)) = now")
            addListProblems(model, &line)
            if arrangement.problemsOnly { line.add("  problems only", .inputMatch) }
            addGroup(arrangement, &line)
            if arrangement.hides { addFilter(arrangement, &line) }
            return line
        }
        return shown(model)
    }

    /// What is shown, and in which order.
    static func shown(_ model: Model) -> StyledLine {
        var line = StyledLine()
        let arrangement = model.fleet.arrangement
        let total = model.fleet.rows.count
        line.add("\(total) domain\(total == 1 ? "" : "s")", .textStrong)
        if arrangement.hides || arrangement.group != nil { line.add(", \(model.fleet.shown) shown") }
        let marked = model.fleet.markedCount
        if marked > 0 { line.add("  +\(marked) marked", .rowMarked) }
        // What is wrong and what is hidden, what is told nowhere else first: the rest of the line may be cut.
        if let remark = model.historyRemark { line.add("  \(remark)", .messageInfo) }
        addListProblems(model, &line)
        if arrangement.problemsOnly { line.add("  problems only", .inputMatch) }
        if let remark = model.resolverRemark { line.add("  DNS: \(remark)", .messageError) }
        if let grouping = model.grouping, arrangement.group == nil {
            line.add("  by \(grouping.rawValue), worst first")
        } else {
            line.add("  sort:", .textDim)
            line.add(arrangement.column.rawValue + (arrangement.isInverted ? " (inverted)" : ""))
        }
        addGroup(arrangement, &line)
        addFilter(arrangement, &line)
        return line
    }

    private static func addListProblems(_ model: Model, _ line: inout StyledLine) {
        if model.noticeTrouble != nil { line.add("  notices fail: \(model.label(of: .remarks))", .messageError) }
        if model.themeTrouble != nil { line.add("  theme refused: \(model.label(of: .remarks))", .messageError) }
        guard !model.listProblems.isEmpty else { return }
        let what = model.listProblems.count == 1 ? "1 list problem" : "\(model.listProblems.count) list problems"
        line.add("  \(what): \(model.label(of: .remarks))", .messageError)
    }

    private static func addGroup(_ arrangement: Arrangement, _ line: inout StyledLine) {
        guard let group = arrangement.group else { return }
        line.add("  group:", .textDim)
        line.add(group.label, .inputMatch)
    }

    private static func addFilter(_ arrangement: Arrangement, _ line: inout StyledLine) {
        line.add("  filter:", .textDim)
        if arrangement.filter.text.isEmpty { line.add("-") } else { line.add(arrangement.filter.text, .inputMatch) }
        if let remark = arrangement.filter.remarks.first { line.add("  " + remark, .messageError) }
    }

    private static func right(_ model: Model, width: Int, isShort: Bool = false) -> StyledLine {
        var line = StyledLine()
        let progress = model.progress
        if let progress, progress.isSweeping, !model.network.isSuspect, model.pause == nil {
            line.add("checking \(progress.done)/\(progress.total)", .textStrong)
            if isShort { return line }
            if width >= 100 {
                let share = Double(progress.done) / Double(max(1, progress.total))
                line.add(" " + Sparkline.bar(share, columns: 19))
            }
            if let left = progress.timeLeft(now: model.now) {
                line.add(width >= 80 ? " about \(left) left" : " \(left)")
            }
            return line
        }
        if let rhythm = model.rhythm, width >= 80, !isShort {
            line.add("every \(Lapse.compact(seconds: rhythm.every))")
            if width >= 100, rhythm.problems != rhythm.every {
                line.add(" (problems \(Lapse.compact(seconds: rhythm.problems)))")
            }
            line.add("  ")
        }
        if let progress, progress.perSecond >= 0.5 {
            let rate = Int(min(progress.perSecond, 99_999).rounded())
            line.add(width >= 100 ? "\(rate) checks/s  " : "\(rate)/s  ", .textDim)
        }
        if model.network.isSuspect {
            line.add("OFFLINE", .messageError)
        } else {
            line.add(model.pause == nil ? "LIVE" : "PAUSED", model.pause == nil ? .textStrong : .messageInfo)
        }
        return line
    }
}
