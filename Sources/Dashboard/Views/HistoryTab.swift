//   7d       ..................................................!!X   mail taken 99.2%
//            Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24
//   30d CERT ##^^==--..__  -1h left
//       RTT  ---==-__--    41 ms; the most 520 ms, 12 Nov
//
//   COPIES   VERSION          MODE      ALL MX    HELD BY UNTIL
//            20260426T1       enforce   delivers  served  7d after a fetch
//            20240930T0       enforce   REFUSED   id      Fri 27 Nov 02:32Z
//
//   CHANGES, newest first
//  *24 Nov 12:41:09  RISK -> BOUNCE    certificate expired      ack: -
//    ...

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// Tab 5: how the last days went, who still holds which version of the policy, and all that turned or was published
/// anew.
struct HistoryTab {
    private static let days = 30
    private static let stripDays = 7

    private let subject: Subject
    private let board: HistoryBoard?
    private let events: [HistoryTimeline.Event]
    private let samples: [Sample]
    private let again: String
    private var text: StyledText

    /// - Parameters:
    ///   - board: what came of asking for the history; nil where nobody has asked.
    ///   - known: the changes of the domain that the log has, newest first.
    ///   - height: lines that are seen at once; nil where all are.
    ///   - again: the key that asks anew.
    init(_ subject: Subject, board: HistoryBoard?, known: [Change], width: Int, height: Int?, again: String) {
        self.subject = subject
        self.board = board
        self.again = again
        let history = board?.answer?.history
        events = HistoryTimeline.events(history, known: known)
        // The last look may not be kept yet.
        samples = (history?.samples ?? []) + [subject.assessment.map { Sample($0) }].compactMap { $0 }
        text = StyledText(width: width, isTight: height.map { $0 < 16 } ?? false)
    }

    var content: DetailContent {
        var tab = self
        tab.writeStanding()
        tab.writeStrip()
        tab.writeSparks()
        tab.writeCopies()
        tab.writeEvents()
        return DetailContent(upper: tab.text.lines)
    }

    /// What has to be known before the rest is believed.
    private mutating func writeStanding() {
        func say(_ sentence: String, _ role: Role) {
            for part in TextWidth.wrapped(sentence, to: max(8, text.width - 2)) {
                text.full(StyledLine(" " + part, role))
            }
        }
        switch board?.answer {
        case nil: say("Reading what is kept...", .textDim)
        case .failed(let reason): say("\(reason) (\(again) reads it again). What this run saw:", .messageError)
        case .unkept(_, let remedy): say("Nothing is kept beyond this run: \(remedy)", .messageInfo)
        case .waiting(_, let trouble): say("Not written yet: \(trouble). What this run saw:", .messageError)
        case .kept(nil): say("Nothing is kept of this domain yet.", .textDim)
        case .kept: break
        }
    }

    /// Seven days, as many characters a day as fit.
    private mutating func writeStrip() {
        let perDay = [24, 12, 8, 6, 4, 3, 2].first { $0 * HistoryTab.stripDays <= text.room } ?? 1
        let span = Sample.day / perDay
        let columns = HistoryTab.stripDays * perDay
        // Nobody vouches for what was between runs: before this one the samples tell.
        let begun = subject.row.knownSince
        // Of a day in which it began, the changes tell more.
        let told = samples.filter { sample in
            sample.seconds < Sample.day
                || begun.map { sample.start.addingTimeInterval(Double(sample.seconds)) <= $0 } ?? true
        }
        let states = StateStrip.states(
            state: subject.assessment?.state, knownFrom: begun,
            changes: events.compactMap(\.change).filter { $0.at >= begun ?? .distantFuture }, samples: told,
            now: subject.now, columns: columns, span: span)
        var strip = StyledLine()
        for state in states { strip.add(String(state?.glyph ?? " "), state.map(Role.severity) ?? .text) }
        let start = StateStrip.start(now: subject.now, columns: columns, span: span)
        text.section("7d")
        if let share = share(since: start) {
            let forms = ["  mail taken \(share.text)", "  mail \(share.text)"]
            if let words = forms.first(where: { strip.width + $0.utf8.count <= text.room }) {
                strip.add(words, share.role)
            }
        }
        text.add(strip)
        var days = StyledLine()
        for column in 0..<columns {
            let second = start + column * span
            guard second % Sample.day == 0 else { continue }
            let moment = Moment(Date(timeIntervalSince1970: Double(second)))
            let label = perDay > 6 ? moment.weekdayAndDate : String(moment.day)
            guard label.utf8.count <= text.room - column else { break }
            days.pad(to: column)
            days.add(label, .textDim)
        }
        text.add(days)
    }

    /// The share of looks in which mail was taken; nil where none could tell.
    private func share(since start: Int) -> (text: String, role: Role)? {
        // One look of today is no share of a week.
        let within = (board?.answer?.history?.samples ?? []).filter { Moment.seconds($0.start) >= start }
        let told = within.reduce(0) { $0 + $1.looks - $1.blind }
        guard told > 0 else { return nil }
        let taken = told - within.reduce(0) { $0 + $1.bounced }
        // Rounded down: nothing but all is 100 %.
        let tenths = taken * 1_000 / told
        let words = tenths == 1_000 ? "100%" : "\(tenths / 10).\(tenths % 10)%"
        return (words, taken == told ? .textDim : .severityBouncing)
    }

