import COpenSSL

/// Owns one EVP_PKEY.
struct OpenSSLKey: ~Copyable {
    let pointer: OpaquePointer

    deinit { EVP_PKEY_free(pointer) }

    static func generate(_ kind: LabKey) throws(LabError) -> OpenSSLKey {
        let context = try checked(
            EVP_PKEY_CTX_new_from_name(nil, kind == .p256 ? "EC" : "RSA", nil), "EVP_PKEY_CTX_new_from_name")
        defer { EVP_PKEY_CTX_free(context) }
        try checked(EVP_PKEY_keygen_init(context), "EVP_PKEY_keygen_init")
        switch kind {
        case .p256: try checked(EVP_PKEY_CTX_set_group_name(context, "P-256"), "P-256")
        case .rsa2048: try checked(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048), "RSA 2048")
        case .rsa1024: try checked(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 1024), "RSA 1024")
        }
        var made: OpaquePointer?
        try checked(EVP_PKEY_generate(context, &made), "EVP_PKEY_generate")
        return OpenSSLKey(pointer: try checked(made, "EVP_PKEY_generate"))
    }

    static func read(pem: String) throws(LabError) -> OpenSSLKey {
        let bytes = Array(pem.utf8)
        let bio = try checked(BIO_new_mem_buf(bytes, Int32(bytes.count)), "BIO_new_mem_buf")
        defer { BIO_free(bio) }
        return OpenSSLKey(pointer: try checked(PEM_read_bio_PrivateKey(bio, nil, nil, nil), "the private key"))
    }

    func pem() throws(LabError) -> String {
        let bio = try checked(BIO_new(BIO_s_mem()), "BIO_new")
        defer { BIO_free(bio) }
        try checked(PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil), "the private key")
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &bytes, Int32(bytes.count))
        return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self)
    }

    /// SHA-256 of the SubjectPublicKeyInfo: selector 1, matching type 1 of a TLSA record.
    func publicKeyDigest() throws(LabError) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(pointer, &start)
        defer { CRYPTO_free(start, nil, 0) }
        try checked(count, "i2d_PUBKEY")
        var digest = [UInt8](repeating: 0, count: 32)
        try checked(EVP_Digest(start, Int(count), &digest, nil, EVP_sha256(), nil), "EVP_Digest")
        return digest
    }
}

extension OpaquePointer {
    /// The X509 behind this pointer as DER.
    func der() throws(LabError) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(self, &start)
        defer { CRYPTO_free(start, nil, 0) }
        try checked(count, "i2d_X509")
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}

extension SignedCertificate {
    /// Lends the X509 and the EVP_PKEY for the duration of `body`.
    func withPointers(_ body: (OpaquePointer, OpaquePointer) throws(LabError) -> Void) throws(LabError) {
        let key = try OpenSSLKey.read(pem: keyPEM)
        let certificate = der.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return d2i_X509(nil, &next, buffer.count)
        }
        let read = try checked(certificate, "d2i_X509")
        defer { X509_free(read) }
        try body(read, key.pointer)
    }
}

/// Turns OpenSSL's 0 and -1 into an error; clears the error queue, which is the thread's.
@discardableResult
func checked(_ result: Int32, _ what: String) throws(LabError) -> Int32 {
    guard result > 0 else { throw openSSLError(what) }
    return result
}

/// Turns OpenSSL's NULL into an error.
@discardableResult
func checked<Pointer>(_ result: Pointer?, _ what: String) throws(LabError) -> Pointer {
    guard let result else { throw openSSLError(what) }
    return result
}

private func openSSLError(_ what: String) -> LabError {
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &text, text.count)
    ERR_clear_error()
    let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return LabError("OpenSSL cannot make a certificate for the lab (\(what): \(reason)).")
}
