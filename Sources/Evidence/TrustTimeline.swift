public import FoundationEssentials

/// What PKIX verification says of a chain at one time; names are judged elsewhere (RFC 5280 6).
public enum ChainTrust: Hashable, Sendable, Codable {
    case trusted
    /// The leaf or an intermediate is past its notAfter; `subject` is the certificate's.
    case expired(subject: String, notAfter: Date)
    /// The leaf or an intermediate is before its notBefore.
    case notYetValid(subject: String, notBefore: Date)
    /// The leaf signed itself and is no trust anchor.
    case selfSigned
    /// An issuer was not sent and is not in the store, and no self-signed root ends the chain.
    case incomplete(missingIssuer: String)
    /// The chain ends in a root that the store does not hold.
    case untrusted(root: String)
    /// A key or signature too weak for OpenSSL's security level 2 (RSA under 2048 bits, SHA-1).
    case weak(String)
    /// Any other verdict of the verifier, in its words.
    case invalid(String)
}

/// When a chain is trusted: half-open intervals in ascending order that cover all time, neighbours differing.
///
/// Made once for each chain and trust store, so that judging at another date needs no network and no OpenSSL.
public struct TrustTimeline: Hashable, Sendable, Codable {
    public struct Interval: Hashable, Sendable, Codable {
        /// The first second at which `trust` holds; `distantPast` for the first interval.
        public let from: Date
        public let trust: ChainTrust

        public init(from: Date, trust: ChainTrust) {
            self.from = from
            self.trust = trust
        }
    }

    public let intervals: [Interval]

    /// Takes intervals in ascending order of `from`; an empty list reads as invalid for all time.
    public init(_ intervals: [Interval]) {
        self.intervals = intervals
    }

    /// The verdict at a moment.
    public func trust(at moment: Date) -> ChainTrust {
        (intervals.last { $0.from <= moment } ?? intervals.first)?.trust ?? .invalid("no certificate")
    }

    /// The moments after `moment` at which the verdict changes.
    public func turns(after moment: Date) -> [Date] {
        intervals.map(\.from).filter { $0 > moment }
    }

    /// The end of trust that begins at or holds at `moment`; nil when it is not trusted then or never ends.
    public func trustedUntil(from moment: Date) -> Date? {
        guard trust(at: moment) == .trusted else { return nil }
        return intervals.first { $0.from > moment && $0.trust != .trusted }?.from
    }
}
