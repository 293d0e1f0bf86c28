/// A DNS message (RFC 1035 4), as far as it is needed beside libunbound's result: which CNAMEs lead to the answer, and
/// how long it may be kept.
struct DNSMessage {
    struct Record {
        let owner: WireName
        let type: Int
        let ttl: Int
        /// Where the rdata stands in the message.
        let rdata: Range<Int>
    }

    /// More records than a message of 64 KiB can reasonably hold.
    private static let recordLimit = 5000

    let bytes: [UInt8]
    let isTruncated: Bool
    let questionName: WireName
    let answers: [Record]
    let authorities: [Record]

    /// Reads a message; nil when it is broken or has no question.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12 else { return nil }
        self.bytes = bytes
        isTruncated = bytes[2] & 2 != 0
        func count(_ offset: Int) -> Int { Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) }
        guard count(4) == 1 else { return nil }
        var index = 12
        guard let name = WireName(bytes, at: &index) else { return nil }
        questionName = name
        index += 4
        guard count(6) + count(8) <= Self.recordLimit,
            let answers = Self.records(count(6), bytes, &index),
            let authorities = Self.records(count(8), bytes, &index)
        else { return nil }
        self.answers = answers
        self.authorities = authorities
    }

    private static func records(_ count: Int, _ bytes: [UInt8], _ index: inout Int) -> [Record]? {
        var records: [Record] = []
        for _ in 0..<count {
            guard let owner = WireName(bytes, at: &index), index + 10 <= bytes.count else { return nil }
            let field = bytes[index..<(index + 10)].map { Int($0) }
            let start = index + 10
            let end = start + (field[8] << 8 | field[9])
            guard end <= bytes.count else { return nil }
            let ttl = field[4] << 24 | field[5] << 16 | field[6] << 8 | field[7]
            // A TTL with the top bit set counts as zero (RFC 2181 8).
            records.append(
                Record(
                    owner: owner, type: field[0] << 8 | field[1], ttl: ttl > 0x7fff_ffff ? 0 : ttl, rdata: start..<end))
            index = end
        }
        return records
    }

    static let cname = 5

    /// The least TTL of the CNAMEs; nil where there is none.
    var aliasTTL: Int? { answers.filter { $0.type == Self.cname }.map(\.ttl).min() }

    /// Seconds for which the answer may be kept: the least TTL of the answer's own records; for a denial also that of
    /// the SOA (RFC 2308 5). Nil for a denial without SOA.
    func ttl(of type: RecordType) -> Int? {
        let own = answers.filter { $0.type == Self.cname || $0.type == Int(type.rawValue) }
        let least = own.map(\.ttl).min()
        if own.contains(where: { $0.type == Int(type.rawValue) }) { return least }
        guard let soa = authorities.first(where: { $0.type == Int(RecordType.soa.rawValue) }), soa.rdata.count >= 22
        else { return nil }
        let minimum = bytes[soa.rdata].suffix(4).reduce(0) { $0 << 8 | Int($1) }
        return min(least ?? .max, soa.ttl, minimum)
    }
}
