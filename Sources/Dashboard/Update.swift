import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// Changes the model by one message; pure. What is to be done outside comes back as effects, in order.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
    var effects: [Effect] = []
    switch message {
    case .key(let key):
        model.restsUntil = model.now.addingTimeInterval(Model.restSeconds)
        model.take(key, &effects)
    case .resized(let size): model.size = size
    case .tick(let now): model.tick(now)
    case .listed(let list, let remembered): model.take(list: list, remembered)
    case .listProblems(let problems): model.listProblems = problems
    case .noticeTrouble(let trouble): model.noticeTrouble = trouble
    case .themeTrouble(let trouble):
        model.themeTrouble = trouble
        model.say(trouble, isError: true)
    case .assessed(let statuses): model.take(statuses)
    case .remembered(let statuses, let changes):
        model.fleet.remember(statuses)
        _ = model.log.take(changes)
    case .history(let remark): model.historyRemark = remark
    case .changed(let changes): model.take(changes)
    case .rings(let changes): model.ring(changes)
    case .progress(let done, let total, let perSecond):
        var progress = Model.Progress(done: done, total: total, perSecond: perSecond)
        // A list that grows is a sweep of its own.
        let known = model.progress.flatMap { $0.total == total && $0.done <= done ? $0.began : nil }
        progress.began = progress.isSweeping ? known ?? .init(at: model.now, done: done) : nil
        model.progress = progress
    case .rhythm(let every, let problems): model.rhythm = Model.Rhythm(every: every, problems: problems)
    case .network(let condition): model.network = condition
    case .resolver(let remark): model.resolverRemark = remark
    case .notice(let text): model.say(text)
    case .themes(let names):
        model.themes = [Theme.auto.name] + names.filter { $0 != Theme.auto.name }
    case .themeLoaded(let theme):
        model.theme = theme
        model.theme.isMono = model.isMono
        model.themeTrouble = nil
    case .planned(let request, let answer): model.take(request, answer)
    case .historyLoaded(let domain, let answer): model.take(answer, of: domain)
    }
    model.tellUnseen()
    model.settle()
    model.tellGroups()
    model.followCursor()
    model.askHistory(&effects)
    model.announce(&effects)
    return effects
}

extension Model {
    /// Shows one line to the operator for a while.
    mutating func say(_ text: String, isError: Bool = false) {
        notice = Notice(text: text, isError: isError, until: now.addingTimeInterval(Model.noticeSeconds))
    }

    mutating func tick(_ moment: Date) {
        let hourBefore = Moment.seconds(now) / 3_600
        now = moment
        if let until = notice?.until, until <= now { notice = nil }
        // Certificates run down while nothing else happens.
        if fleet.arrangement.filter.dependsOnTime, Moment.seconds(now) / 3_600 != hourBefore {
            fleet.arrange(fleet.arrangement, now: now)
        }
    }

    mutating func take(list: [WatchedDomain], _ remembered: [RememberedStatus]) {
        hasList = true
        fleet.replace(by: list, remembering: remembered, now: now)
        unseenTold = nil
        if planRow == nil {
            plan = nil
            isPlanning = false
        }
        if let detail, fleet.row(of: detail.domain) == nil {
            self.detail = nil
            say("\(detail.domain) is no longer on the list")
        }
    }

    mutating func take(_ statuses: [DomainStatus]) {
        guard pause == nil else {
            for status in statuses { pause?.statuses[status.domain] = status }
            return
        }
        fleet.take(statuses, now: now)
    }

    mutating func take(_ changes: [Change]) {
        guard pause == nil else {
            for change in changes { pause?.changes[change.id] = change }
            return
        }
        _ = log.take(changes)
    }

    /// Who calls is the engine's word: what is muted or flaps is in the log all the same.
    mutating func ring(_ changes: [Change]) {
        if changes.contains(where: { $0.stateAfter == .bouncing && $0.stateBefore != .bouncing }) { bellIsDue = true }
    }

    mutating func togglePause() {
        guard let held = pause else {
            pause = Pause(since: now)
            return
        }
        pause = nil
        fleet.take(Array(held.statuses.values), now: now)
        _ = log.take(held.changes.values.sorted { $0.id < $1.id })
        // Who asks for the news wants to see it in its place.
        restsUntil = nil
    }

    /// Keeps the rows' word on what nobody has seen yet; looks at the rows only where the log has changed.
    mutating func tellUnseen() {
        guard unseenTold != log.markedVersion, pause == nil else { return }
        unseenTold = log.markedVersion
        let marked = log.marked
        fleet.setUnseen { marked[$0] != nil }
    }

    /// Sorts what changed into its place, unless somebody is typing.
    mutating func settle() {
        guard fleet.isUnsettled, pause == nil else { return }
        if let until = restsUntil, now < until, until.timeIntervalSince(now) <= Model.restSeconds { return }
        fleet.settle(now: now)
    }

    /// Sorts and filters as asked, at once: the hand that types wants to see it.
    mutating func arrange(_ change: (inout Arrangement) -> Void) {
        var arrangement = fleet.arrangement
        change(&arrangement)
        guard arrangement != fleet.arrangement else { return }
        fleet.arrange(arrangement, now: now)
        groupsKnown = nil
    }

    /// Rings for new bounces, once a second at most, and keeps the terminal's title.
    mutating func announce(_ effects: inout [Effect]) {
        if bellIsDue, lastBell.map({ now.timeIntervalSince($0) >= 1 || now < $0 }) ?? true {
            bellIsDue = false
            lastBell = now
            effects.append(.bell)
        }
        // The title calls as the bell does: what somebody works on already calls nobody.
        let words = [DomainState.bouncing, .risk].compactMap { state in
            let calling = fleet.count(state) - fleet.mutedCount(state)
            return calling > 0 ? "\(state.glyph)\(calling)" : nil
        }
        let wanted = (["stswatch"] + words).joined(separator: " ")
        if wanted != title {
            title = wanted
            effects.append(.title(wanted))
        }
    }
}
