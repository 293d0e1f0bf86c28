import Evidence
import FoundationEssentials
import MTASTS

@testable import UnboundDNS

/// A DNS message as it came, and the rdata of its answers; or, where it is none, rdata with a length byte before each.
enum DNSFuzzer {
    static func run(_ input: [UInt8]) {
        if let message = DNSMessage(input) {
            judge(message)
            readAll(message.answers.map { Array(input[$0.rdata]) })
        }
        var records: [[UInt8]] = []
        var rest = input[...]
        while let length = rest.popFirst() {
            records.append(Array(rest.prefix(Int(length))))
            rest = rest.dropFirst(Int(length))
        }
        readAll(records)
    }

    private static let types: [RecordType] = [.a, .ns, .soa, .mx, .txt, .aaaa, .ds, .dnskey, .tlsa]

    private static func judge(_ message: DNSMessage) {
        judge(message.questionName)
        for record in message.answers + message.authorities {
            judge(record.owner)
            demand(record.rdata.upperBound <= message.bytes.count, "rdata lies within the message")
            demand((0...0x7fff_ffff).contains(record.ttl), "a TTL has 31 bits")
        }
        for type in types {
            demand((message.ttl(of: type) ?? 0) >= 0, "a TTL is not negative")
            _ = message.signatures(of: type, now: Date(timeIntervalSince1970: 1_800_000_000))
        }
        switch Result(catching: { () throws(AnswerError) in try AliasChain(message) }) {
        case .success(let chain):
            demand(chain.targets.count <= AliasChain.limit, "a chain has at most 11 links")
            judge(chain.end)
        case .failure(let error): demand(error.failure == .aliasLoop, "a chain fails by its length only")
        }
    }

    private static func judge(_ name: WireName) {
        demand((1...255).contains(name.bytes.count) && name.bytes.last == 0, "a name has 1 to 255 bytes and ends")
        var index = 0
        demand(
            WireName(name.bytes, at: &index) == name && index == name.bytes.count,
            "a name that was read reads the same again")
        demand((name.domainName?.text.utf8.count ?? 1) <= 253, "a name's text has at most 253 bytes")
    }

    private static func readAll(_ records: [[UInt8]]) {
        readTwice(records, RDataReader.txt) { (texts: [TXTRecord]) in
            demand(texts.reduce(0) { $0 + $1.bytes.count } <= RDataReader.txtLimit.bytes, "TXT data is bounded")
        }
        readTwice(records, RDataReader.mx) { (hosts: [MXHost]) in
            demand(hosts.allSatisfy { (0...65535).contains($0.preference) }, "a preference has 16 bits")
            demand(hosts.map(\.preference) == hosts.map(\.preference).sorted(), "hosts come by preference")
        }
        readTwice(records, v4, judgeAddresses)
        readTwice(records, v6, judgeAddresses)
        readTwice(records, RDataReader.tlsa) { (records: [TLSARecord]) in
            for record in records { demandPrintable(record.description, "a TLSA record") }
        }
    }

    private static func v4(_ records: [[UInt8]]) throws(AnswerError) -> [IPAddress] {
        try RDataReader.addresses(records, size: 4)
    }

    private static func v6(_ records: [[UInt8]]) throws(AnswerError) -> [IPAddress] {
        try RDataReader.addresses(records, size: 16)
    }

    private static func judgeAddresses(_ addresses: [IPAddress]) {
        demand(addresses == addresses.sorted(), "addresses come by value")
        demand(addresses.allSatisfy { IPAddress($0.description) == $0 }, "an address reads as it is written")
        // Reads the bytes at fixed places.
        _ = addresses.map(\.isSpecialUse)
    }

    /// The order in which a server sends its records must not show.
    private static func readTwice<Value: Equatable>(
        _ records: [[UInt8]], _ read: ([[UInt8]]) throws(AnswerError) -> [Value], _ judge: ([Value]) -> Void
    ) {
        let first = Result { () throws(AnswerError) in try read(records) }
        let second = Result { () throws(AnswerError) in try read(records.reversed()) }
        demand(first == second, "the order of the records does not matter")
        switch first {
        case .success(let values):
            demand(!values.isEmpty && values.count <= records.count, "each value has its record")
            judge(values)
        case .failure(let error):
            guard case .malformed(let reason) = error.failure else { fatalError("broken promise: data is malformed") }
            demandPrintable(reason, "a failure")
        }
    }
}
