/// A TLSA record that a host of the lab publishes (RFC 6698 2.1).
public enum LabTLSA: String, Hashable, Sendable, CaseIterable {
    /// `3 1 1` of the host's own key.
    case key = "3 1 1"
    /// `2 1 1` of the authority that signed its certificate.
    case authority = "2 1 1"
    /// `1 1 1` of the host's own key: a usage that mail has no use for.
    case unusable = "1 1 1"
}
