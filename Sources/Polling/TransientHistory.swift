public import Deliverability
public import FoundationEssentials
public import MTASTS
import Synchronization

/// A history that lasts as long as the process.
public final class TransientHistory: HistoryStore {
    private struct Contents {
        var changes: [Change] = []
        var memories: [DomainName: DomainMemory] = [:]
        var verdicts: [DomainName: Assessment] = [:]
        var hosts: [DomainName: HostMemory] = [:]
        /// By the day, oldest first: what turned within one is told by the changes.
        var samples: [DomainName: [Sample]] = [:]
        var lastID = 0
    }

    private let contents: Mutex<Contents>
    private static let mostHosts = 50_000
    private static let mostDays = 30
    /// How many changes are kept.
    private let most: Int
    private let user: String?

    /// - Parameter user: who acknowledges.
    public init(most: Int = 10_000, user: String? = nil) {
        self.most = most
        self.user = user
        contents = Mutex(Contents())
    }

    public func append(_ entries: [HistoryEntry]) async -> [Change] {
        contents.withLock { contents in
            var numbered: [Change] = []
            for entry in entries {
                contents.memories[entry.domain] = entry.memory
                let samples = contents.samples[entry.domain] ?? []
                contents.samples[entry.domain] = Array(
                    Sample.merged(samples, with: Sample(entry.assessment).ofDay).suffix(Self.mostDays))
                if entry.assessment.state != .unknown { contents.verdicts[entry.domain] = entry.assessment }
                for change in entry.changes {
                    contents.lastID += 1
                    numbered.append(change.numbered(contents.lastID))
                }
            }
            contents.changes += numbered
            if contents.changes.count > most { contents.changes.removeFirst(contents.changes.count - most) }
            return numbered
        }
    }

    public func memory(of domain: DomainName) async -> DomainMemory? {
        contents.withLock { $0.memories[domain] }
    }

    public func verdict(of domain: DomainName) async -> Assessment? {
        contents.withLock { $0.verdicts[domain] }
    }

    public func samples(of domain: DomainName) async -> [Sample] {
        contents.withLock { $0.samples[domain] ?? [] }
    }

    public func memory(ofHost host: DomainName) async -> HostMemory? {
        contents.withLock { $0.hosts[host] }
    }

    public func remember(_ hosts: [DomainName: HostMemory]) async {
        contents.withLock { contents in
            contents.hosts.merge(hosts) { _, new in new }
            // A zone may name other hosts at each look: over the bound all but the latest are forgotten.
            guard contents.hosts.count > Self.mostHosts else { return }
            contents.hosts = hosts
        }
    }

    public func changes(most: Int) async -> [Change] {
        contents.withLock { Array($0.changes.suffix(most).reversed()) }
    }

    public func acknowledge(_ ids: [Int], at moment: Date) async -> [Change] {
        let wanted = Set(ids)
        return contents.withLock { contents in
            var changed: [Change] = []
            for index in contents.changes.indices where wanted.contains(contents.changes[index].id) {
                if contents.changes[index].acknowledgedAt == nil {
                    contents.changes[index].acknowledgedAt = moment
                    contents.changes[index].acknowledgedBy = user
                }
                changed.append(contents.changes[index])
            }
            return changed
        }
    }
}
