import COpenSSL
import Evidence
import FoundationEssentials

@testable import OpenSSLTLS

/// A private key of the tests, kept as PEM so that it may cross threads.
struct TestKey: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case p256
        case rsa(Int)
        case ed25519
    }

    let pem: String

    init(_ kind: Kind = .p256) throws {
        _ = OpenSSL.start
        let (type, control): (Int32, (OpaquePointer?) -> Int32) =
            switch kind {
            case .p256: (NID_X9_62_id_ecPublicKey, { EVP_PKEY_CTX_set_ec_paramgen_curve_nid($0, NID_X9_62_prime256v1) })
            case .rsa(let bits): (NID_rsaEncryption, { EVP_PKEY_CTX_set_rsa_keygen_bits($0, Int32(bits)) })
            case .ed25519: (NID_ED25519, { _ in 1 })
            }
        let context = EVP_PKEY_CTX_new_id(type, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        try check(EVP_PKEY_keygen_init(context) == 1 && control(context) == 1)
        try check(EVP_PKEY_keygen(context, &key) == 1)
        defer { EVP_PKEY_free(key) }
        let bio = shim_BIO_new_mem()
        defer { BIO_free(bio) }
        try check(PEM_write_bio_PrivateKey(bio, key, nil, nil, 0, nil, nil) == 1)
        pem = memory(of: bio)
    }

    /// The SubjectPublicKeyInfo as DER.
    func publicDER() throws -> [UInt8] {
        try with { key in
            let length = i2d_PUBKEY(key, nil)
            return [UInt8](unsafeUninitializedCapacity: Int(length)) { bytes, count in
                var cursor = bytes.baseAddress
                count = Int(i2d_PUBKEY(key, &cursor))
            }
        }
    }

    func with<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
        guard let result = PEMReader.withPrivateKey(pem, { key in Swift.Result { try body(key) } }) else {
            throw TestFailure(text: "key")
        }
        return try result.get()
    }
}

/// A certificate of the tests with its key.
struct TestCertificate: Hashable, Sendable {
    let der: [UInt8]
    let key: TestKey

    var pem: String { TestCertificate.pem([der]) }

    static func pem(_ chain: [[UInt8]]) -> String {
        chain.map { der in
            "-----BEGIN CERTIFICATE-----\n"
                + Data(der).base64EncodedString(options: .lineLength64Characters).replacing("\r\n", with: "\n")
                + "\n-----END CERTIFICATE-----\n"
        }.joined()
    }
}

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

/// The little DER that the tests write by hand.
enum DER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            switch content.count {
            case ..<128: [UInt8(content.count)]
            case ..<256: [0x81, UInt8(content.count)]
            default: [0x82, UInt8(content.count >> 8), UInt8(content.count & 255)]
            }
        return [tag] + length + content
    }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] { element(0x30, elements.flatMap { $0 }) }
}

enum TestTime {
    /// A whole second far from today, so that nothing depends on the clock.
    static let start = Date(timeIntervalSince1970: 2_000_000_000)

    static func day(_ days: Double) -> Date { start.addingTimeInterval(days * 86_400) }
}

struct TestFailure: Error { let text: String }

func check(_ condition: Bool, _ line: Int = #line) throws {
    guard condition else { throw TestFailure(text: "line \(line): \(OpenSSL.takeReason(otherwise: "no reason"))") }
}

func unwrap(_ pointer: OpaquePointer?, _ line: Int = #line) throws -> OpaquePointer {
    guard let pointer else {
        throw TestFailure(text: "line \(line): \(OpenSSL.takeReason(otherwise: "no reason"))")
    }
    return pointer
}

func memory(of bio: OpaquePointer?) -> String {
    var start: UnsafePointer<UInt8>?
    let count = Int(shim_BIO_get_mem_data(bio, &start))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
}
