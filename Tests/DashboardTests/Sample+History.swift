import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Sample {
    static func days(_ days: Double, _ seconds: Double = 0) -> Date { ago(days * 86_400 + seconds) }

    static func policy(_ id: String, mode: String = "enforce", maxAge: Int = 604_800) -> DomainHistory.Policy {
        DomainHistory.Policy(
            id: id, body: Array("version: STSv1\nmode: \(mode)\nmx: mx1\nmax_age: \(maxAge)\n".utf8), mode: mode,
            maxAge: maxAge)
    }

    static func hour(
        _ date: Date, _ worst: DomainState = .ok, bounced: Int = 0, days: Int? = 40, ms: Int? = 41
    ) -> Deliverability.Sample {
        let start = date.timeIntervalSince1970
        return Deliverability.Sample(
            start: Date(timeIntervalSince1970: start - start.truncatingRemainder(dividingBy: 3_600)), seconds: 3_600,
            looks: 12, bounced: bounced, blind: worst == .unknown ? 12 : 0, worst: worst, certificateDays: days,
            milliseconds: ms)
    }

    /// A month of a domain whose certificate ran out unnoticed.
    static func month(of text: String = "acme-payments.example") -> DomainHistory {
        let domain = name(text)
        var history = DomainHistory(domain: domain, status: nil)
        history.policies = [
            .init(policy("20260426T1"), firstSeen: days(212), lastSeen: ago(12), goneAt: nil),
            .init(
                policy("20240930T0", mode: "testing", maxAge: 86_400), firstSeen: days(400), lastSeen: days(212, 300),
                goneAt: days(212)),
        ]
        history.records = [.init("20260426T1", firstSeen: days(212), lastSeen: ago(12), goneAt: nil)]
        history.mxSets = [
            .init(["10 mx1.\(text)", "20 mx2.\(text)"], firstSeen: days(20), lastSeen: ago(12), goneAt: nil),
            .init(["10 mx1.\(text)", "30 old.\(text)"], firstSeen: days(400), lastSeen: days(20), goneAt: days(20)),
        ]
        history.certificates = [(2.0, "R11"), (90.0, "R11")].map { age, issuer in
            .init(
                .init(
                    host: name("mx1.\(text)"), address: "192.0.2.10", sha256: "\(age)", issuer: issuer,
                    notBefore: days(age), notAfter: days(age - 90)), firstSeen: days(age), lastSeen: ago(12),
                goneAt: nil)
        }
        history.changes = [
            change(3, text, .risk, .bouncing, "certificate expired", ago: 6_660),
            Change(
                id: 2, domain: domain, at: days(6, 6_720), code: .certificateExpiring, stateBefore: .warning,
                stateAfter: .risk, before: "8 days left", after: "certificate under 7 days", turns: [], impact: "",
                fix: "", acknowledgedAt: days(6, 2_000), acknowledgedBy: "ak"),
            change(1, text, .bouncing, .warning, "it answers again", ago: 9 * 86_400, trouble: "mx2 was down"),
            change(0, text, .ok, .bouncing, "mx2 is down", ago: 9.02 * 86_400, acknowledged: true),
        ]
        history.samples = (0..<30 * 24).reversed().map { back in
            let left = back / 24
            let worst: DomainState = back < 2 ? .bouncing : left < 5 ? .risk : .warning
            // A night of which nothing is known, and a slow day.
            return hour(
                ago(Double(back) * 3_600), back == 30 ? .unknown : worst, bounced: back < 2 ? 12 : 0, days: left,
                ms: left == 12 ? 520 : 38 + left % 5)
        }.filter { !(60..<70).contains(Int(ago(0).timeIntervalSince($0.start)) / 3_600) }
        return history
    }
}

extension Model {
    /// Opens the history of the current domain, and takes this answer.
    mutating func openHistory(_ answer: HistoryAnswer = .kept(Sample.month())) {
        for case .loadHistory(let domain) in type("5") { tell(.historyLoaded(domain, answer)) }
    }
}
