import Evidence
import MTASTS

/// Reads the rdata of the records that matter. One broken record beside good ones is left out; an answer in which
/// nothing is usable, or of whose texts or TLSA records there are too many, is malformed. Results are in a fixed order,
/// so that a server that shuffles its records does not look like one that changed them.
enum RDataReader {
    static let txtLimit = (records: 200, bytes: 65536)
    static let mxLimit = 500
    static let addressLimit = 200
    static let tlsaLimit = 100

    /// TXT (RFC 1035 3.3.14): the character strings of each record joined.
    static func txt(_ records: [[UInt8]]) throws(AnswerError) -> [TXTRecord] {
        try limit(records.count, txtLimit.records, "TXT records")
        try limit(records.reduce(0) { $0 + $1.count }, txtLimit.bytes, "bytes of TXT data")
        let texts = records.compactMap(strings).map { TXTRecord(strings: $0) }
        return try usable(texts.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }, "TXT")
    }

    private static func strings(_ record: [UInt8]) -> [[UInt8]]? {
        guard !record.isEmpty else { return nil }
        var strings: [[UInt8]] = []
        var index = 0
        while index < record.count {
            let length = Int(record[index])
            guard index + length < record.count else { return nil }
            strings.append(Array(record[(index + 1)...].prefix(length)))
            index += 1 + length
        }
        return strings
    }

    /// MX (RFC 1035 3.3.9), by preference, then name, the first of them where there are too many: senders do not count
    /// them either. The null MX (RFC 7505) has no host.
    static func mx(_ records: [[UInt8]]) throws(AnswerError) -> [MXHost] {
        let hosts = records.compactMap { record -> MXHost? in
            var index = 2
            guard record.count >= 3, let name = WireName(record, at: &index), index == record.count else { return nil }
            let preference = Int(record[0]) << 8 | Int(record[1])
            if name.isRoot { return MXHost(preference: preference, host: nil) }
            guard let host = name.domainName else { return nil }
            return MXHost(preference: preference, host: host)
        }
        let ordered = try usable(hosts, "MX").sorted {
            ($0.preference, $0.host?.text ?? "") < ($1.preference, $1.host?.text ?? "")
        }
        return Array(ordered.prefix(mxLimit))
    }

    /// The names of NS records (RFC 1035 3.3.11), each once, by name.
    static func names(_ records: [[UInt8]]) throws(AnswerError) -> [DomainName] {
        let names = records.compactMap { record -> DomainName? in
            var index = 0
            return WireName(record, at: &index)?.domainName
        }
        return Array(Set(try usable(names, "NS"))).sorted { $0.text < $1.text }
    }

    /// A (4 bytes) or AAAA (16 bytes), by value, the first of them where there are too many.
    static func addresses(_ records: [[UInt8]], size: Int) throws(AnswerError) -> [IPAddress] {
        let type = size == 4 ? "A" : "AAAA"
        let addresses = try usable(records.filter { $0.count == size }.compactMap { IPAddress(bytes: $0) }, type)
        return Array(addresses.sorted().prefix(addressLimit))
    }

    /// TLSA (RFC 6698 2.1), by their bytes; numbers and data as published, usable or not.
    static func tlsa(_ records: [[UInt8]]) throws(AnswerError) -> [TLSARecord] {
        try limit(records.count, tlsaLimit, "TLSA records")
        let ordered = records.filter { $0.count >= 3 }.sorted { $0.lexicographicallyPrecedes($1) }
        return try usable(
            ordered.map {
                TLSARecord(
                    usage: Int($0[0]), selector: Int($0[1]), matchingType: Int($0[2]), data: Array($0.dropFirst(3)))
            }, "TLSA")
    }

    private static func limit(_ count: Int, _ limit: Int, _ what: String) throws(AnswerError) {
        guard count > limit else { return }
        throw AnswerError(.malformed("more than \(limit) \(what)"))
    }

    private static func usable<Value>(_ values: [Value], _ type: String) throws(AnswerError) -> [Value] {
        guard values.isEmpty else { return values }
        throw AnswerError(.malformed("no \(type) record can be read"))
    }
}
