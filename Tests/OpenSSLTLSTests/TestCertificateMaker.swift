import COpenSSL
import FoundationEssentials

@testable import OpenSSLTLS

/// What a certificate is to say; `sign` makes it.
struct TestCertificateMaker {
    /// The common name, UTF-8; empty leaves the subject empty.
    var subject: String
    var organisation: String?
    /// SAN dNSNames as raw bytes, so that broken ones can be made.
    var names: [[UInt8]] = []
    var isAuthority = false
    var from = TestTime.start
    var until = TestTime.start.addingTimeInterval(90 * 86_400)
    var digest: Digest = .sha256
    var purpose = "serverAuth"

    enum Digest { case sha1, sha256, none }

    /// - Parameters:
    ///   - key: of the new certificate.
    ///   - issuer: nil signs it with its own key.
    func sign(_ key: TestKey, by issuer: TestCertificate? = nil) throws -> TestCertificate {
        try sign(key, by: issuer, with: issuer?.key ?? key)
    }

    /// The same, signed by a key that need not be the issuer's.
    func sign(_ key: TestKey, by issuer: TestCertificate?, with signer: TestKey) throws -> TestCertificate {
        let certificate = try unwrap(X509_new())
        defer { X509_free(certificate) }
        try check(X509_set_version(certificate, 2) == 1)
        try check(
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), .random(in: 1...UInt64(Int64.max))) == 1)
        ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(from.timeIntervalSince1970))
        ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(until.timeIntervalSince1970))
        let name = X509_get_subject_name(certificate)
        for (field, text) in [("O", organisation ?? ""), ("CN", subject)] where !text.isEmpty {
            let bytes = Array(text.utf8)
            try check(
                X509_NAME_add_entry_by_txt(name, field, MBSTRING_FLAG, bytes, Int32(bytes.count), -1, 0) == 1)
        }
        try key.with { try check(X509_set_pubkey(certificate, $0) == 1) }
        let issuerCertificate = issuer.flatMap { X509Certificate(der: $0.der) }
        let issuerPointer = issuerCertificate?.pointer ?? certificate
        try check(X509_set_issuer_name(certificate, X509_get_subject_name(issuerPointer)) == 1)
        try addExtensions(certificate, issuer: issuerPointer)
        let algorithm: OpaquePointer? =
            switch digest {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .none: nil
            }
        try signer.with { try check(X509_sign(certificate, $0, algorithm) > 0) }
        return TestCertificate(der: X509Certificate.der(of: certificate), key: key)
    }

    private func addExtensions(_ certificate: OpaquePointer, issuer: OpaquePointer) throws {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        var extensions = [(NID_subject_key_identifier, "hash")]
        if issuer != certificate { extensions.append((NID_authority_key_identifier, "keyid")) }
        if isAuthority {
            extensions.append((NID_basic_constraints, "critical,CA:TRUE"))
            extensions.append((NID_key_usage, "critical,keyCertSign,cRLSign"))
        } else {
            extensions.append((NID_ext_key_usage, purpose))
        }
        for (kind, value) in extensions {
            let made = try unwrap(X509V3_EXT_conf_nid(nil, &context, kind, value))
            defer { X509_EXTENSION_free(made) }
            try check(X509_add_ext(certificate, made, -1) == 1)
        }
        guard !names.isEmpty else { return }
        let san = DER.sequence(names.map { DER.element(0x82, $0) })
        let octets = ASN1_OCTET_STRING_new()
        defer { ASN1_OCTET_STRING_free(octets) }
        try check(ASN1_OCTET_STRING_set(octets, san, Int32(san.count)) == 1)
        let made = try unwrap(X509_EXTENSION_create_by_NID(nil, NID_subject_alt_name, 0, octets))
        defer { X509_EXTENSION_free(made) }
        try check(X509_add_ext(certificate, made, -1) == 1)
    }
}
