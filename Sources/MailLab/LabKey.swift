/// The key of a certificate; EC P-256 is made in well under a millisecond, RSA takes its time.
public enum LabKey: String, Hashable, Sendable, CaseIterable {
    case p256 = "EC P-256"
    case rsa2048 = "RSA 2048"
    /// What OpenSSL's default security level refuses.
    case rsa1024 = "RSA 1024"
}
