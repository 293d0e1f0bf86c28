import COpenSSL

/// The names of a signed zone in the order of its denials (RFC 4034 4, RFC 5155).
struct DenialChain {
    private let kind: LabZone.Denial
    /// Sort keys: the labels from the right for NSEC, the digests for NSEC3.
    private let keys: [[UInt8]]
    private let records: [DNSResourceRecord]

    init(_ zone: ServedZone, _ kind: LabZone.Denial) {
        self.kind = kind
        let ttl = zone.zone.ttl
        switch kind {
        case .nsec:
            let links = zone.owners.map { (key: Self.order($0), name: $0) }
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            keys = links.map(\.key)
            records = links.indices.map { index in
                let next = links[(index + 1) % links.count].name
                let owner = links[index].name
                return DNSResourceRecord(
                    owner: owner, type: DNSType.nsec, ttl: ttl,
                    rdata: DNSWire.name(next) + DNSWire.bitmap(zone.types(at: owner)))
            }
        case .nsec3:
            let links = zone.allNames.map { (key: Self.digest($0), name: $0) }
                .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            keys = links.map(\.key)
            records = links.indices.map { index in
                let next = links[(index + 1) % links.count].key
                let label = Self.base32hex(links[index].key)
                // SHA-1, no flags, no more rounds, no salt (RFC 9276 3.1).
                return DNSResourceRecord(
                    owner: zone.name.isEmpty ? label : label + "." + zone.name, type: DNSType.nsec3, ttl: ttl,
                    rdata: [1, 0, 0, 0, 0, 20] + next + DNSWire.bitmap(zone.types(at: links[index].name)))
            }
        }
    }

    /// The records that prove that the name does not exist, or, where it does, which types it has.
    func proof(of owner: String, in zone: ServedZone) -> [DNSResourceRecord] {
        var wanted = [owner]
        if !zone.exists(owner) {
            var (closest, next) = (owner, owner)
            while !zone.exists(closest), closest != zone.name {
                next = closest
                closest = closest.firstIndex(of: ".").map { String(closest[closest.index(after: $0)...]) } ?? ""
            }
            let wildcard = closest.isEmpty ? "*" : "*." + closest
            wanted = kind == .nsec ? [owner, wildcard] : [closest, next, wildcard]
        }
        var places: [Int] = []
        for name in wanted {
            let place = place(of: kind == .nsec ? Self.order(name) : Self.digest(name))
            if !places.contains(place) { places.append(place) }
        }
        return places.map { records[$0] }
    }

    /// The last link at or before the key; the chain is a ring.
    private func place(of key: [UInt8]) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if key.lexicographicallyPrecedes(keys[middle]) { high = middle } else { low = middle + 1 }
        }
        return low == 0 ? keys.count - 1 : low - 1
    }

    /// The canonical order of names (RFC 4034 6.1), for labels without a zero byte.
    private static func order(_ name: String) -> [UInt8] {
        Array(DNSWire.labels(name).reversed().joined(separator: [0]))
    }

    private static func digest(_ name: String) -> [UInt8] {
        let wire = DNSWire.name(name)
        var hash = [UInt8](repeating: 0, count: 20)
        EVP_Digest(wire, wire.count, &hash, nil, EVP_sha1(), nil)
        return hash
    }

    /// RFC 4648 7, in lower case; 20 bytes need no padding.
    private static func base32hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        var text: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(digits[bits >> count & 31])
            }
            bits &= 1 << count - 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
