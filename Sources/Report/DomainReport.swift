public import Deliverability
import Evidence
public import FoundationEssentials
import MTASTS

/// One domain as machines read it: the object of `check --json`, of the history and of every exporter.
///
/// Keys are stable: additions are allowed, renames are not. It is never decoded back into evidence.
public struct DomainReport: Encodable, Sendable {
    let schema = 1
    let domain: String
    let checkedAt: Moment
    let state: DomainState
    let bouncesAt: Moment?
    let protectionEndsAt: Moment?
    let queuesGiveUp: [QueueReport]
    let versionsKnownSince: Moment?
    let senders: SendersReport
    let record: RecordReport
    let policy: PolicyReport
    let tlsrpt: TLSRPTReport
    let mx: MXReport
    let forecast: [ForecastReport]
    let findings: [FindingReport]
    let changes: [ChangeReport]

    /// - Parameters:
    ///   - status: a status with a verdict; without one the report says unknown throughout.
    ///   - changes: the domain's transitions, newest first.
    ///   - now: what `checkedAt` says where nothing was seen.
    public init(_ status: DomainStatus, changes: [Change] = [], now: Date) {
        let assessment = status.assessment
        let evidence = status.evidence
        domain = status.domain.text
        checkedAt = Moment(evidence?.checkedAt ?? assessment?.at ?? now)
        state = status.state
        bouncesAt = assessment?.bouncesAt.map(Moment.init)
        protectionEndsAt = assessment?.protectionEndsAt.map(Moment.init)
        queuesGiveUp = (assessment?.queuesGiveUp ?? []).map(QueueReport.init)
        versionsKnownSince = assessment?.versionsKnownSince.map(Moment.init)
        senders = SendersReport(assessment)
        record = RecordReport(assessment?.record, evidence?.record?.value)
        policy = PolicyReport(assessment?.policy, evidence?.policy?.value, now: assessment?.at ?? now)
        tlsrpt = TLSRPTReport(assessment?.tlsrpt)
        mx = MXReport(assessment, evidence)
        forecast = (assessment?.forecast ?? []).map(ForecastReport.init)
        findings = (assessment?.findings ?? []).map(FindingReport.init)
        self.changes = changes.map(ChangeReport.init)
    }

    private enum CodingKeys: CodingKey {
        case schema, domain, checkedAt, state, bouncesAt, protectionEndsAt, queuesGiveUp, versionsKnownSince
        case senders, record, policy, tlsrpt, mx, forecast, findings, changes
    }

    /// Every key is always there: null says that there is nothing to say.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(domain, forKey: .domain)
        try container.encode(checkedAt, forKey: .checkedAt)
        try container.encode(state, forKey: .state)
        try container.encode(bouncesAt, forKey: .bouncesAt)
        try container.encode(protectionEndsAt, forKey: .protectionEndsAt)
        try container.encode(queuesGiveUp, forKey: .queuesGiveUp)
        try container.encode(versionsKnownSince, forKey: .versionsKnownSince)
        try container.encode(senders, forKey: .senders)
        try container.encode(record, forKey: .record)
        try container.encode(policy, forKey: .policy)
        try container.encode(tlsrpt, forKey: .tlsrpt)
        try container.encode(mx, forKey: .mx)
        try container.encode(forecast, forKey: .forecast)
        try container.encode(findings, forKey: .findings)
        try container.encode(changes, forKey: .changes)
    }
}

/// A moment as RFC 3339 UTC, to the second.
struct Moment: Encodable, Sendable {
    let date: Date

    init(_ date: Date) {
        self.date = date
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Stamp.text(date))
    }
}
