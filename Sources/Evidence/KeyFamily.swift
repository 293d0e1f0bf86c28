/// The kind of key by which a TLS handshake picks one of a server's certificates.
public enum KeyFamily: String, Hashable, Sendable, Codable {
    case rsa = "RSA"
    /// EC keys, and with them Ed25519 and Ed448: who offers these signatures offers no RSA.
    case ecdsa = "ECDSA"

    /// The one that a second look asks for.
    public var other: KeyFamily { self == .rsa ? .ecdsa : .rsa }
}

extension CertificateFacts {
    /// The family of `key`; nil for a kind that no sender negotiates (DSA, unknown).
    public var keyFamily: KeyFamily? {
        if key.hasPrefix("RSA") { return .rsa }
        return key.hasPrefix("EC ") || key.hasPrefix("Ed") ? .ecdsa : nil
    }
}
