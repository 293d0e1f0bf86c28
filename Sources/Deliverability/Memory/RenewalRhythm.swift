public import Evidence
public import FoundationEssentials
public import MTASTS

/// How the certificate of one MX address was renewed until now.
public struct RenewalRhythm: Hashable, Sendable {
    public let host: DomainName
    public let address: IPAddress
    /// When each successor was first seen, newest first; never empty.
    public let renewals: [Date]
    /// When the next one is due; nil where no rhythm was seen.
    public let expected: Date?
    /// True where that one is late.
    public let isMissed: Bool

    public init(host: DomainName, address: IPAddress, renewals: [Date], expected: Date?, isMissed: Bool) {
        self.host = host
        self.address = address
        self.renewals = renewals
        self.expected = expected
        self.isMissed = isMissed
    }

    /// Nil where no renewal was seen.
    init?(_ host: DomainName, _ memory: HostMemory.Address, at now: Date) {
        let renewals = memory.certificates.dropFirst().map(\.firstSeen).sorted(by: >)
        guard !renewals.isEmpty else { return nil }
        self.host = host
        address = memory.address
        self.renewals = renewals
        expected = memory.renewalExpected
        isMissed = memory.renewalMissed(at: now) != nil
    }

    /// Seconds from one renewal to the next, on average; nil for one alone.
    public var interval: TimeInterval? {
        guard let newest = renewals.first, let oldest = renewals.last, renewals.count > 1 else { return nil }
        return newest.timeIntervalSince(oldest) / Double(renewals.count - 1)
    }
}
