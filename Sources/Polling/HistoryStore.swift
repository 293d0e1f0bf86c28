public import Deliverability
public import FoundationEssentials
public import MTASTS

/// Keeps what a restart must not lose: transitions are in it before they are shown.
public protocol HistoryStore: Sendable {
    /// Stores verdicts, each domain once; returns when what turned, and every new policy version, is durable. Where
    /// only moments differ (`agrees(with:)`) it may be written later.
    /// - Returns: the changes under the identifiers that the store gave them, ascending in time.
    func append(_ entries: [HistoryEntry]) async -> [Change]
    /// The memory of a domain; nil when it was never seen.
    func memory(of domain: DomainName) async -> DomainMemory?
    /// The last verdict that was not `unknown`, without its readings; nil when there is none.
    func verdict(of domain: DomainName) async -> Assessment?
    /// What the looks at a domain came to, oldest first; empty when it was never seen.
    func samples(of domain: DomainName) async -> [Sample]
    /// The memory of an MX host, shared by the domains that name it; nil when it was never seen.
    func memory(ofHost host: DomainName) async -> HostMemory?
    /// Keeps what was seen of MX hosts. Called before the `append` of the changes that follow from it; where only
    /// moments differ (`agrees(with:)`) it may be written later.
    func remember(_ hosts: [DomainName: HostMemory]) async
    /// The newest changes first.
    func changes(most: Int) async -> [Change]
    /// Marks changes as acknowledged; returns them as they now stand.
    func acknowledge(_ ids: [Int], at moment: Date) async -> [Change]
}
