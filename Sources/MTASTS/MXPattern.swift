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

    /// Reads the value of an mx line; nil where it leaves the grammar.
    public init?(text: String) {
        guard let pattern = try? Self.read(Array(text.utf8)[...]).get() else { return nil }
        self = pattern
    }

    /// True when the MX host, as the MX record spells it, is covered (RFC 8461 4.1, RFC 6125 6.4).
    public func matches(_ host: DomainName) -> Bool {
        isWildcard ? host.parent == name : host == name
    }

    /// True where both cover the same hosts, however they are spelled.
    public func coversSame(as other: MXPattern) -> Bool {
        name == other.name && isWildcard == other.isWildcard
    }

    public var description: String { text }
}
