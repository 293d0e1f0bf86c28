/// Where reports about TLS failures go: the TXT at `_smtp._tls` (RFC 8460 3).
public struct TLSRPTRecord: Hashable, Sendable, Codable {
    /// The report URIs in the order of the record: `mailto:` or `https:`; at least one.
    public let rua: [String]

    public init(rua: [String]) {
        self.rua = rua
    }
}
