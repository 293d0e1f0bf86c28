/// The certificates that a server sent, leaf first, as DER.
public struct CertificateChain: Hashable, Sendable {
    /// 1 to 20 certificates in the order sent.
    public let der: [[UInt8]]

    public init(der: [[UInt8]]) {
        self.der = der
    }
}

/// A TLS handshake that was completed, whatever its certificates are worth.
public struct TLSSession: Hashable, Sendable, Codable {
    /// `TLSv1.3`, `TLSv1.2`, `TLSv1.1`, `TLSv1`.
    public let version: String
    /// The cipher suite by OpenSSL's name.
    public let cipher: String
    public let chain: CertificateChain
    /// Leaf first; one entry for each certificate of `chain` that could be read.
    public let certificates: [CertificateFacts]
    /// When the chain is trusted and, where it is not, why.
    public let trust: TrustTimeline
    /// The server warned that it does not know the name that we asked for, and went on (RFC 6066 3).
    public let isNameUnknown: Bool

    public init(
        version: String, cipher: String, chain: CertificateChain, certificates: [CertificateFacts],
        trust: TrustTimeline, isNameUnknown: Bool = false
    ) {
        self.version = version
        self.cipher = cipher
        self.chain = chain
        self.certificates = certificates
        self.trust = trust
        self.isNameUnknown = isNameUnknown
    }

    /// True for TLS 1.2 and later (RFC 8461 4.2).
    public var isModern: Bool { version == "TLSv1.2" || version == "TLSv1.3" }

    public var leaf: CertificateFacts? { certificates.first }
}
