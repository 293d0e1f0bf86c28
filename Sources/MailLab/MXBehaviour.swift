/// How an MX host of the lab behaves towards whoever connects.
public enum MXBehaviour: String, Hashable, Sendable, CaseIterable {
    /// Offers STARTTLS and takes it.
    case normal
    /// EHLO is answered without STARTTLS.
    case noSTARTTLS = "no-starttls"
    /// A firewall's work: `220 ****` and `XXXXXXXA` in place of STARTTLS.
    case masked
    /// STARTTLS is offered and answered with 454.
    case starttlsRefused = "starttls-refused"
    /// A plain reply stands in the same segment as the 220 to STARTTLS (CVE-2011-0411 class).
    case injection
    /// The banner is 554.
    case bannerRefused = "banner-refused"
    /// EHLO is answered with 502: only HELO is known, and so no extension.
    case ehloRefused = "ehlo-refused"
    /// Takes the connection and says nothing.
    case silent
    /// A banner that has no end: one continuation line after another.
    case tarpit
    /// Continuation lines of a banner as fast as they are taken.
    case endlessBanner = "endless-banner"
    /// Continuation lines in answer to EHLO as fast as they are taken.
    case endlessEHLO = "endless-ehlo"
    /// A banner that is one line without an end.
    case endlessLine = "endless-line"
    /// `LabHostileText` in banner and EHLO; STARTTLS is refused with it.
    case hostileText = "hostile-text"
    /// The banner is 554 and `LabHostileText`.
    case hostileRefusal = "hostile-refusal"
    /// Closes as soon as it is connected.
    case closeAfterConnect = "close-after-connect"
    /// Answers 220 to STARTTLS and then sends what is no TLS.
    case tlsGarbage = "tls-garbage"
    /// Answers 220 to STARTTLS and then says nothing.
    case tlsSilence = "tls-silence"
    /// Answers 220 to STARTTLS and then sends a ServerHello in records of one byte, slowly and without an end.
    case tlsDrip = "tls-drip"
    /// After the handshake: one request for a new key after another (TLS 1.3), and no reply.
    case endlessKeyUpdates = "endless-key-updates"
    /// After the handshake: continuation lines in answer to EHLO as fast as they are taken.
    case endlessSecureEHLO = "endless-secure-ehlo"
    /// After the handshake, TLS 1.2: asks for another handshake before each reply.
    case renegotiation
    /// TLS 1.0 and 1.1 only.
    case legacyOnly = "legacy-only"
    /// The port is closed.
    case refused
}
