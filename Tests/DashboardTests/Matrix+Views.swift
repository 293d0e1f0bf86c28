import Cells
import Deliverability
import FoundationEssentials
import MTASTS

@testable import Dashboard

extension Matrix {
    /// Every view, pane, tab, menu, question and prompt, and every state that a view says something of.
    enum View: String, CaseIterable, Sendable {
        case overview, changes, groups, wall, summary, policy, hosts, certificates, history, trace, plan, help
        case oneGroup = "one group"
        case problemsOnly = "problems only"
        case noMatch = "no match"
        case marks
        case mutedSummary = "muted summary"

        case loading, remembered, offline, paused, warned
        case offlineSummary = "offline summary"
        case firstLook = "first look"

        case historyReading = "history reading"
        case historyUnkept = "history unkept"
        case historyFailed = "history failed"
        case otherSender = "other sender"
        case planRunning = "plan running"
        case planJudged = "plan judged"
        case planFailed = "plan failed"

        case sortMenu = "sort menu"
        case groupMenu = "group menu"
        case columnsMenu = "columns menu"
        case themeMenu = "theme menu"
        case copyMenu = "copy menu"
        case muteMenu = "mute menu"
        case remarks
        case confirm
        case confirmRecheck = "confirm recheck"
        case helpSearch = "help search"

        case filterPrompt = "filter prompt"
        case commandPrompt = "command prompt"
        case planPrompt = "plan prompt"
        case planError = "plan error"

        func open(_ model: inout Model, _ content: Content) {
            switch self {
            case .overview: break
            case .changes: model.type("tab")
            case .groups: model.type("t", "t")
            case .wall: model.type("W")
            case .summary: model.type("1")
            case .policy: model.type("2")
            case .hosts: model.type("3")
            case .certificates: model.type("4")
            case .history, .historyReading, .historyUnkept, .historyFailed: openHistory(&model, content)
            case .trace: model.type("6")
            case .plan: model.type("w")
            case .help: model.type("?")
            case .oneGroup: model.type("t", "t", "enter")
            case .problemsOnly: model.type("!", ">", "I")
            case .noMatch:
                model.type("/")
                model.write("cert<x nosuch")
                model.type("enter")
            case .marks:
                mute(&model)
                model.type("space", "space", "a")
            case .mutedSummary:
                mute(&model)
                model.type("1")

            case .loading, .remembered, .firstLook: restart(&model, content)
            case .offline, .offlineSummary:
                model.tell(.network(.suspect(reason: "no DNS, no control host", since: Sample.ago(185))))
                if self == .offlineSummary { model.type("1") }
            case .paused:
                model.type("p")
                model.tell(
                    .changed(
                        model.fleet.rows.suffix(2).enumerated().map { number, row in
                            Sample.change(90 + number, row.domain.text, .ok, .bouncing, content.typed, ago: 1)
                        }))
            case .warned:
                model.tell(
                    .resolver("answers are not validated"), .history("LOOKING ON: process 4711 polls"),
                    .network(.clockSuspect(minutesBehind: 7, hosts: 3)),
                    .listProblems(["line 3: \(content.typed) is no name"]))
                model.type(":")
                model.write("remove " + content.typed)
                model.type("enter")

            case .otherSender: model.type("6", "l", "l")
            case .planRunning, .planJudged, .planFailed: openPlan(&model, content)

            case .sortMenu: model.type("s")
            case .groupMenu: model.type("t")
            case .columnsMenu: model.type("c", "enter", "j")
            case .themeMenu: model.type("T", "j")
            case .copyMenu: model.type("y")
            case .muteMenu: model.type("M")
            case .remarks:
                model.tell(
                    .resolver("answers are not validated"), .listProblems(["line 3: \(content.typed) is no name"]))
                model.type("L")
            case .confirm:
                model.type(":")
                model.write("remove")
                model.type("enter")
            case .confirmRecheck: model.type("R")
            case .helpSearch:
                model.type("?")
                model.write(content == .normal ? "ma" : content.typed)

            case .filterPrompt:
                model.type("/")
                model.write(content.typed)
            case .commandPrompt:
                model.type(":")
                model.write("add " + content.typed)
            case .planPrompt, .planError:
                model.type("w")
                model.walk(to: "as published now")
                model.type("enter")
                model.write(content.typed)
                if self == .planError { model.type("enter") }
            }
        }

