import COpenSSL
import Evidence
import MTASTS

/// TLSA records inside an SSL that never connects: OpenSSL offers its DANE code only there.
final class DANERecords {
    /// The records that OpenSSL can use, in the order given.
    private(set) var accepted: [TLSARecord] = []
    private let ssl: OpaquePointer

    /// Nil when there is no memory.
    init?(_ records: [TLSARecord], names: [DomainName]) {
        guard let context = DANERecords.context else { return nil }
        ERR_clear_error()
        guard let ssl = SSL_new(context.pointer) else { return nil }
        self.ssl = ssl
        // Without a name OpenSSL would take every name for usage 2: give it one that is nobody's (RFC 6761 6.4).
        guard SSL_dane_enable(ssl, names.first?.text ?? "no-name.invalid") == 1 else { return nil }
        SSL_dane_set_flags(ssl, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
        for name in names.dropFirst() where SSL_add1_host(ssl, name.text) != 1 { return nil }
        // Names are those of the SAN; an MTA's wildcard covers one whole label (RFC 7672 3.2.3).
        SSL_set_hostflags(
            ssl, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT) | UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        for record in records {
            let result = record.data.withUnsafeBufferPointer {
                SSL_dane_tlsa_add(
                    ssl, UInt8(record.usage), UInt8(record.selector), UInt8(record.matchingType), $0.baseAddress,
                    $0.count)
            }
            if result > 0 { accepted.append(record) }
        }
        ERR_clear_error()
    }

    deinit {
        SSL_free(ssl)
    }

    /// Lends records, names and flags to a verification, as a handshake would; this object must outlive it.
    func attach(to verification: OpaquePointer) {
        X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(verification), SSL_get0_param(ssl))
        // How strong the keys are is not a matter of DANE; the published digest vouches for them.
        X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(verification), 0)
        X509_STORE_CTX_set0_dane(verification, SSL_get0_dane(ssl))
    }

    /// The record that the last verification matched.
    var matched: TLSARecord? {
        guard SSL_get0_dane_authority(ssl, nil, nil) >= 0 else { return nil }
        var usage: UInt8 = 0
        var selector: UInt8 = 0
        var matchingType: UInt8 = 0
        var data: UnsafePointer<UInt8>?
        var length = 0
        guard SSL_get0_dane_tlsa(ssl, &usage, &selector, &matchingType, &data, &length) >= 0 else { return nil }
        return TLSARecord(
            usage: Int(usage), selector: Int(selector), matchingType: Int(matchingType),
            data: Array(UnsafeBufferPointer(start: data, count: length)))
    }

    /// Made once; nil when OpenSSL cannot start, which then every use tells.
    private static let context: TLSContext? = try? TLSContext.dane()
}
