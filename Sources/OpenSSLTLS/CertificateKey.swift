import COpenSSL

/// What kind of key a certificate holds.
struct CertificateKey {
    /// `RSA 2048`, `EC P-256`, `Ed25519`; the algorithm's name alone when OpenSSL cannot use the key.
    let text: String
    /// The key's size in bits; 0 when OpenSSL cannot use the key.
    let bits: Int

    init(of certificate: OpaquePointer) {
        guard let key = X509_get0_pubkey(certificate) else {
            var object: OpaquePointer?
            X509_PUBKEY_get0_param(&object, nil, nil, nil, X509_get_X509_PUBKEY(certificate))
            let number = OBJ_obj2nid(object)
            let name = number == NID_undef ? nil : OBJ_nid2sn(number).map { String(cString: $0) }
            text = name ?? CertificateReader.numbers(of: object)
            bits = 0
            return
        }
        let size = Int(max(0, EVP_PKEY_get_bits(key)))
        bits = size
        switch EVP_PKEY_get_base_id(key) {
        case NID_rsaEncryption: text = "RSA \(size)"
        case NID_rsassaPss: text = "RSA-PSS \(size)"
        case NID_dsa: text = "DSA \(size)"
        case NID_X9_62_id_ecPublicKey: text = "EC \(CertificateKey.curve(of: key))"
        case NID_ED25519: text = "Ed25519"
        case NID_ED448: text = "Ed448"
        case let other: text = OBJ_nid2sn(other).map { "\(String(cString: $0)) \(size)" } ?? "unknown \(size)"
        }
    }

    /// The curve by its NIST name where it has one.
    private static func curve(of key: OpaquePointer) -> String {
        var name = [CChar](repeating: 0, count: 80)
        var length = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, &length) == 1 else { return "unknown curve" }
        let text = String(decoding: name.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        switch text {
        case "prime256v1": return "P-256"
        case "secp384r1": return "P-384"
        case "secp521r1": return "P-521"
        case "secp224r1": return "P-224"
        default: return text
        }
    }
}