    /// Thirty days, a character each: what the first certificate to end had left, and how long answers took.
    private mutating func writeSparks() {
        let today = Moment.seconds(subject.now) / Sample.day
        var byDay = [Sample?](repeating: nil, count: HistoryTab.days)
        for sample in samples {
            let place = Moment.seconds(sample.start) / Sample.day - today + HistoryTab.days - 1
            guard byDay.indices.contains(place) else { continue }
            byDay[place] = byDay[place]?.adding(sample) ?? sample
        }
        let columns = min(HistoryTab.days, text.room)
        text.section("30d CERT")
        text.add(certificates(byDay.map { $0?.certificateDays }, columns: columns))
        text.section("    RTT", isApart: false)
        text.add(times(byDay.map { $0?.milliseconds }, columns: columns))
    }

    private func certificates(_ days: [Int?], columns: Int) -> StyledLine {
        let values = days.map { $0.map(Double.init) }
        guard values.contains(where: { $0 != nil }) else { return StyledLine("no certificate was seen", .textDim) }
        let highest = max(30, values.compactMap { $0 }.max() ?? 0)
        var line = StyledLine()
        for mark in Sparkline.marks(values, columns: columns, range: 0...highest) {
            // Little is what is bad here.
            let role: Role = mark.level == .low ? .sparkHigh : mark.level == .mid ? .sparkMid : .sparkLow
            line.add(String(mark.glyph), role)
        }
        let left = RowView.left(subject.row.facts.mxExpires, subject.now)
        let words = StyledLine("  ").adding("\(left.text) left", left.role)
        return left.text.isEmpty || line.width + words.width > text.room ? line : line.adding(words)
    }

    private func times(_ days: [Int?], columns: Int) -> StyledLine {
        let known = days.compactMap { $0 }.sorted()
        let values = days.map { $0.map(Double.init) }
        // The usual stands in the middle: what is twice as slow is at the top.
        let usual = known.isEmpty ? 0 : known[known.count / 2]
        var line = StyledLine()
        for mark in Sparkline.marks(values, columns: columns, range: 0...Double(max(2, 2 * usual))) {
            line.add(String(mark.glyph), mark.level == .high ? .sparkHigh : mark.level == .mid ? .sparkMid : .sparkLow)
        }
        guard let newest = days.last ?? nil ?? known.last, let most = known.last else {
            return StyledLine("no answer was timed", .textDim)
        }
        var words = "  \(newest) ms"
        if most > newest, let place = days.lastIndex(of: most) {
            let day = subject.now.addingTimeInterval(-Double((HistoryTab.days - 1 - place) * Sample.day))
            let full = words + "; the most \(most) ms, \(Moment.words(Moment(day).dayAndMonth))"
            if line.width + full.utf8.count <= text.room { words = full }
        }
        if line.width + words.utf8.count <= text.room { line.add(words) }
        return line
    }

    /// Which versions senders hold, until when, and what they meet.
    private mutating func writeCopies() {
        text.section("COPIES")
        let assessment = subject.assessment
        let history = board?.answer?.history
        var rows = (assessment?.cached ?? []).prefix(8).map { CopyRow($0, subject) }
        let served = history?.policies.first { $0.goneAt == nil }
        if let served { rows.insert(CopyRow(served.value, subject), at: 0) }
        if served == nil, history != nil { text.add(StyledLine(unserved, .textDim)) }
        if !rows.isEmpty, CopyRow.fits(text.room) { text.add(CopyRow.head) }
        for row in rows { text.wrap(row.line(room: text.room)) }
        guard let assessment else {
            return text.wrap("No look in this run yet: who holds an earlier one comes with the first.", .textDim)
        }
        if let since = assessment.versionsKnownSince {
            text.wrap("Versions are known since \(subject.moment(since)); older ones may still be held.", .textDim)
        } else if assessment.cached.isEmpty {
            text.wrap("No earlier version is held any more.", .textDim)
        }
    }

    /// Why there is no version that senders can fetch.
    private var unserved: String {
        switch subject.assessment?.record?.status {
        case .missing: return "the policy file is not asked for: there is no record"
        case .invalid, .multiple: return "the policy file is not asked for: there is no valid record"
        case .valid, .failed, nil: return "no policy can be had"
        }
    }

    private mutating func writeEvents() {
        if !text.isTight { text.full(.empty) }
        text.full(StyledLine(" CHANGES", .title).adding("  and what was published anew, newest first", .textDim))
        guard !events.isEmpty else {
            let nothing = board?.answer == nil ? "none known yet" : "none"
            return text.full(StyledLine("  " + nothing, .textDim))
        }
        let shown = events.prefix(HistoryTimeline.limit)
        for event in shown {
            for line in HistoryTimeline.lines(event, now: subject.now, width: min(text.width, HistoryTimeline.wide)) {
                text.full(line)
            }
        }
        if events.count > shown.count {
            let words = "  \(events.count - shown.count) older: stswatch history \(subject.row.domain)"
            text.full(StyledLine(words, .textDim))
        }
    }
}
