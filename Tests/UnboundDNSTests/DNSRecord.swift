import Evidence

/// One resource record as a test server sends it.
struct DNSRecord: Sendable {
    let owner: String
    let type: Int
    let ttl: Int
    let rdata: [UInt8]

    init(_ owner: String, _ type: Int, ttl: Int = 300, rdata: [UInt8]) {
        self.owner = owner
        self.type = type
        self.ttl = ttl
        self.rdata = rdata
    }

    /// The type whose signature this is, for an RRSIG record.
    var covered: Int? { type == 46 && rdata.count > 2 ? Int(rdata[0]) << 8 | Int(rdata[1]) : nil }

    static func a(_ owner: String, _ address: String, ttl: Int = 300) -> DNSRecord {
        DNSRecord(owner, 1, ttl: ttl, rdata: IPAddress(address)?.bytes ?? [])
    }

    static func aaaa(_ owner: String, _ address: String) -> DNSRecord {
        DNSRecord(owner, 28, rdata: IPAddress(address)?.bytes ?? [])
    }

    static func txt(_ owner: String, _ strings: String..., ttl: Int = 300) -> DNSRecord {
        DNSRecord(owner, 16, ttl: ttl, rdata: strings.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) })
    }

    static func mx(_ owner: String, _ preference: Int, _ host: String, ttl: Int = 300) -> DNSRecord {
        DNSRecord(owner, 15, ttl: ttl, rdata: [UInt8(preference >> 8), UInt8(preference & 255)] + wire(host))
    }

    static func cname(_ owner: String, _ target: String, ttl: Int = 300) -> DNSRecord {
        DNSRecord(owner, 5, ttl: ttl, rdata: wire(target))
    }

    static func tlsa(_ owner: String, _ usage: UInt8, _ selector: UInt8, _ type: UInt8, _ data: [UInt8]) -> DNSRecord {
        DNSRecord(owner, 52, rdata: [usage, selector, type] + data)
    }

    static func soa(_ zone: String, ttl: Int = 300, minimum: UInt8 = 60) -> DNSRecord {
        let numbers: [UInt8] = [0, 0, 0, 1, 0, 0, 14, 16, 0, 0, 2, 88, 0, 1, 81, 128, 0, 0, 0, minimum]
        return DNSRecord(zone, 6, ttl: ttl, rdata: wire("ns.invalid") + wire("root.invalid") + numbers)
    }

    /// The wire form of a name; `.` is the root.
    static func wire(_ name: String) -> [UInt8] {
        name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The record in a message; `owner` may be a pointer.
    func encoded() -> [UInt8] {
        Self.wire(owner)
            + [
                UInt8(type >> 8), UInt8(type & 255), 0, 1, UInt8(ttl >> 24 & 255), UInt8(ttl >> 16 & 255),
                UInt8(ttl >> 8 & 255), UInt8(ttl & 255), UInt8(rdata.count >> 8), UInt8(rdata.count & 255),
            ] + rdata
    }
}
