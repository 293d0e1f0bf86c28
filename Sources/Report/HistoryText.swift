public import Deliverability
public import FoundationEssentials
import MTASTS

/// What is remembered of one domain, for people.
public enum HistoryText {
    /// Lines ended by LF; nothing in them but printable characters.
    public static func text(_ history: DomainHistory, now: Date) -> String {
        var lines: [String] = []
        func put(_ title: String, _ rows: [String]) {
            guard !rows.isEmpty else { return }
            lines += ["  \(title)"] + rows.map { "    " + $0 }
        }
        func span<Value>(_ run: DomainHistory.Run<Value>) -> String {
            let end = run.goneAt.map(Stamp.text) ?? "stands, seen \(Stamp.text(run.lastSeen))"
            return "\(Stamp.text(run.firstSeen)) .. \(end)"
        }
        var head = history.domain.text
        if let status = history.status {
            let digest = status.digest
            head += "  \(digest.state.glyph) \(digest.state.word)"
            if !digest.why.isEmpty { head += "  \(digest.why)" }
            if let at = digest.checkedAt { head += "  (\(Stamp.short(now.timeIntervalSince(at))) ago)" }
        }
        lines.append(head)
        put("changes, newest first", history.changes.flatMap(change))
        put(
            "policies",
            history.policies.map { run in
                let age = run.value.maxAge.map { "max_age \($0)" } ?? "no policy"
                return "\(span(run))  id \(run.value.id)  \(run.value.mode ?? "-")  \(age)"
            })
        put("record ids", history.records.map { "\(span($0))  \($0.value)" })
        put(
            "MX sets",
            history.mxSets.map { "\(span($0))  \($0.value.isEmpty ? "none" : $0.value.joined(separator: ", "))" })
        put(
            "certificates",
            history.certificates.map { run in
                let value = run.value
                return "\(Stamp.text(run.firstSeen))  \(value.host) [\(value.address)]  by \(value.issuer), ends "
                    + "\(Stamp.text(value.notAfter))  \(value.sha256.prefix(16))"
            })
        put(
            "TLSA",
            history.tlsa.map { run in
                let records = run.value.records.isEmpty ? "none" : run.value.records.joined(separator: ", ")
                return "\(Stamp.text(run.firstSeen))  \(run.value.host)  \(records)"
            })
        put("availability", availability(history.samples))
        return lines.map { VisibleText.printable($0, limit: 4_000) + "\n" }.joined()
    }

    private static func change(_ change: Change) -> [String] {
        var first = "\(Stamp.text(change.at))  #\(change.id)  \(change.stateBefore.word) -> \(change.stateAfter.word)"
        if let code = change.code { first += "  \(code.rawValue)" }
        if change.isWorse, change.acknowledgedAt == nil { first = "* " + first }
        var lines = [
            first, "  \(change.before.isEmpty ? "" : "\(change.before) -> ")\(change.after); \(change.impact)",
        ]
        if let at = change.acknowledgedAt {
            lines.append("  acknowledged \(Stamp.text(at)) by \(change.acknowledgedBy ?? "somebody")")
        }
        return lines
    }

    /// By day: the share of verdicts in which mail was taken, and the worst state.
    private static func availability(_ samples: [Sample]) -> [String] {
        var days: [(day: Int, sum: Sample)] = []
        for sample in samples {
            let day = Int(sample.start.timeIntervalSince1970) / Sample.day
            if days.last?.day == day {
                days[days.count - 1].sum = days[days.count - 1].sum.adding(sample)
            } else {
                days.append((day, sample))
            }
        }
        return days.map { day, sum in
            let date = Stamp.text(Date(timeIntervalSince1970: Double(day * Sample.day))).prefix(10)
            let share = sum.availability.map { "\(Int(($0 * 1_000).rounded(.down)) / 10)%" } ?? "-"
            let certificate = sum.certificateDays.map { "  certificate \($0)d" } ?? ""
            let time = sum.milliseconds.map { "  \($0) ms" } ?? ""
            return "\(date)  \(share)  worst \(sum.worst.word)\(certificate)\(time)"
        }
    }
}
