import Evidence
public import FoundationEssentials

/// What an hour, or a whole day, of looks at one domain came to.
public struct Sample: Hashable, Sendable {
    /// When it begins, UTC.
    public let start: Date
    /// 3,600 or 86,400.
    public let seconds: Int
    /// How many verdicts there were; at most 65,535.
    public var looks: Int
    /// In how many of them some class was refused.
    public var bounced: Int
    /// In how many of them nothing could be told.
    public var blind: Int
    /// The worst state; `unknown` only where nothing else was seen.
    public var worst: DomainState
    /// Days that the first MX certificate to end had left, at least; negative when it is over.
    public var certificateDays: Int?
    /// The slowest usual answer: the greatest of the verdicts' mean milliseconds from SYN to banner.
    public var milliseconds: Int?

    public static let hour = 3_600
    public static let day = 86_400

    /// The share of verdicts, of those that could tell, in which mail was taken; nil where none could.
    public var availability: Double? {
        let told = looks - blind
        return told > 0 ? Double(told - bounced) / Double(told) : nil
    }

    /// One verdict.
    public init(_ assessment: Assessment) {
        let unix = Int(max(0, assessment.at.timeIntervalSince1970).rounded(.down))
        start = Date(timeIntervalSince1970: Double(unix - unix % Sample.hour))
        seconds = Sample.hour
        looks = 1
        bounced = assessment.state == .bouncing ? 1 : 0
        blind = assessment.state == .unknown ? 1 : 0
        worst = assessment.state
        certificateDays = assessment.certificateExpires.map {
            Int(max(-10_000, min(20_000, $0.timeIntervalSince(assessment.at) / 86_400)).rounded(.down))
        }
        let times = assessment.hosts.flatMap(\.addresses).compactMap { $0.session?.connectMilliseconds }
        milliseconds = times.isEmpty ? nil : min(60_000, times.reduce(0, +) / times.count)
    }

    public init(
        start: Date, seconds: Int, looks: Int, bounced: Int, blind: Int, worst: DomainState, certificateDays: Int?,
        milliseconds: Int?
    ) {
        self.start = start
        self.seconds = seconds
        self.looks = looks
        self.bounced = bounced
        self.blind = blind
        self.worst = worst
        self.certificateDays = certificateDays
        self.milliseconds = milliseconds
    }

    /// Both together, under the start and length of the first.
    public func adding(_ other: Sample) -> Sample {
        var sum = self
        sum.looks = min(0xffff, looks + other.looks)
        sum.bounced = min(sum.looks, bounced + other.bounced)
        sum.blind = min(sum.looks, blind + other.blind)
        // What could not be told is not worse than what was.
        sum.worst = worst == .unknown ? other.worst : other.worst == .unknown ? worst : min(worst, other.worst)
        sum.certificateDays = [certificateDays, other.certificateDays].compactMap { $0 }.min()
        sum.milliseconds = [milliseconds, other.milliseconds].compactMap { $0 }.max()
        return sum
    }

    /// The same as all that is known of its day.
    public var ofDay: Sample {
        let unix = Int(start.timeIntervalSince1970.rounded(.down))
        return Sample(
            start: Date(timeIntervalSince1970: Double(unix - unix % Sample.day)), seconds: Sample.day, looks: looks,
            bounced: bounced, blind: blind, worst: worst, certificateDays: certificateDays, milliseconds: milliseconds)
    }

    /// These with one more taken in, by their start.
    public static func merged(_ samples: [Sample], with one: Sample) -> [Sample] {
        var all = samples
        if let place = all.lastIndex(where: { $0.start == one.start && $0.seconds == one.seconds }) {
            all[place] = all[place].adding(one)
        } else {
            all.append(one)
            all.sort { $0.start < $1.start }
        }
        return all
    }
}
