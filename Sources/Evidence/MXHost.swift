public import MTASTS

/// One MX record. `host` is nil for the null MX target `.` (RFC 7505).
public struct MXHost: Hashable, Sendable, Codable {
    /// Lower is tried first.
    public let preference: Int
    public let host: DomainName?

    public init(preference: Int, host: DomainName?) {
        self.preference = preference
        self.host = host
    }
}
