public import FoundationEssentials
public import MTASTS

/// What is kept of a verdict so that the next one, by another run of the program, can be told as a change from it.
public struct RememberedVerdict: Hashable, Sendable, Codable {
    public let domain: DomainName
    public let at: Date
    public let state: DomainState
    public let why: String
    public let mtaSTS: SenderVerdict
    public let dane: SenderVerdict
    public let opportunistic: SenderVerdict
    public let cached: [CachedVerdict]
    public let findings: [Finding]
    public let bouncesAt: Date?
    public let protectionEndsAt: Date?
    public let forecast: [ForecastEntry]
    public let pressingBounceAt: Date?
    public let pressingProtectionEnd: Date?

    public init(_ assessment: Assessment) {
        domain = assessment.domain
        at = assessment.at
        state = assessment.state
        why = assessment.why
        mtaSTS = assessment.mtaSTS
        dane = assessment.dane
        opportunistic = assessment.opportunistic
        cached = assessment.cached
        findings = assessment.findings
        bouncesAt = assessment.bouncesAt
        protectionEndsAt = assessment.protectionEndsAt
        forecast = assessment.forecast
        pressingBounceAt = assessment.pressingBounceAt
        pressingProtectionEnd = assessment.pressingProtectionEnd
    }

    /// The verdict without the readings it rested on.
    public var assessment: Assessment {
        Assessment(
            domain: domain, at: at, state: state, why: why, mtaSTS: mtaSTS, dane: dane, opportunistic: opportunistic,
            cached: cached, findings: findings, bouncesAt: bouncesAt, protectionEndsAt: protectionEndsAt,
            forecast: forecast, pressingBounceAt: pressingBounceAt, pressingProtectionEnd: pressingProtectionEnd)
    }
}
