public import Evidence

/// Holds one SMTP conversation: banner, EHLO, STARTTLS, handshake with SNI, EHLO, QUIT. Never MAIL FROM.
public protocol SMTPProber: Sendable {
    /// Probes one address under one name; ends within the prober's deadline whatever the peer does.
    func probe(_ key: SessionKey) async -> SessionEvidence
}
