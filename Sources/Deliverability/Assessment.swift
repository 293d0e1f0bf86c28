import Evidence
public import FoundationEssentials
public import MTASTS

/// What every sender class would do at a domain, and why: the product.
public struct Assessment: Sendable {
    public let domain: DomainName
    /// The moment that is judged.
    public let at: Date
    public let state: DomainState
    /// One line for the table: the worst thing, in words, at most 80 characters.
    public let why: String
    /// By class; `cached` is in `cached`.
    public var mtaSTS: SenderVerdict
    public var dane: SenderVerdict
    public var opportunistic: SenderVerdict
    public var cached: [CachedVerdict]
    public let record: RecordReading?
    public let policy: PolicyReading?
    public let mx: MXReading?
    public let tlsrpt: TLSRPTReading?
    /// By preference, then name.
    public let hosts: [HostJudgement]
    /// Worst first.
    public var findings: [Finding]
    /// The earliest moment at which some enforcing class turns to refused if nobody acts; `at` or earlier when it is
    /// refused now; nil when none is in sight.
    public var bouncesAt: Date?
    /// When the policy can no longer be had if nobody acts.
    public var protectionEndsAt: Date?
    public var forecast: [ForecastEntry]
    /// `bouncesAt` where somebody must act: nil while it is no more than the end of a certificate whose renewal is
    /// not due yet. What an overview shows.
    public var pressingBounceAt: Date?
    /// `protectionEndsAt` where somebody must act, likewise.
    public var pressingProtectionEnd: Date?
    /// For a refusal in progress: when the first queues give up, soonest first; empty where nobody refuses.
    public var queuesGiveUp: [QueueEnd]
    /// Of the MX addresses whose certificate was seen to be renewed, in the order of `hosts`.
    public var renewals: [RenewalRhythm]
    /// What senders cached before then is not known to anyone who looks from outside; nil once it has run out.
    public let versionsKnownSince: Date?

    public init(
        domain: DomainName, at: Date, state: DomainState, why: String, mtaSTS: SenderVerdict, dane: SenderVerdict,
        opportunistic: SenderVerdict, cached: [CachedVerdict] = [], record: RecordReading? = nil,
        policy: PolicyReading? = nil, mx: MXReading? = nil, tlsrpt: TLSRPTReading? = nil, hosts: [HostJudgement] = [],
        findings: [Finding] = [], bouncesAt: Date? = nil, protectionEndsAt: Date? = nil,
        forecast: [ForecastEntry] = [], pressingBounceAt: Date? = nil, pressingProtectionEnd: Date? = nil,
        queuesGiveUp: [QueueEnd] = [], renewals: [RenewalRhythm] = [], versionsKnownSince: Date? = nil
    ) {
        self.domain = domain
        self.at = at
        self.state = state
        self.why = why
        self.mtaSTS = mtaSTS
        self.dane = dane
        self.opportunistic = opportunistic
        self.cached = cached
        self.record = record
        self.policy = policy
        self.mx = mx
        self.tlsrpt = tlsrpt
        self.hosts = hosts
        self.findings = findings
        self.bouncesAt = bouncesAt
        self.protectionEndsAt = protectionEndsAt
        self.forecast = forecast
        self.pressingBounceAt = pressingBounceAt
        self.pressingProtectionEnd = pressingProtectionEnd
        self.queuesGiveUp = queuesGiveUp
        self.renewals = renewals
        self.versionsKnownSince = versionsKnownSince
    }

    /// The verdict of a class; for `cached` the worst over all versions.
    public func verdict(_ sender: SenderClass) -> SenderVerdict {
        switch sender {
        case .mtaSTS: mtaSTS
        case .dane: dane
        case .opportunistic: opportunistic
        case .cached: cachedVerdict
        }
    }

    /// The worst that a holder of an earlier version meets; those that go by the id first.
    private var cachedVerdict: SenderVerdict {
        for delivery in [Delivery.refused, .partial, .unknown, .delivers] {
            guard let worst = cached.first(where: { $0.delivery == delivery }) else { continue }
            return SenderVerdict(
                delivery, until: worst.until, reason: "\(worst.policyID): \(worst.reason)")
        }
        return SenderVerdict(.none, reason: "nobody holds another version")
    }

    /// The earliest notAfter among the leaves that MX hosts show; nil when none was seen.
    public var certificateExpires: Date? {
        hosts.flatMap(\.addresses).compactMap { $0.session?.tls?.leaf?.notAfter }.min()
    }
}

/// One turn that is in sight.
public struct ForecastEntry: Hashable, Sendable, Codable {
    public let at: Date
    public let sender: SenderClass
    public let delivery: Delivery
    /// The finding's code and its subject.
    public let because: String

    public init(at: Date, sender: SenderClass, delivery: Delivery, because: String) {
        self.at = at
        self.sender = sender
        self.delivery = delivery
        self.because = because
    }
}
