/// Which lines of a policy cover one MX host.
public struct MXCoverage: Hashable, Sendable, Codable {
    public let host: DomainName
    /// The patterns that cover it, in the order of the file; empty: enforcing senders refuse the host.
    public let patterns: [String]
    /// The line of each pattern, from 1.
    public let lines: [Int]

    public var isCovered: Bool { !patterns.isEmpty }

    public init(host: DomainName, patterns: [String], lines: [Int]) {
        self.host = host
        self.patterns = patterns
        self.lines = lines
    }
}
