/// How bad a finding is, by what the live policy asks for: severity follows the classes that a defect hits.
///
/// Each list holds every severity that may come, worst first; an empty list says that the finding does not come.
public struct SeverityByMode: Hashable, Sendable, Codable {
    /// Under a policy in mode enforce.
    public let enforce: [Severity]
    /// Under a policy in mode testing.
    public let testing: [Severity]
    /// Where no policy is in force.
    public let unenforced: [Severity]
    /// True where the severity of enforce holds in every mode as soon as DANE senders refuse too.
    public let keepsForDANE: Bool

    init(enforce: [Severity], testing: [Severity], unenforced: [Severity], keepsForDANE: Bool = false) {
        self.enforce = enforce
        self.testing = testing
        self.unenforced = unenforced
        self.keepsForDANE = keepsForDANE
    }

    /// The same in every mode: who is hurt does not depend on the policy.
    static func always(_ severities: Severity...) -> SeverityByMode {
        SeverityByMode(enforce: severities, testing: severities, unenforced: severities)
    }

    /// As stated in enforce, a warning in testing, info where nobody enforces anything.
    static func byMode(_ stated: Severity..., keepsForDANE: Bool = false) -> SeverityByMode {
        SeverityByMode(
            enforce: stated, testing: [.warning], unenforced: [.info], keepsForDANE: keepsForDANE)
    }
}
