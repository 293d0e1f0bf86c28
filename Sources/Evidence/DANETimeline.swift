public import FoundationEssentials

/// What the TLSA records say of a chain at one time (RFC 7672 3).
public enum DANEMatch: Hashable, Sendable, Codable {
    /// A usable record matches; the text is the record's presentation form.
    case match(TLSARecord)
    /// Usable records, none of them matches; the text says what was seen.
    case mismatch(String)
    /// No record is usable: STARTTLS is asked for, authentication is not.
    case unusable
}

/// What the TLSA records say of a chain, as half-open intervals in ascending order that cover all time.
public struct DANETimeline: Hashable, Sendable, Codable {
    public struct Interval: Hashable, Sendable, Codable {
        public let from: Date
        public let match: DANEMatch

        public init(from: Date, match: DANEMatch) {
            self.from = from
            self.match = match
        }
    }

    public let intervals: [Interval]

    public init(_ intervals: [Interval]) {
        self.intervals = intervals
    }

    /// The verdict at a moment.
    public func match(at moment: Date) -> DANEMatch {
        (intervals.last { $0.from <= moment } ?? intervals.first)?.match ?? .unusable
    }

    /// The moments after `moment` at which the verdict changes.
    public func turns(after moment: Date) -> [Date] {
        intervals.map(\.from).filter { $0 > moment }
    }
}
