public import Evidence

/// Holds one SMTP conversation: banner, EHLO, STARTTLS, handshake with SNI, EHLO, QUIT. Never MAIL FROM.
public protocol SMTPProber: Sendable {
    /// Probes one address under one name; ends within the prober's deadline whatever the peer does.
    func probe(_ key: SessionKey) async -> SessionEvidence
    /// Asks the same address as other clients do: for the other key family, and, where the name was not answered
    /// rightly, without a name. One connection at a time; ends within the prober's deadline.
    /// - Parameter session: what the usual look saw.
    func survey(_ session: SessionEvidence) async -> TLSSurvey
}
