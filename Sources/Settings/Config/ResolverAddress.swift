public import Evidence

/// A DNS server to forward to: `ADDRESS[@PORT]`.
public struct ResolverAddress: Hashable, Sendable, CustomStringConvertible {
    public let address: IPAddress
    /// 53 where none is given.
    public let port: UInt16

    public init(address: IPAddress, port: UInt16 = 53) {
        self.address = address
        self.port = port
    }

    /// Why a text is no resolver address; the reason says what would be.
    public struct Problem: Error, Hashable, Sendable {
        public let reason: String
    }

    /// Reads an IPv4 or IPv6 address, also in brackets, and a port after `@`.
    public static func parse(_ text: String) -> Result<ResolverAddress, Problem> {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return problem("more than one @") }
        var host = first
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        // inet_pton takes a C string, which a NUL would cut short.
        guard !host.utf8.contains(0), let address = IPAddress(String(host)) else {
            if host.hasPrefix("[") || (host.contains(".") && host.contains(":")) {
                return problem("the port stands after @, as in 192.0.2.53@5353")
            }
            return problem("not an IP address: give one such as 192.0.2.53 or 2001:db8::53@5353")
        }
        guard parts.count == 2 else { return .success(ResolverAddress(address: address)) }
        let digits = parts[1].utf8
        guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(parts[1]), port > 0
        else { return problem("the port after @ must be 1 to 65535") }
        return .success(ResolverAddress(address: address, port: port))
    }

    /// `ADDRESS@PORT`, as the resolver library takes it.
    public var description: String { "\(address)@\(port)" }

    private static func problem(_ reason: String) -> Result<ResolverAddress, Problem> {
        .failure(Problem(reason: reason))
    }
}
