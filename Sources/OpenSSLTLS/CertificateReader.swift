import COpenSSL
import Evidence
import FoundationEssentials

/// Reads what one certificate says; nothing of it is verified but a self-signature.
enum CertificateReader {
    /// The facts of each readable certificate, leaf first; none at all when the leaf itself cannot be read.
    static func facts(of chain: CertificateChain) -> [CertificateFacts] {
        guard let leaf = chain.der.first.flatMap(facts(der:)) else { return [] }
        return [leaf] + chain.der.dropFirst().prefix(TLSLimits.certificates - 1).compactMap(facts(der:))
    }

    /// The facts of one certificate; nil when the DER, its dates or its key's envelope cannot be read.
    static func facts(der: [UInt8]) -> CertificateFacts? {
        guard let certificate = X509Certificate(der: der) else { return nil }
        let pointer = certificate.pointer
        defer { ERR_clear_error() }
        guard let notBefore = notBefore(of: pointer), let notAfter = notAfter(of: pointer) else { return nil }
        let publicKey = publicKeyDER(of: pointer)
        guard !publicKey.isEmpty else { return nil }
        let key = CertificateKey(of: pointer)
        return CertificateFacts(
            subject: subject(of: pointer), issuer: issuer(of: pointer), issuerShort: issuerShort(of: pointer),
            names: dnsNames(of: pointer), notBefore: notBefore, notAfter: notAfter, key: key.text,
            keyBits: key.bits, signature: signature(of: pointer), isSelfSigned: isSelfSigned(pointer),
            sha256: Digest.hex(Digest.sha256(der)), publicKeySHA256: Digest.hex(Digest.sha256(publicKey)))
    }

    static func notBefore(of certificate: OpaquePointer) -> Date? { date(X509_get0_notBefore(certificate)) }

    static func notAfter(of certificate: OpaquePointer) -> Date? { date(X509_get0_notAfter(certificate)) }

    /// The SubjectPublicKeyInfo as DER.
    static func publicKeyDER(of certificate: OpaquePointer) -> [UInt8] {
        let key = X509_get_X509_PUBKEY(certificate)
        let length = i2d_X509_PUBKEY(key, nil)
        guard length > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { bytes, count in
            var cursor = bytes.baseAddress
            count = Int(max(0, i2d_X509_PUBKEY(key, &cursor)))
        }
    }

    /// The signature algorithm's short name, or its numbers when it has none.
    static func signature(of certificate: OpaquePointer) -> String {
        let number = X509_get_signature_nid(certificate)
        if number != NID_undef, let name = OBJ_nid2sn(number) { return String(cString: name) }
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_get0_signature(nil, &algorithm, certificate)
        var object: OpaquePointer?
        X509_ALGOR_get0(&object, nil, nil, algorithm)
        return numbers(of: object)
    }

    private static func isSelfSigned(_ certificate: OpaquePointer) -> Bool {
        guard X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0,
            let key = X509_get0_pubkey(certificate)
        else { return false }
        return X509_verify(certificate, key) == 1
    }

    private static func date(_ time: UnsafePointer<ASN1_TIME>?) -> Date? {
        var seconds: Int64 = 0
        guard shim_ASN1_TIME_seconds(time, &seconds) == 1 else { return nil }
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// The dotted numbers of an object identifier.
    static func numbers(of object: OpaquePointer?) -> String {
        guard let object else { return "unknown" }
        var text = [CChar](repeating: 0, count: 80)
        guard OBJ_obj2txt(&text, Int32(text.count), object, 1) > 0 else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
