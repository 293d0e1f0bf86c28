import Evidence
public import FoundationEssentials
import MTASTS

/// What one row of a table shows of a domain, taken out of a verdict and its evidence; small enough to be kept for
/// ten thousand domains and read back at a start.
public struct StatusDigest: Hashable, Sendable {
    /// True once there is a verdict.
    public var isChecked = false
    public var state = DomainState.unknown
    public var why = ""
    /// The code of the finding that `why` tells, for screens too narrow for words; empty where it tells none.
    public var code = ""
    /// `enforce`, `testing`, `none`, `invalid`, `reject`, `unreach` or `?`; at most 7 characters.
    public var policy = "?"
    /// MX hosts that pass for those who ask: STARTTLS and a good certificate, and a TLSA record that matches; nil while none of them is known.
    public var passing: Int?
    public var hosts = 0
    /// The oldest TLS version seen, `1.3`; `-` where there is none.
    public var tlsVersion = "?"
    /// The earliest notAfter of an MX host's leaf.
    public var mxExpires: Date?
    /// The notAfter of the policy host's leaf.
    public var webExpires: Date?
    /// Since when the record is as it is; nil unless it is valid.
    public var idSince: Date?
    /// True where it was so at the first look: it is older than that.
    public var isIDOlder = false
    public var maxAge: Int?
    /// When mail is refused if nobody acts; a renewal that is far off counts as much as any other.
    public var bouncesAt: Date?
    /// True while some class is refused.
    public var isRefused = false
    public var checkedAt: Date?

    public init() {}

    public init(_ status: DomainStatus) {
        checkedAt = status.evidence?.checkedAt
        webExpires = status.evidence?.policy?.value.tls?.leaf?.notAfter
        guard let assessment = status.assessment else { return }
        isChecked = true
        state = assessment.state
        why = assessment.why
        code = Why.code(assessment)?.rawValue ?? ""
        policy = StatusDigest.policy(assessment)
        maxAge = assessment.policy?.policy?.maxAge
        if assessment.record?.status == .valid {
            idSince = status.idSince ?? status.evidence?.record?.since
            isIDOlder = status.isIDOlder
        }
        mxExpires = assessment.certificateExpires
        bouncesAt = assessment.bouncesAt
        isRefused =
            state == .bouncing || assessment.cached.contains { $0.delivery == .refused }
            || SenderClass.allCases.contains { assessment.verdict($0).delivery == .refused }
        checkedAt = checkedAt ?? assessment.at
        hosts = assessment.hosts.count
        let standings = assessment.hosts.map { HostStanding($0, in: assessment) }
        if standings.contains(where: { $0 != .unknown }) { passing = standings.count { $0 == .passes } }
        if hosts == 0, assessment.mx?.status != .failed, assessment.mx != nil { passing = 0 }
        let versions = assessment.hosts.flatMap(\.addresses).compactMap { $0.session?.tls?.version }
        tlsVersion = versions.map(StatusDigest.short).min() ?? (passing == nil ? "?" : "-")
    }

    /// Seconds before a bounce from which on it is told: before, a certificate is only waiting for its renewal.
    public static let bounceWindow = ExpiryWindow.longest

    /// When the next bounce is worth telling; nil where there is none in the window.
    public func nearBounce(now: Date) -> Date? {
        // Whatever else is wrong: a renewal that is months away is no news.
        guard let bouncesAt, bouncesAt.timeIntervalSince(now) <= StatusDigest.bounceWindow else { return nil }
        return bouncesAt
    }

    /// The earlier of the next bounce and the end of the first certificate.
    public var soonest: Date? {
        switch (bouncesAt, mxExpires) {
        case (let bounce?, let end?): min(bounce, end)
        case (let bounce, let end): bounce ?? end
        }
    }

    private static func policy(_ assessment: Assessment) -> String {
        switch assessment.policy?.status {
        case .valid: return assessment.policy?.policy?.mode.rawValue ?? "?"
        case .invalid: return "invalid"
        case .rejected: return "reject"
        case .unreachable: return "unreach"
        case .noneFetched, nil: break
        }
        switch assessment.record?.status {
        case .missing: return "none"
        case .invalid, .multiple: return "invalid"
        case .valid, .failed, nil: return "?"
        }
    }

    /// `TLSv1.3` as `1.3`; `TLSv1` as `1.0`.
    public static func short(_ version: String) -> String {
        let number = version.utf8.starts(with: "TLSv".utf8) ? String(version.dropFirst(4)) : version
        return number == "1" ? "1.0" : number
    }
}

/// Whether a host passes STARTTLS and certificate for a sender that enforces MTA-STS, whatever the policy lists.
public enum HostStanding: Sendable {
    case passes, fails, unknown

    /// What the senders meet that enforce something for the domain: where DANE alone does, its records are asked.
    public init(_ host: HostJudgement, in assessment: Assessment) {
        let dane = host.acceptance[.dane] ?? .notApplicable
        let plain = HostStanding(host)
        switch dane {
        case .refuses: self = .fails
        case .accepts where assessment.mtaSTS.delivery == .none: self = .passes
        case .unknown where assessment.mtaSTS.delivery == .none: self = plain == .passes ? .passes : .unknown
        case .accepts, .unknown, .notApplicable: self = plain
        }
    }

    public init(_ host: HostJudgement) {
        let all = host.addresses.map(HostStanding.init)
        // One bad address among good ones is a refusal that comes and goes: the host does not pass.
        if all.contains(.fails) {
            self = .fails
        } else {
            self = all.contains(.passes) ? .passes : .unknown
        }
    }

    public init(_ address: AddressJudgement) {
        guard let session = address.session else {
            self = .unknown
            return
        }
        switch session.starttls {
        case .missing, .masked, .refused, .injected: self = .fails
        case .unknown: self = .unknown
        case .offered:
            if let tls = session.tls {
                // A sender that negotiates the other key is refused by its chain alone.
                let isGood = address.certificate == .good && address.chains.allSatisfy { $0.certificate == .good }
                self = tls.isModern && isGood ? .passes : .fails
            } else if case .tls = session.outcome {
                self = .fails
            } else {
                self = .unknown
            }
        }
    }
}
