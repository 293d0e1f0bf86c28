import COpenSSL

/// Owner of one X509 that is only read.
///
/// Not Sendable: OpenSSL fills caches inside an X509 at first use, so each is kept within one call.
final class X509Certificate {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// Reads one certificate; nil when the bytes are not exactly one certificate.
    convenience init?(der: [UInt8]) {
        _ = OpenSSL.start
        ERR_clear_error()
        let parsed = der.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var cursor = bytes.baseAddress
            guard let pointer = d2i_X509(nil, &cursor, bytes.count) else { return nil }
            guard let start = bytes.baseAddress, cursor == start + bytes.count else {
                X509_free(pointer)
                return nil
            }
            return pointer
        }
        ERR_clear_error()
        guard let parsed else { return nil }
        self.init(adopting: parsed)
    }

    deinit {
        X509_free(pointer)
    }

    /// False where OpenSSL does not know the key's algorithm, or the key does not follow it.
    var hasReadableKey: Bool {
        defer { ERR_clear_error() }
        return X509_get0_pubkey(pointer) != nil
    }

    /// The DER as OpenSSL holds it.
    static func der(of pointer: OpaquePointer) -> [UInt8] {
        let length = i2d_X509(pointer, nil)
        guard length > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { bytes, count in
            var cursor = bytes.baseAddress
            count = Int(max(0, i2d_X509(pointer, &cursor)))
        }
    }
}
