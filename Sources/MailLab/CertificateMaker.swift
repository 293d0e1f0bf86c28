import COpenSSL
import FoundationEssentials

/// A certificate with the key that belongs to it; both as bytes, so that it may cross tasks.
struct SignedCertificate: Hashable, Sendable {
    let der: [UInt8]
    let keyPEM: String
    /// SHA-256 of the SubjectPublicKeyInfo.
    let publicKeyDigest: [UInt8]
}

/// Makes and signs certificates with OpenSSL.
struct CertificateMaker {
    enum Role { case root, intermediate, leaf }

    var subject: String
    /// The dNSNames of the SAN; empty for none.
    var names: [String] = []
    /// In place of `names`: dNSNames that no configuration text could hold, or too many for one.
    var rawNames: [[UInt8]] = []
    /// The common name byte by byte, in place of `subject`.
    var rawSubject: [UInt8]?
    var role: Role
    var notBefore: Date
    var notAfter: Date
    var key: LabKey = .p256

    /// Makes the key, then the certificate, signed by `signer` or, without one, by itself.
    func make(signedBy signer: SignedCertificate? = nil) throws(LabError) -> SignedCertificate {
        let pair = try OpenSSLKey.generate(key)
        let certificate = try checked(X509_new(), "X509_new")
        defer { X509_free(certificate) }
        try checked(X509_set_version(certificate, 2), "X509_set_version")
        let serial = UInt64.random(in: 1...UInt64(Int64.max))
        try checked(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial), "the serial number")
        try setDates(certificate)
        try checked(X509_set_pubkey(certificate, pair.pointer), "X509_set_pubkey")
        try setSubject(X509_get_subject_name(certificate))
        if let signer {
            try signer.withPointers { issuer, issuerKey throws(LabError) in
                try finish(certificate, issuer: issuer, key: issuerKey)
            }
        } else {
            try finish(certificate, issuer: certificate, key: pair.pointer)
        }
        return SignedCertificate(
            der: try certificate.der(), keyPEM: try pair.pem(), publicKeyDigest: try pair.publicKeyDigest())
    }

    private func setDates(_ certificate: OpaquePointer) throws(LabError) {
        let first = time_t(notBefore.timeIntervalSince1970)
        let last = time_t(notAfter.timeIntervalSince1970)
        try checked(ASN1_TIME_set(X509_getm_notBefore(certificate), first), "notBefore")
        try checked(ASN1_TIME_set(X509_getm_notAfter(certificate), last), "notAfter")
    }

    /// Only a common name; it is never consulted for a match, so it need not be one of the names.
    private func setSubject(_ name: OpaquePointer?) throws(LabError) {
        if let rawSubject {
            // T61String: any bytes may stand in it.
            let count = Int32(rawSubject.count)
            try checked(
                X509_NAME_add_entry_by_NID(name, NID_commonName, V_ASN1_T61STRING, rawSubject, count, -1, 0),
                "the subject")
            return
        }
        let text = Array(subject.utf8.prefix(64))
        try checked(
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_FLAG | 0, text, Int32(text.count), -1, 0), "the subject")
    }

    private func finish(
        _ certificate: OpaquePointer, issuer: OpaquePointer, key: OpaquePointer
    ) throws(LabError) {
        try checked(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)), "the issuer")
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        for (identifier, value) in extensions(selfSigned: issuer == certificate) {
            guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else {
                throw LabError("OpenSSL refused the certificate extension \(value).")
            }
            let added = X509_add_ext(certificate, made, -1)
            X509_EXTENSION_free(made)
            try checked(added, "X509_add_ext")
        }
        try checked(X509_sign(certificate, key, EVP_sha256()), "X509_sign")
    }

    private func extensions(selfSigned: Bool) -> [(Int32, String)] {
        var list: [(Int32, String)] = [(NID_subject_key_identifier, "hash")]
        switch role {
        case .root, .intermediate:
            list.append((NID_basic_constraints, role == .root ? "critical,CA:TRUE" : "critical,CA:TRUE,pathlen:0"))
            list.append((NID_key_usage, "critical,keyCertSign,cRLSign"))
        case .leaf:
            list.append((NID_basic_constraints, "critical,CA:FALSE"))
            list.append((NID_key_usage, "critical,digitalSignature"))
            list.append((NID_ext_key_usage, "serverAuth"))
        }
        if !selfSigned { list.append((NID_authority_key_identifier, "keyid")) }
        if !rawNames.isEmpty {
            list.append((NID_subject_alt_name, "DER:" + Self.generalNames(rawNames)))
        } else if !names.isEmpty {
            list.append((NID_subject_alt_name, names.map { "DNS:" + $0 }.joined(separator: ",")))
        }
        return list
    }

    /// GeneralNames of dNSNames as DER in hexadecimal (RFC 5280 4.2.1.6).
    private static func generalNames(_ names: [[UInt8]]) -> String {
        func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            let count = content.count
            let length: [UInt8] =
                switch count {
                case ..<0x80: [UInt8(count)]
                case ..<0x100: [0x81, UInt8(count)]
                default: [0x83, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
                }
            return [tag] + length + content
        }
        let digits = Array("0123456789abcdef".utf8)
        let der = element(0x30, names.flatMap { element(0x82, $0) })
        return String(decoding: der.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
