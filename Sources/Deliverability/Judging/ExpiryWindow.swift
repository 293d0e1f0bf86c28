public import Evidence
import FoundationEssentials

/// How near the end of a certificate is, measured by its own lifetime.
///
/// A certificate of 90 days is renewed with 30 left, one of 6 days with 2: fixed thresholds would cry every time a
/// short-lived one is about to be renewed as usual. So the window opens at 30 days or a quarter of the lifetime,
/// whichever is later, and turns to risk at 7 days or an eighth.
struct ExpiryWindow {
    /// Seconds before its end in which a certificate is first told to be near it.
    static let longest: TimeInterval = 30 * 86_400

    /// Seconds that are left; not negative.
    let left: TimeInterval
    /// True in the last part, in which nobody should still be waiting for a renewal.
    let isRisk: Bool

    /// Nil while the end is not near.
    init?(_ leaf: CertificateFacts, end: Date, now: Date) {
        let lifetime = max(leaf.notAfter.timeIntervalSince(leaf.notBefore), 0)
        left = end.timeIntervalSince(now)
        guard left >= 0, left <= min(Self.longest, lifetime / 4) else { return nil }
        isRisk = left <= min(7 * 86_400, lifetime / 8)
    }

    var leftWords: String { Stamp.long(left) }
}

extension ChainTrust {
    /// The verdict in one clause.
    public var words: String {
        switch self {
        case .trusted: "trusted"
        case .expired(let subject, let notAfter): "\(subject) expired \(Stamp.text(notAfter))"
        case .notYetValid(let subject, let notBefore): "\(subject) is not valid before \(Stamp.text(notBefore))"
        case .selfSigned: "self-signed"
        case .incomplete(let issuer): "the issuer \(issuer) was not sent"
        case .untrusted(let root): "ends in \(root), which is not a trusted root"
        case .weak(let words): "too weak: \(words)"
        case .invalid(let words): words
        }
    }
}
