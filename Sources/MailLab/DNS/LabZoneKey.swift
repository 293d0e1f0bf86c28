import COpenSSL
import FoundationEssentials
import Synchronization

/// The one key of a signed zone: ECDSA on P-256 with SHA-256 (algorithm 13, RFC 6605).
final class LabZoneKey: Sendable {
    static let algorithm: UInt8 = 13

    /// As `DNSWire.key` gives it.
    let zone: String
    /// Of the DNSKEY record.
    let rdata: [UInt8]
    /// RFC 4034 appendix B.
    let tag: Int
    /// Of the DS record, SHA-256.
    let digest: [UInt8]
    private let key: Mutex<OpenSSLKey>

    init(_ zone: String) throws(LabError) {
        let made = try OpenSSLKey.generate(.p256)
        var point = [UInt8](repeating: 0, count: 133)
        var length = 0
        try checked(
            EVP_PKEY_get_octet_string_param(made.pointer, "pub", &point, point.count, &length), "the zone's public key")
        guard length == 65, point[0] == 4 else { throw LabError("The key of the zone \(zone) is not a plain point.") }
        // Flags 257: a zone key that a DS may point at; protocol 3.
        let rdata = [1, 1, 3, Self.algorithm] + point[1..<65]
        var sum = 0
        for (index, byte) in rdata.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
        let tag = (sum + sum >> 16) & 0xffff
        let data = DNSWire.name(zone) + rdata
        var hash = [UInt8](repeating: 0, count: 32)
        try checked(EVP_Digest(data, data.count, &hash, nil, EVP_sha256(), nil), "EVP_Digest")
        self.zone = zone
        self.rdata = rdata
        self.tag = tag
        digest = DNSWire.number(tag) + [Self.algorithm, 2] + hash
        key = Mutex(made)
    }

    /// The DS as a zone file has it: what a resolver is told to trust.
    var anchor: String {
        let hex = digest.dropFirst(4).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(zone.isEmpty ? "." : zone + ".") IN DS \(tag) \(Self.algorithm) 2 \(hex)"
    }

    /// The RRSIG record for a set of records of one owner and type (RFC 4034 3.1.8.1); nil for an empty set, and where
    /// OpenSSL fails: an answer without it is bogus and is noticed.
    func signature(_ set: [DNSResourceRecord], from: Date, until: Date) -> DNSResourceRecord? {
        guard let first = set.first else { return nil }
        func seconds(_ date: Date) -> Int { Int(date.timeIntervalSince1970) & 0xffff_ffff }
        let labels = DNSWire.labels(first.owner)
        let head =
            DNSWire.number(Int(first.type)) + [Self.algorithm, UInt8(truncatingIfNeeded: labels.count)]
            + DNSWire.long(first.ttl) + DNSWire.long(seconds(until)) + DNSWire.long(seconds(from))
            + DNSWire.number(tag) + DNSWire.name(zone)
        let ordered = set.sorted { $0.rdata.lexicographicallyPrecedes($1.rdata) }
        guard let signature = sign(head + ordered.flatMap { $0.encoded() }) else { return nil }
        return DNSResourceRecord(owner: first.owner, type: DNSType.rrsig, ttl: first.ttl, rdata: head + signature)
    }

    /// The two numbers of a signature, 32 bytes each (RFC 6605 4).
    private func sign(_ data: [UInt8]) -> [UInt8]? {
        key.withLock { key -> [UInt8]? in
            guard let context = EVP_MD_CTX_new() else { return nil }
            defer { EVP_MD_CTX_free(context) }
            var der = [UInt8](repeating: 0, count: 80)
            var length = der.count
            guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key.pointer) == 1,
                EVP_DigestSign(context, &der, &length, data, data.count) == 1
            else {
                ERR_clear_error()
                return nil
            }
            return der.withUnsafeBufferPointer { buffer -> [UInt8]? in
                var next = buffer.baseAddress
                guard let pair = d2i_ECDSA_SIG(nil, &next, length) else { return nil }
                defer { ECDSA_SIG_free(pair) }
                var bytes = [UInt8](repeating: 0, count: 64)
                let isWhole = bytes.withUnsafeMutableBufferPointer { out -> Bool in
                    guard let base = out.baseAddress else { return false }
                    return BN_bn2binpad(ECDSA_SIG_get0_r(pair), base, 32) == 32
                        && BN_bn2binpad(ECDSA_SIG_get0_s(pair), base + 32, 32) == 32
                }
                return isWhole ? bytes : nil
            }
        }
    }
}
