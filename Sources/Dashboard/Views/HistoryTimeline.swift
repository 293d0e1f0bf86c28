//  *24 Nov 12:41:09  RISK -> BOUNCE    certificate expired                   ack: -
//   17 Nov 12:40:00  WARN -> RISK      certificate under 7 days   ack: ak 17 Nov 13:05Z
//   26 Apr 09:00:12  policy            id 20240930T0 -> 20260426T1  max_age 86400 -> 604800

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// What turned and what was published anew, in one order: the cause stands under what followed from it.
enum HistoryTimeline {
    /// More are not drawn.
    static let limit = 300

    struct Event: Sendable {
        let at: Date
        /// What it is about, such as `policy`; of a change the states.
        let kind: String
        let words: StyledLine
        /// Nil for what was published anew.
        let change: Change?
    }

    /// - Parameter known: changes of the domain that the log has; where both know one, the log's is as new.
    static func events(_ history: DomainHistory?, known: [Change]) -> [Event] {
        var byID: [Change.ID: Change] = [:]
        for change in (history?.changes ?? []) + known {
            // Who acknowledged it comes with the store's word.
            if byID[change.id]?.acknowledgedBy != nil, change.acknowledgedBy == nil { continue }
            byID[change.id] = change
        }
        let changes = byID.values.sorted { $0.id > $1.id }
        var events = changes.enumerated().map { place, change in
            let onset = ChangeLog.onset(of: change, among: changes[(place + 1)...])
            return Event(
                at: change.at, kind: "\(change.stateBefore.word) -> \(change.stateAfter.word)",
                words: StyledLine(Words.change(change, onset: onset), Role.change(change)), change: change)
        }
        if let history {
            events += policies(history) + records(history) + mxSets(history)
            events += certificates(history) + tlsa(history)
        }
        return events.enumerated().sorted {
            ($0.element.at, -$0.offset) > ($1.element.at, -$1.offset)
        }.map(\.element)
    }

    private static func policies(_ history: DomainHistory) -> [Event] {
        let runs = Array(history.policies.reversed())
        var events = runs.enumerated().map { place, run in
            Event(
                at: run.firstSeen, kind: "policy",
                words: words(run.value, after: place > 0 ? runs[place - 1].value : nil), change: nil)
        }
        // That nobody asks for the file any more is told of the record.
        let unasked = history.records.first?.goneAt ?? .distantFuture
        if let last = runs.last, let gone = last.goneAt, gone < unasked {
            events.append(
                Event(
                    at: gone, kind: "policy",
                    words: StyledLine("the file under id \(last.value.id) can no longer be had"), change: nil))
        }
        return events
    }

    private static func words(_ policy: DomainHistory.Policy, after old: DomainHistory.Policy?) -> StyledLine {
        let age = policy.maxAge.map(String.init) ?? "-"
        let mode = policy.mode ?? "no policy"
        guard let old else { return StyledLine("id \(policy.id) first seen: \(mode), max_age \(age)") }
        var parts = [policy.id == old.id ? "id \(policy.id) unchanged" : "id \(old.id) -> \(policy.id)"]
        if policy.mode != old.mode { parts.append("mode \(old.mode ?? "no policy") -> \(mode)") }
        if policy.maxAge != old.maxAge { parts.append("max_age \(old.maxAge.map(String.init) ?? "-") -> \(age)") }
        parts += policy.mx.filter { !old.mx.contains($0) }.map { "+mx:\($0)" }
        parts += old.mx.filter { !policy.mx.contains($0) }.map { "-mx:\($0)" }
        if parts.count == 1 { parts.append(policy.bodySHA256 == old.bodySHA256 ? "same text" : "other text") }
        return StyledLine(parts.joined(separator: "  "))
    }

    /// Ids that no version of the policy tells already.
    private static func records(_ history: DomainHistory) -> [Event] {
        let runs = Array(history.records.reversed())
        var events: [Event] = []
        for (place, run) in runs.enumerated() {
            let isTold = history.policies.contains {
                $0.value.id == run.value && abs($0.firstSeen.timeIntervalSince(run.firstSeen)) < Double(Sample.day)
            }
            guard !isTold else { continue }
            let words = place > 0 ? "id \(runs[place - 1].value) -> \(run.value)" : "id \(run.value) first seen"
            events.append(Event(at: run.firstSeen, kind: "record", words: StyledLine(words), change: nil))
        }
        if let last = runs.last, let gone = last.goneAt {
            let words = "id \(last.value) is gone: without it the policy file is not asked for"
            events.append(Event(at: gone, kind: "record", words: StyledLine(words), change: nil))
        }
        return events
    }

    private static func mxSets(_ history: DomainHistory) -> [Event] {
        let runs = Array(history.mxSets.reversed())
        return zip(runs, runs.dropFirst()).map { old, new in
            Event(at: new.firstSeen, kind: "MX", words: difference(old.value, new.value), change: nil)
        }
    }

