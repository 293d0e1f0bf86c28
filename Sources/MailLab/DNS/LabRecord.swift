public import Evidence

/// The data of one DNS record, as a zone's map holds it.
public enum LabRecord: Hashable, Sendable {
    /// A or AAAA.
    case address(IPAddress)
    /// Preference and host; the host `.` is the null MX.
    case mx(Int, String)
    /// TXT, cut into strings of at most 255 bytes.
    case text([UInt8])
    case alias(String)
    case tlsa(TLSARecord)
    case server(String)
    /// Anything else.
    case raw(type: UInt16, [UInt8])

    /// TXT of a text.
    public static func text(_ text: String) -> LabRecord { .text(Array(text.utf8)) }

    /// The number of the type (RFC 1035 3.2.2).
    public var type: UInt16 {
        switch self {
        case .address(let address): address.isIPv4 ? DNSType.a : DNSType.aaaa
        case .mx: DNSType.mx
        case .text: DNSType.txt
        case .alias: DNSType.cname
        case .tlsa: DNSType.tlsa
        case .server: DNSType.ns
        case .raw(let type, _): type
        }
    }

    /// The rdata, names without compression.
    var rdata: [UInt8] {
        switch self {
        case .address(let address): address.bytes
        case .mx(let preference, let host): DNSWire.number(preference) + DNSWire.name(host)
        case .text(let bytes):
            stride(from: 0, to: max(1, bytes.count), by: 255).flatMap { start -> [UInt8] in
                let part = bytes[start..<min(start + 255, bytes.count)]
                return [UInt8(part.count)] + part
            }
        case .alias(let name), .server(let name): DNSWire.name(name)
        case .tlsa(let record):
            [record.usage, record.selector, record.matchingType].map { UInt8(truncatingIfNeeded: $0) } + record.data
        case .raw(_, let bytes): bytes
        }
    }
}

/// The types that the responder itself knows.
enum DNSType {
    static let a: UInt16 = 1
    static let ns: UInt16 = 2
    static let cname: UInt16 = 5
    static let soa: UInt16 = 6
    static let mx: UInt16 = 15
    static let txt: UInt16 = 16
    static let aaaa: UInt16 = 28
    static let opt: UInt16 = 41
    static let ds: UInt16 = 43
    static let rrsig: UInt16 = 46
    static let nsec: UInt16 = 47
    static let dnskey: UInt16 = 48
    static let nsec3: UInt16 = 50
    static let tlsa: UInt16 = 52
}
