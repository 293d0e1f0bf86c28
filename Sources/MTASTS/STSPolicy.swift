/// A policy that follows RFC 8461 3.2.
public struct STSPolicy: Hashable, Sendable, Codable {
    /// What a sender does when a check fails (RFC 8461 3.2).
    public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
        case enforce, testing, none
    }

    public let mode: Mode
    /// How long a sender may keep the policy, in seconds: 0 to 31557600.
    public let maxAge: Int
    /// The patterns in the order of the file; may be empty only in mode none.
    public let mx: [MXPattern]

    public init(mode: Mode, maxAge: Int, mx: [MXPattern]) {
        self.mode = mode
        self.maxAge = maxAge
        self.mx = mx
    }

    /// The greatest max_age that the RFC allows, in seconds: one year.
    public static let greatestMaxAge = 31_557_600

    /// True when some pattern covers the MX host.
    public func covers(_ host: DomainName) -> Bool { mx.contains { $0.matches(host) } }

    /// Those of the MX hosts that some pattern covers; a file of thousands of lines is gone through once.
    public func covered(_ hosts: [DomainName]) -> Set<DomainName> {
        let names = Set(mx.filter { !$0.isWildcard }.map(\.name))
        let parents = Set(mx.filter(\.isWildcard).map(\.name))
        return Set(hosts.filter { host in names.contains(host) || host.parent.map { parents.contains($0) } == true })
    }
}
