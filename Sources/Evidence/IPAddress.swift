import Glibc

/// An IPv4 (4 bytes) or IPv6 (16 bytes) address.
public struct IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Takes 4 or 16 bytes in network order; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the textual form of either family; no brackets, no zone, no port.
    public init?(_ text: String) {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = withUnsafeBytes(of: &v4) { Array($0) }
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        bytes = withUnsafeBytes(of: &v6) { Array($0) }
    }

    public var isIPv4: Bool { bytes.count == 4 }

    /// The usual text: dotted for IPv4, RFC 5952 for IPv6.
    public var description: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let written = bytes.withUnsafeBytes { raw in
            inet_ntop(isIPv4 ? AF_INET : AF_INET6, raw.baseAddress, &buffer, socklen_t(buffer.count))
        }
        guard written != nil else { return "?" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// IPv4 before IPv6, then by value.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        if left.bytes.count != right.bytes.count { return left.bytes.count < right.bytes.count }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// Loopback, private, link-local, shared, documentation, multicast, unspecified, reserved: an address that a
    /// public mail domain must not name (RFC 6890).
    public var isSpecialUse: Bool {
        guard isIPv4 else { return isSpecialIPv6 }
        return Self.isSpecialIPv4(bytes)
    }

    private var isSpecialIPv6: Bool {
        if bytes.prefix(10).allSatisfy({ $0 == 0 }) {
            let mapped = bytes[10] == 0xff && bytes[11] == 0xff
            if mapped { return Self.isSpecialIPv4(Array(bytes[12...])) }
            return true
        }
        switch (bytes[0], bytes[1]) {
        case (0xfc...0xfd, _), (0xff, _): return true
        case (0xfe, 0x80...0xff): return true
        case (0x20, 0x01): return (bytes[2] == 0x0d && bytes[3] == 0xb8) || (bytes[2] == 0 && bytes[3] == 2)
        case (0x20, 0x02): return Self.isSpecialIPv4(Array(bytes[2..<6]))
        case (0x01, 0x00): return bytes[2..<8].allSatisfy { $0 == 0 }
        case (0x3f, 0xff): return bytes[2] < 0x10
        case (0x00, 0x64):
            guard bytes[2] == 0xff, bytes[3] == 0x9b else { return false }
            return bytes[4] == 0 && bytes[5] == 1 || Self.isSpecialIPv4(Array(bytes[12...]))
        default: return false
        }
    }

    private static func isSpecialIPv4(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224...255, _, _): true
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): true
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113): true
        default: false
        }
    }
}

extension IPAddress: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let address = IPAddress(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an address: \(text)")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
