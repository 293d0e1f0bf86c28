/// What is taken from a peer at most.
enum TLSLimits {
    /// Bytes on the wire until the handshake is done, and after it between two pieces of application data.
    static let handshakeBytes = 128 * 1024
    /// Certificates in one chain.
    static let certificates = 20
    /// DER bytes of one certificate.
    static let certificateBytes = 32 * 1024
    /// Bytes given to OpenSSL at once, so that a limit is noticed near where it lies.
    static let feedBytes = 16 * 1024
}
