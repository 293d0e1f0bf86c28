import COpenSSL

/// Reads PEM text; everything outside of the PEM blocks is skipped.
enum PEMReader {
    /// The certificates in the order of the text; nil when a block is broken.
    static func certificates(_ text: String) -> [X509Certificate]? {
        withMemoryBIO(text) { bio in
            var certificates: [X509Certificate] = []
            while let pointer = shim_PEM_read_bio_X509(bio) {
                certificates.append(X509Certificate(adopting: pointer))
            }
            // The end of the text is told as "no start line"; anything else is a broken block.
            let atEnd = OpenSSL.takeFailures().allSatisfy {
                $0.library == ERR_LIB_PEM && $0.reason == PEM_R_NO_START_LINE
            }
            return atEnd ? certificates : nil
        }
    }

    /// Gives the private key to `body` and frees it; nil without a key that can be read.
    static func withPrivateKey<Result>(_ text: String, _ body: (OpaquePointer) -> Result) -> Result? {
        withMemoryBIO(text) { bio in
            let key = shim_PEM_read_bio_PrivateKey(bio)
            ERR_clear_error()
            guard let key else { return nil }
            defer { EVP_PKEY_free(key) }
            return body(key)
        }
    }

    private static func withMemoryBIO<Result>(_ text: String, _ body: (OpaquePointer) -> Result?) -> Result? {
        _ = OpenSSL.start
        var text = text
        return text.withUTF8 { bytes in
            guard let count = Int32(exactly: bytes.count), let bio = BIO_new_mem_buf(bytes.baseAddress, count) else {
                return nil
            }
            defer { BIO_free(bio) }
            ERR_clear_error()
            return body(bio)
        }
    }
}
