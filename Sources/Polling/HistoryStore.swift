public import Deliverability
public import FoundationEssentials
public import MTASTS
import Synchronization

/// Keeps what a restart must not lose: transitions are in it before they are shown.
public protocol HistoryStore: Sendable {
    /// The identifier of the next change; each call gives another.
    func nextChangeID() async -> Int
    /// Stores transitions and the memory they follow from; returns when they are durable.
    func append(_ changes: [Change], memory: DomainMemory, of domain: DomainName) async
    /// The memory of a domain; nil when it was never seen.
    func memory(of domain: DomainName) async -> DomainMemory?
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

/// A history that lasts as long as the process.
public final class TransientHistory: HistoryStore {
    private struct Contents {
        var changes: [Change] = []
        var memories: [DomainName: DomainMemory] = [:]
        var hosts: [DomainName: HostMemory] = [:]
        var lastID = 0
    }

    private let contents = Mutex(Contents())
    /// How many changes are kept.
    private let most: Int

    public init(most: Int = 10_000) {
        self.most = most
    }

    public func nextChangeID() async -> Int {
        contents.withLock {
            $0.lastID += 1
            return $0.lastID
        }
    }

    public func append(_ changes: [Change], memory: DomainMemory, of domain: DomainName) async {
        contents.withLock {
            $0.changes.append(contentsOf: changes)
            if $0.changes.count > most { $0.changes.removeFirst($0.changes.count - most) }
            $0.memories[domain] = memory
        }
    }

    public func memory(of domain: DomainName) async -> DomainMemory? {
        contents.withLock { $0.memories[domain] }
    }

    public func memory(ofHost host: DomainName) async -> HostMemory? {
        contents.withLock { $0.hosts[host] }
    }

    public func remember(_ hosts: [DomainName: HostMemory]) async {
        contents.withLock { $0.hosts.merge(hosts) { _, new in new } }
    }

    public func changes(most: Int) async -> [Change] {
        contents.withLock { Array($0.changes.suffix(most).reversed()) }
    }

    public func acknowledge(_ ids: [Int], at moment: Date) async -> [Change] {
        let wanted = Set(ids)
        return contents.withLock { contents in
            var changed: [Change] = []
            for index in contents.changes.indices where wanted.contains(contents.changes[index].id) {
                contents.changes[index].acknowledgedAt = contents.changes[index].acknowledgedAt ?? moment
                changed.append(contents.changes[index])
            }
            return changed
        }
    }
}
