import Deliverability
import FoundationEssentials

/// One entry of the key `findings`.
struct FindingReport: Encodable, Sendable {
    let finding: Finding

    init(_ finding: Finding) {
        self.finding = finding
    }

    private enum CodingKeys: CodingKey {
        case code, severity, subject, senders, since, until, deadline, evidence, fix, tlsrpt, rfc
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(finding.code, forKey: .code)
        try container.encode(finding.severity, forKey: .severity)
        try container.encode(finding.subject, forKey: .subject)
        try container.encode(finding.senders, forKey: .senders)
        try container.encode(finding.since.map(Moment.init), forKey: .since)
        try container.encode(finding.until.map(Moment.init), forKey: .until)
        try container.encode(finding.deadline.map(Moment.init), forKey: .deadline)
        try container.encode(finding.evidence, forKey: .evidence)
        try container.encode(finding.fix, forKey: .fix)
        try container.encode(finding.tlsrpt, forKey: .tlsrpt)
        try container.encode(finding.rfc, forKey: .rfc)
    }
}

/// One entry of the key `forecast`.
struct ForecastReport: Encodable, Sendable {
    let at: Moment
    let sender: SenderClass
    let delivery: Delivery
    let because: String

    init(_ entry: ForecastEntry) {
        at = Moment(entry.at)
        sender = entry.sender
        delivery = entry.delivery
        because = entry.because
    }
}

/// One entry of the key `queuesGiveUp`.
struct QueueReport: Encodable, Sendable {
    let sender: String
    let senderClass: SenderClass
    let at: Moment

    init(_ end: QueueEnd) {
        sender = end.sender
        senderClass = end.senderClass
        at = Moment(end.at)
    }

    private enum CodingKeys: String, CodingKey {
        case sender, at
        case senderClass = "class"
    }
}

/// One entry of the key `changes`.
struct ChangeReport: Encodable, Sendable {
    let at: Moment
    let code: String?
    let before: String
    let after: String
    let impact: String

    init(_ change: Change) {
        at = Moment(change.at)
        code = change.code?.rawValue
        before = change.before
        after = change.after
        impact = change.impact
    }

    private enum CodingKeys: CodingKey {
        case at, code, before, after, impact
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(code, forKey: .code)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try container.encode(impact, forKey: .impact)
    }
}
