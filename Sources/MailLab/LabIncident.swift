/// Something that goes wrong at a domain or at an MX host, and can be put right again.
public enum LabIncident: String, Hashable, Sendable, CaseIterable {
    case stripSTARTTLS = "strip-starttls"
    case hostDown = "host-down"
    case wrongCertificate = "wrong-certificate"
    case expiredCertificate = "expired-certificate"
    case unlistedMX = "unlisted-mx"
    case brokenPolicy = "broken-policy"
    case policyGone = "policy-404"
    /// The policy's body loses or mistypes a line and the id stays.
    case silentEdit = "silent-edit"
    case recordRemoved = "record-removed"
    /// The host has a new key, and its TLSA records name the old one.
    case keyChanged = "key-changed"

    /// By its stable name, such as `strip-starttls`.
    public init?(_ name: some StringProtocol) {
        self.init(rawValue: String(name))
    }

    /// What happened, in one line.
    public func sentence(_ subject: String) -> String {
        switch self {
        case .stripSTARTTLS: "STARTTLS is stripped at \(subject)"
        case .hostDown: "\(subject) refuses connections"
        case .wrongCertificate: "\(subject) shows the certificate of another host"
        case .expiredCertificate: "the certificate of \(subject) has expired"
        case .unlistedMX: "the MX of \(subject) points at \(LabWorld.elsewhere), which its policy does not list"
        case .brokenPolicy: "the policy file of \(subject) has a syntax error"
        case .policyGone: "the policy file of \(subject) is gone (404)"
        case .silentEdit: "the policy file of \(subject) lost an MX host and kept its id"
        case .recordRemoved: "the _mta-sts record of \(subject) is removed"
        case .keyChanged: "\(subject) has a new key, and its TLSA records name the old one"
        }
    }

    /// What was put right, in one line.
    public func repairSentence(_ subject: String) -> String {
        switch self {
        case .stripSTARTTLS: "\(subject) offers STARTTLS again"
        case .hostDown: "\(subject) takes connections again"
        case .wrongCertificate, .expiredCertificate: "\(subject) has a certificate of its own again"
        case .unlistedMX: "the MX of \(subject) points where it did"
        case .brokenPolicy: "the policy file of \(subject) reads well again"
        case .policyGone: "the policy file of \(subject) is back"
        case .silentEdit: "the policy file of \(subject) lists every MX host again, under a new id"
        case .recordRemoved: "the _mta-sts record of \(subject) is back"
        case .keyChanged: "\(subject) has the key again that its TLSA records name"
        }
    }

    /// Makes it happen.
    /// - Parameter subject: a domain or, where the incident is a host's, an MX host; a domain stands for all its hosts.
    public func apply(_ lab: Lab, to subject: String) async throws(LabError) {
        try await lab.change { world throws(LabError) in try apply(to: &world, subject) }
    }

    /// Puts it right; nothing where it had not happened.
    public func repair(_ lab: Lab, at subject: String) async throws(LabError) {
        let original = lab.original
        try await lab.change { world throws(LabError) in try repair(in: &world, subject, as: original) }
    }
}
