import COpenSSL

/// Start of the library and its error queue, which is one for each thread.
enum OpenSSL {
    /// Touch it before any other call: the library starts without reading the machine's openssl.cnf, which could raise
    /// the security level or the protocol floor and so change what is seen.
    static let start: Void = {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
    }()

    /// One entry of the error queue.
    struct Failure {
        let library: Int32
        let reason: Int32
        let text: String
    }

    /// Takes all entries of this thread's error queue, the cause first; at most 8 are kept.
    static func takeFailures() -> [Failure] {
        var failures: [Failure] = []
        while case let code = ERR_get_error(), code != 0 {
            guard failures.count < 8 else { continue }
            let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            failures.append(Failure(library: ERR_GET_LIB(code), reason: ERR_GET_REASON(code), text: text))
        }
        return failures
    }

    /// Takes the error queue and returns the words of its first entry.
    static func takeReason(otherwise fallback: String) -> String {
        takeFailures().first?.text ?? fallback
    }
}
