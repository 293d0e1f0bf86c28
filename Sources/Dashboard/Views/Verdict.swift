import Deliverability
import FoundationEssentials

/// A verdict in one sentence and in a word for each sender class.
struct Verdict: Sendable {
    let headline: String
    /// The classes that the domain has, in the order of declaration.
    let classes: [(name: String, delivery: Delivery)]

    init(_ assessment: Assessment, now: Date) {
        classes = SenderClass.allCases.compactMap { sender in
            switch sender {
            case .cached where assessment.cached.isEmpty: nil
            default: (sender.rawValue, assessment.verdict(sender).delivery)
            }
        }
        headline = Verdict.headline(assessment, now: now)
    }

    private static func headline(_ assessment: Assessment, now: Date) -> String {
        func moment(_ date: Date) -> String { Moment.words(Moment(date).relative(to: Moment(now))) }
        switch assessment.state {
        case .bouncing: return bouncing(assessment)
        case .risk:
            let copies = assessment.cached.filter { $0.delivery == .refused }
            if !copies.isEmpty {
                let who = copies.contains { $0.readers == nil } ? "hold an old policy" : "read the policy otherwise"
                return "Mail of the few senders that \(who) is REFUSED at every MX; that of others flows."
            }
            // What is at risk for another reason is not told by the date of a renewal far off.
            if let end = assessment.bouncesAt, end > now, end.timeIntervalSince(now) <= RowFacts.bounceWindow {
                let left = Lapse.countdown(to: end, now: now)
                return
                    "Mail flows now; it will be REFUSED in \(left), at \(moment(end)), unless mended."
            }
            return "Mail flows now, but not through every MX: the next failure can stop it."
        case .warning:
            if let end = assessment.pressingProtectionEnd, end > now {
                let left = Lapse.countdown(to: end, now: now)
                return "Mail flows. Protection ends in \(left), at \(moment(end)), unless mended."
            }
            return "Mail flows. A defect costs protection or hides the next failure."
        case .unknown: return "Not known: \(assessment.why)"
        case .unprotected: return "Mail flows, unprotected: an attacker can strip TLS."
        case .ok:
            if assessment.mx?.status == .null { return "The domain takes no mail, and says so (null MX)." }
            if assessment.mtaSTS.delivery != .delivers, assessment.dane.delivery == .delivers {
                return "Mail is delivered, protected by DANE for the senders that look for it."
            }
            // What was not seen is not vouched for.
            guard assessment.dane.delivery == .unknown else {
                return "Mail of every sender class is delivered, protected."
            }
            return "Mail is delivered, protected by MTA-STS. DANE unknown."
        }
    }

    /// What there is to say before this run's first verdict.
    static func missing(_ subject: Subject) -> String {
        let row = subject.row
        guard row.isRemembered else {
            return subject.isOffline
                ? "No verdict yet: we are offline, and no look says anything until that ends."
                : "No verdict yet: the first look is under way."
        }
        let why = row.facts.why.isEmpty ? "" : ": \(row.facts.why)"
        return "Last known: \(row.state.word)\(why). What it rests on is shown after this program's own first look."
    }

    private static func bouncing(_ assessment: Assessment) -> String {
        if assessment.opportunistic.delivery == .refused { return "Nobody can deliver mail to this domain." }
        var who: [String] = []
        if assessment.mtaSTS.delivery == .refused { who.append("honour MTA-STS") }
        let copies = assessment.cached.filter { $0.delivery == .refused }
        if copies.contains(where: { $0.readers == nil }) { who.append("hold an old policy") }
        if copies.contains(where: { $0.readers != nil }) {
            let isRead = assessment.policy?.policy != nil && assessment.policy?.lenient != nil
            who.append(isRead ? "read the policy otherwise" : "take the faulty policy for one")
        }
        if assessment.dane.delivery == .refused { who.append("honour DANE") }
        guard !who.isEmpty else { return "Mail is REFUSED: \(assessment.why)" }
        return "Mail from senders that \(who.joined(separator: " or ")) is REFUSED at every MX."
    }
}
