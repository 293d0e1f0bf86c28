import Evidence

@testable import OpenSSLTLS

enum TestTLSA {
    /// The record that a zone would publish for a certificate.
    static func record(
        _ usage: Int, _ selector: Int, _ matchingType: Int, _ certificate: TestCertificate
    ) throws -> TLSARecord {
        let data = selector == 1 ? try certificate.key.publicDER() : certificate.der
        let association =
            switch matchingType {
            case 1: Digest.sha256(data)
            case 2: Digest.sha512(data)
            default: data
            }
        return TLSARecord(usage: usage, selector: selector, matchingType: matchingType, data: association)
    }
}
