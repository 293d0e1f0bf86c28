import COpenSSL

/// Digests by OpenSSL.
enum Digest {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] { compute(EVP_sha256(), bytes) }

    static func sha512(_ bytes: [UInt8]) -> [UInt8] { compute(EVP_sha512(), bytes) }

    /// Lower case hexadecimal.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func compute(_ algorithm: OpaquePointer?, _ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { space, count in
            var length: UInt32 = 0
            let done = bytes.withUnsafeBytes {
                EVP_Digest($0.baseAddress, $0.count, space.baseAddress, &length, algorithm, nil)
            }
            count = done == 1 ? Int(length) : 0
        }
    }
}
