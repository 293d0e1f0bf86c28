/// What one finding code means, whom it hurts, how bad it is, and what to do: the page behind each code.
public struct FindingExplanation: Hashable, Sendable {
    public let code: FindingCode
    /// What was seen, and why it matters; whole sentences, at most 400 characters.
    public let meaning: String
    /// Every class that a finding of this code may name, in the order of declaration; empty where nobody is hurt.
    public let senders: [SenderClass]
    /// Who is hurt and when, in words, at most 300 characters.
    public let when: String
    public let severity: SeverityByMode
    /// What a sender would report (RFC 8460 4.3); nil where no result type applies.
    public let tlsrpt: TLSRPTResultType?
    /// The section that rules it, such as `8461 4.2`; `-` where none does.
    public let rfc: String
    /// What the operator does about it, at most 300 characters.
    public let fix: String

    init(
        _ code: FindingCode, _ meaning: String, hits senders: [SenderClass] = [], when: String,
        _ severity: SeverityByMode, tlsrpt: TLSRPTResultType? = nil, rfc: String, fix: String
    ) {
        self.code = code
        self.meaning = meaning
        self.senders = senders
        self.when = when
        self.severity = severity
        self.tlsrpt = tlsrpt
        self.rfc = rfc
        self.fix = fix
    }
}

extension FindingExplanation {
    /// Explanations that belong together, under the family's name.
    public struct Family: Hashable, Sendable {
        public let name: String
        public let explanations: [FindingExplanation]
    }

    /// Every family, in the order of the rules; each code stands in exactly one.
    public static let families: [Family] = [
        Family(name: "MX lookup", explanations: mxSet),
        Family(name: "MX hosts and the policy", explanations: mxListed),
        Family(name: "Addresses of MX hosts", explanations: reachability),
        Family(name: "Policy record", explanations: record),
        Family(name: "Policy fetch", explanations: policyFetch),
        Family(name: "Certificate of the policy host", explanations: policyHost),
        Family(name: "Policy text", explanations: policyText),
        Family(name: "TLS reporting", explanations: tlsrpt),
        Family(name: "STARTTLS", explanations: starttls),
        Family(name: "Certificates of MX hosts", explanations: certificate),
        Family(name: "DANE", explanations: dane),
        Family(name: "Copies that senders hold", explanations: copies),
        Family(name: "Changes of the policy", explanations: policyChange),
        Family(name: "Changes of the MX set", explanations: mxChange),
        Family(name: "Changes at MX hosts", explanations: hostChange),
        Family(name: "Changes of DANE", explanations: daneChange),
        Family(name: "The watcher itself", explanations: watcher),
    ]

    /// All explanations, family by family.
    public static var all: [FindingExplanation] { families.flatMap(\.explanations) }

    private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

    /// The explanation of a code; there is one for each.
    public static func of(_ code: FindingCode) -> FindingExplanation? { byCode[code] }
}
