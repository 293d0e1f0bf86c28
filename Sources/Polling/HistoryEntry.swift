public import Deliverability
public import Evidence
public import FoundationEssentials
public import MTASTS

/// One verdict on its way into the history: what turned, and what it rests on.
public struct HistoryEntry: Sendable {
    public let domain: DomainName
    /// What turned; the store gives the identifiers.
    public let changes: [Change]
    /// As it is after this verdict.
    public let memory: DomainMemory
    public let assessment: Assessment
    public let evidence: DomainEvidence
    /// When the verdict was made against which the changes are told; nil where that is not known.
    public let comparedWith: Date?

    public init(
        domain: DomainName, changes: [Change], memory: DomainMemory, assessment: Assessment, evidence: DomainEvidence,
        comparedWith: Date? = nil
    ) {
        self.domain = domain
        self.changes = changes
        self.memory = memory
        self.assessment = assessment
        self.evidence = evidence
        self.comparedWith = comparedWith
    }
}