        var isDetail: Bool {
            [
                .summary, .policy, .hosts, .certificates, .history, .trace, .mutedSummary, .offlineSummary, .firstLook,
                .historyReading, .historyUnkept, .historyFailed, .otherSender,
            ].contains(self)
        }
        var isTyping: Bool { [.planPrompt, .filterPrompt, .commandPrompt].contains(self) }

        private func openHistory(_ model: inout Model, _ content: Content) {
            for case .loadHistory(let domain) in model.type("5") {
                let history = Matrix.history(of: domain.text, content)
                switch self {
                case .historyReading: break
                case .historyUnkept:
                    model.tell(.historyLoaded(domain, .unkept(nil, remedy: "give --state-dir DIR to keep it.")))
                case .historyFailed:
                    model.tell(.historyLoaded(domain, .failed("The history cannot be read: \(content.typed)")))
                default: model.tell(.historyLoaded(domain, .kept(history)))
                }
            }
        }

        /// The first domain is worked on, the second one flaps.
        private func mute(_ model: inout Model) {
            let told = model.fleet.order.prefix(2).compactMap { model.fleet.rows[Int($0)].status }
            model.tell(
                .assessed(
                    told.enumerated().map { number, status in
                        DomainStatus(
                            domain: status.domain, tags: status.tags, assessment: status.assessment,
                            evidence: status.evidence, stateSince: status.stateSince,
                            nextCheckAt: status.nextCheckAt, turnsLastHour: number == 1 ? 6 : nil,
                            isMuted: number == 0, mutedUntil: number == 0 ? Sample.now.addingTimeInterval(3_600) : nil)
                    }))
        }

        /// The same list, of which less is known yet.
        private func restart(_ model: inout Model, _ content: Content) {
            let rows = model.fleet.rows
            let known = rows.prefix((rows.count + 2) / 3)
            var fresh = Sample.model([.resized(model.size), .rhythm(every: 300, problems: 60)])
            // Without any domain there is not even a list yet.
            if content != .empty || self != .loading { fresh.tell(.listed(rows.map(\.watched))) }
            switch self {
            case .loading:
                fresh.tell(
                    .assessed(known.compactMap(\.status)),
                    .progress(done: known.count, total: rows.count, perSecond: rows.count > 100 ? 33 : 0.02))
            case .remembered:
                fresh.tell(
                    .remembered(
                        known.map {
                            RememberedStatus(domain: $0.domain, digest: $0.facts, stateSince: $0.stateSince)
                        }, known.prefix(1).map { Sample.change(1, $0.domain.text, .ok, .bouncing, "gone", ago: 9_000) }
                    ), .progress(done: 0, total: rows.count, perSecond: 0))
            default: fresh.type("1")
            }
            model = fresh
        }

        /// One host goes, one comes, and so does a new id.
        private func openPlan(_ model: inout Model, _ content: Content) {
            model.type("w", "enter")
            model.walk(to: "add or move a host")
            model.type("enter")
            model.write("10:mx3.\(content == .long ? Sample.longName.dropFirst(8) : "relay.example")")
            model.type("enter")
            model.walk(to: "as published now")
            model.type("enter")
            model.write("20261124T1")
            for case .plan(let request, _) in model.type("enter") {
                switch self {
                case .planJudged:
                    if let status = model.planRow?.status, let plan = Sample.answer(request, over: status) {
                        model.tell(.planned(request, .plan(plan)))
                    }
                case .planFailed:
                    model.tell(.planned(request, .failed("\(content.typed): no such file, or not one to be read.")))
                default: break
                }
            }
        }
    }

    private static func history(of domain: String, _ content: Content) -> DomainHistory {
        var history = Sample.month(of: domain)
        if content == .hostile {
            let evil = "\u{1b}[2J\u{202e}kcatta\u{7}"
            history.policies.insert(
                .init(Sample.policy(evil, mode: evil), firstSeen: Sample.ago(9), lastSeen: Sample.ago(1), goneAt: nil),
                at: 0)
            history.changes.insert(Sample.change(99, domain, .ok, .risk, evil, ago: 8, acknowledged: true), at: 0)
        }
        if content == .many {
            history.changes = (0..<10_000).reversed().map {
                Sample.change($0, domain, .ok, .risk, "turn \($0)", ago: Double(20_000 - $0), acknowledged: true)
            }
        }
        return history
    }
}
