/// Who is sending: what a sender knows and enforces decides whether a defect hurts it.
public enum SenderClass: String, Hashable, Sendable, Codable, CaseIterable {
    /// Honours MTA-STS and holds no cached policy: it uses the live one.
    case mtaSTS = "mta-sts"
    /// Honours MTA-STS and holds an earlier version of the policy.
    case cached
    /// Honours DANE (RFC 7672).
    case dane
    /// Uses TLS where offered and enforces nothing.
    case opportunistic
}