    /// What came and what went: `+10:mx3.example -20:mx2.example`.
    private static func difference(_ old: [String], _ new: [String]) -> StyledLine {
        var line = StyledLine()
        // A mark and what it is about stay together where the line is broken.
        func joined(_ text: String) -> String { String(text.map { $0 == " " ? ":" : $0 }) }
        for text in new where !old.contains(text) { line.add("+\(joined(text)) ", .diffAdd) }
        for text in old where !new.contains(text) { line.add("-\(joined(text)) ", .diffDelete) }
        return line.pieces.isEmpty ? StyledLine("in another order") : line
    }

    /// Each certificate of a host that came after those that were seen first.
    private static func certificates(_ history: DomainHistory) -> [Event] {
        var first: [DomainName: Date] = [:]
        for run in history.certificates {
            first[run.value.host] = min(first[run.value.host] ?? .distantFuture, run.firstSeen)
        }
        var seen: Set<String> = []
        return history.certificates.sorted { $0.firstSeen < $1.firstSeen }.compactMap { run in
            let value = run.value
            // Its addresses show it one after the other.
            guard seen.insert("\(value.host) \(value.sha256)").inserted,
                run.firstSeen.timeIntervalSince(first[value.host] ?? run.firstSeen) > 3_600
            else { return nil }
            let words = "\(value.host) renewed by \(value.issuer), ends \(Moment(value.notAfter).fullInWords)"
            return Event(at: run.firstSeen, kind: "certificate", words: StyledLine(words), change: nil)
        }
    }

    private static func tlsa(_ history: DomainHistory) -> [Event] {
        Dictionary(grouping: history.tlsa, by: \.value.host).flatMap { host, runs in
            let runs = runs.sorted { $0.firstSeen < $1.firstSeen }
            return zip(runs, runs.dropFirst()).map { old, new in
                var line = StyledLine("\(host) ")
                line.add(difference(old.value.records, new.value.records))
                return Event(at: new.firstSeen, kind: "TLSA", words: line, change: nil)
            }
        }
    }
}

extension HistoryTimeline {
    /// Wider lines would part who has seen a change from what it was.
    static let wide = 120
    private static let momentColumns = 17
    private static let kindColumns = 18

    static func lines(_ event: Event, now: Date, width: Int) -> [StyledLine] {
        let isUnseen = event.change.map(ChangeLog.isMarked) ?? false
        let role = event.change.map(Role.change) ?? .text
        let moment = Moment(event.at)
        let isThisYear = moment.year == Moment(now).year
        var first = StyledLine(isUnseen ? " *" : "  ", .changeUnacknowledged)
        first.add(isThisYear ? "\(moment.dayAndMonth) \(moment.bareClock)" : moment.full, role)
        first.pad(to: momentColumns + 2)
        if let change = event.change {
            first.add("\(change.stateBefore.word) -> ", .textDim)
            first.add(change.stateAfter.word, Role.severity(change.stateAfter))
        } else {
            first.add(event.kind, .textDim)
        }
        let ack = acknowledgement(event.change, now: now)
        guard width >= ScreenClass.narrow else {
            return [first] + [event.words, ack].compactMap { $0 }.flatMap { indented($0, by: 3, width: width) }
        }
        let start = momentColumns + 2 + kindColumns
        first.pad(to: start)
        var lines = event.words.wrapped(to: max(8, width - start - 1))
        lines = [first.adding(lines[0])] + lines.dropFirst().map { pad(start).adding($0) }
        guard let ack else { return lines }
        // Beside the words where it fits, under them where not.
        guard lines.count == 1, lines[0].width + 3 + ack.width <= width else {
            return lines + indented(ack, by: start, width: width)
        }
        lines[0].pad(to: width - ack.width - 1)
        return [lines[0].adding(ack)]
    }

    /// Who has seen it and when; nil where nobody has to.
    private static func acknowledgement(_ change: Change?, now: Date) -> StyledLine? {
        guard let change else { return nil }
        if ChangeLog.isMarked(change) { return StyledLine("ack: -", .changeUnacknowledged) }
        guard let at = change.acknowledgedAt else { return nil }
        let moment = Moment(at)
        let when = moment.year == Moment(now).year ? moment.dayAndTimeInWords : moment.fullInWords
        let who = change.acknowledgedBy.map { $0 + " " } ?? ""
        return StyledLine("ack: \(who)\(when)", .changeAcknowledged)
    }

    private static func pad(_ columns: Int) -> StyledLine { StyledLine(String(repeating: " ", count: columns)) }

    private static func indented(_ line: StyledLine, by columns: Int, width: Int) -> [StyledLine] {
        line.wrapped(to: max(8, width - columns - 1)).map { pad(columns).adding($0) }
    }
}
