import COpenSSL

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
