public import Evidence

/// User inbound event of `TLSHandler`: the handshake was completed, whatever the certificates are worth.
public struct TLSHandshake: Hashable, Sendable {
    /// `TLSv1.3`, `TLSv1.2`, `TLSv1.1`, `TLSv1`.
    public let version: String
    /// The cipher suite by OpenSSL's name.
    public let cipher: String
    /// What the server sent, leaf first; empty on the server's side.
    public let chain: CertificateChain
    /// The SNI name that the client sent; nil without one and on the client's side.
    public let serverName: String?
    /// The server warned that it does not know the name that was asked for, and went on (RFC 6066 3).
    public let isNameUnknown: Bool

    public init(
        version: String, cipher: String, chain: CertificateChain, serverName: String?, isNameUnknown: Bool = false
    ) {
        self.version = version
        self.cipher = cipher
        self.chain = chain
        self.serverName = serverName
        self.isNameUnknown = isNameUnknown
    }
}
