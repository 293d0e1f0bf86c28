import Evidence
import FoundationEssentials
import MTASTS

extension DNSMessage {
    private static let rrsig = 46
    /// SOA, NSEC and NSEC3: what a denial rests on.
    private static let denials: Set<Int> = [6, 47, 50]

    private struct SignedSet: Hashable {
        let owner: WireName
        let type: Int
    }

    /// For how long the signatures hold on which the answer rests: its records and aliases, or its denial; nil where
    /// there are none. Of several signatures of one set the longest counts, of several sets the shortest.
    func signatures(of type: RecordType, now: Date) -> SignatureValidity? {
        let wanted = Int(type.rawValue)
        var sets: [SignedSet: SignatureValidity] = [:]
        let isDenial = !answers.contains { $0.type == wanted }
        let relevant =
            answers.map { ($0, [wanted, Self.cname]) } + (isDenial ? authorities.map { ($0, Array(Self.denials)) } : [])
        for (record, types) in relevant where record.type == Self.rrsig {
            guard let (covered, validity) = signature(record, now), types.contains(covered) else { continue }
            let set = SignedSet(owner: record.owner, type: covered)
            if let known = sets[set], known.until >= validity.until { continue }
            sets[set] = validity
        }
        return sets.values.min { ($0.until, $0.zone) < ($1.until, $1.zone) }
    }

    /// The type that an RRSIG record covers, and its dates (RFC 4034 3.1).
    private func signature(_ record: Record, _ now: Date) -> (covered: Int, SignatureValidity)? {
        guard record.rdata.count > 18 else { return nil }
        let start = record.rdata.lowerBound
        func number(_ offset: Int, _ size: Int) -> Int {
            bytes[(start + offset)..<(start + offset + size)].reduce(0) { $0 << 8 | Int($1) }
        }
        var index = start + 18
        guard let signer = WireName(bytes, at: &index), index <= record.rdata.upperBound else { return nil }
        let validity = SignatureValidity(
            zone: signer.isRoot ? "." : signer.domainName?.text ?? "?", from: Self.date(number(12, 4), near: now),
            until: Self.date(number(8, 4), near: now))
        return (number(0, 2), validity)
    }

    /// Seconds since 1970 in 32 bits: of all moments that look so, the one nearest to now (RFC 1982).
    private static func date(_ seconds: Int, near now: Date) -> Date {
        let today = Int(now.timeIntervalSince1970)
        var distance = (seconds - today) % (1 << 32)
        if distance > 1 << 31 { distance -= 1 << 32 }
        if distance < -(1 << 31) { distance += 1 << 32 }
        return Date(timeIntervalSince1970: Double(today + distance))
    }
}
