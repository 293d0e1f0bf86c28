/// The wire form of what the responder sends (RFC 1035 3.1, 4.1).
enum DNSWire {
    /// A name, lower case and without compression; `.` and the empty name are the root.
    static func name(_ text: String) -> [UInt8] {
        labels(text).flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 } + [0]
    }

    /// The labels of a name, at most 63 bytes each.
    static func labels(_ text: String) -> [[UInt8]] {
        text.utf8.split(separator: UInt8(ascii: ".")).map { label in
            label.prefix(63).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
        }
    }

    /// A name in wire form as `key` gives it.
    static func text(_ wire: [UInt8]) -> String {
        var labels: [String] = []
        var index = 0
        while index < wire.count, wire[index] != 0 {
            let end = min(wire.count, index + 1 + Int(wire[index]))
            labels.append(String(decoding: wire[(index + 1)..<end], as: UTF8.self))
            index = end
        }
        return labels.joined(separator: ".")
    }

    /// Two bytes.
    static func number(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    /// Four bytes.
    static func long(_ value: Int) -> [UInt8] { number(value >> 16) + number(value) }

    /// Lower case, no final dot: how names are kept. The root is the empty text.
    static func key(_ name: String) -> String {
        labels(name).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    }

    /// The types that exist at a name (RFC 4034 4.1.2).
    static func bitmap(_ types: Set<UInt16>) -> [UInt8] {
        var windows: [UInt8: [UInt8]] = [:]
        for type in types {
            var bits = windows[UInt8(type >> 8)] ?? []
            let place = Int(type & 0xff)
            bits += [UInt8](repeating: 0, count: max(0, place / 8 + 1 - bits.count))
            bits[place / 8] |= 0x80 >> UInt8(place % 8)
            windows[UInt8(type >> 8)] = bits
        }
        return windows.sorted { $0.key < $1.key }.flatMap { [$0.key, UInt8($0.value.count)] + $0.value }
    }
}

/// One record as it is sent.
struct DNSResourceRecord: Hashable, Sendable {
    /// As `DNSWire.key` gives it.
    let owner: String
    let type: UInt16
    let ttl: Int
    let rdata: [UInt8]

    /// - Parameter question: a name that stands at byte 12 of the message already.
    func encoded(question: String? = nil) -> [UInt8] {
        let name = owner == question ? [0xc0, 12] : DNSWire.name(owner)
        return name + DNSWire.number(Int(type)) + [0, 1] + DNSWire.long(ttl) + DNSWire.number(rdata.count) + rdata
    }
}
