public import Evidence
import FoundationEssentials
public import MTASTS

/// A change that somebody means to make, to be judged before it is made. What is nil or empty stays as it is.
public struct PlannedChange: Sendable {
    /// A chain as a host would show it, judged for all dates.
    public struct Certificate: Sendable {
        public let chain: CertificateChain
        /// Leaf first.
        public let facts: [CertificateFacts]
        public let trust: TrustTimeline
        /// For one that is known by its dates only: since when the certificate that it renews was valid.
        let renewedSince: Date?

        public init(chain: CertificateChain, facts: [CertificateFacts], trust: TrustTimeline) {
            self.chain = chain
            self.facts = facts
            self.trust = trust
            renewedSince = nil
        }
    }

    /// MX records to add; a host that is there already gets the new preference.
    public var addedMX: [MXHost] = []
    public var removedMX: [DomainName] = []
    /// The policy file to be served.
    public var policyBody: [UInt8]?
    /// Lines to be changed in the policy that is served; they do not go with a `policyBody`.
    public var policyEdit = PolicyEdit()
    /// The id of the policy record to be published.
    public var recordID: String?
    /// The policy record and the policy host go.
    public var removesSTS = false
    /// By MX host.
    public var certificates: [DomainName: Certificate] = [:]
    /// The whole TLSA set of an MX host; empty: none any more.
    public var tlsa: [DomainName: [TLSARecord]] = [:]

    public init() {}

    public var isEmpty: Bool {
        addedMX.isEmpty && removedMX.isEmpty && policyBody == nil && policyEdit.isEmpty && recordID == nil
            && !removesSTS
            && certificates.isEmpty && tlsa.isEmpty
    }

    /// The change with the whole file in the place of its lines.
    func resolved(over evidence: DomainEvidence) -> PlannedChange {
        guard !policyEdit.isEmpty else { return self }
        var whole = self
        whole.policyBody = policyEdit.applied(to: evidence.policy?.value.body)
        whole.policyEdit = PolicyEdit()
        return whole
    }

    /// The MX records after the change, by preference, then name.
    func mx(after records: [MXHost]) -> [MXHost] {
        let replaced = Set(addedMX.compactMap(\.host))
        let kept = records.filter { record in
            guard let host = record.host else { return addedMX.isEmpty }
            return !replaced.contains(host) && !removedMX.contains(host)
        }
        return (kept + addedMX).sorted {
            ($0.preference, $0.host?.text ?? "") < ($1.preference, $1.host?.text ?? "")
        }
    }
}
