/// One `mx` value of a policy: a host name, or `*.` and a host name (RFC 8461 3.2, 4.1).
public struct MXPattern: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The name without the `*.`.
    public let name: DomainName
    /// True for `*.name`: exactly one label may stand for the star.
    public let isWildcard: Bool
    /// The value as it stood in the policy.
    public let text: String

    public init(name: DomainName, isWildcard: Bool, text: String) {
        self.name = name
        self.isWildcard = isWildcard
        self.text = text
    }

    /// True when the MX host, as the MX record spells it, is covered (RFC 8461 4.1, RFC 6125 6.4).
    public func matches(_ host: DomainName) -> Bool {
        isWildcard ? host.parent == name : host == name
    }

    public var description: String { text }
}
