import Deliverability
import FoundationEssentials
import MTASTS
import Polling

/// What waits to be written, and what is known to be written already: most polls change nothing but moments.
struct HistoryStaging {
    private struct Known {
        /// As it stands in the database but for moments.
        var memory: DomainMemory
        /// Without the moment of the check; nil before this run's first verdict.
        var digest: StatusDigest?
        /// The hour that is running.
        var sample: Sample?
    }

    private var domains: [DomainName: Known] = [:]
    private var hosts: [DomainName: HostMemory] = [:]
    /// Since when the fact that is written holds: another belief has another moment.
    private var facts: [FactKey: Date] = [:]

    private var waiting: [DomainName: HistoryBatch.Domain] = [:]
    private var stamps: [DomainName: Date?] = [:]
    private var samples: [(name: DomainName, sample: Sample)] = []
    private var waitingHosts: [DomainName: HostMemory?] = [:]
    private var hostStamps: Set<DomainName> = []

    /// Notes what the database holds of a domain.
    mutating func know(_ memory: DomainMemory, of domain: DomainName) {
        if domains[domain] == nil { domains[domain] = Known(memory: memory) }
    }

    mutating func know(_ memory: HostMemory) {
        if hosts[memory.host] == nil { hosts[memory.host] = memory }
    }

    /// More facts and hosts are not kept in mind than a large list has: strangers choose the names. What is
    /// forgotten is written once more.
    private static let most = 300_000

    /// Takes a verdict in.
    /// - Returns: true where it must be on the disk before it is shown.
    mutating func take(_ entry: HistoryEntry) -> Bool {
        let domain = entry.domain
        let old = domains[domain]
        var digest = StatusDigest(
            DomainStatus(domain: domain, assessment: entry.assessment, evidence: entry.evidence))
        let checkedAt = digest.checkedAt
        digest.checkedAt = nil
        var new: [StoredFact] = []
        entry.evidence.forEachFact { key, since, fact in
            guard facts[key] != since else { return }
            facts[key] = since
            new.append(fact())
        }
        if facts.count > Self.most { facts.removeAll() }
        let agrees = old?.memory.agrees(with: entry.memory) ?? false
        let isUrgent = !agrees || !entry.changes.isEmpty
        domains[domain] = Known(
            memory: entry.memory, digest: digest, sample: takeSample(Sample(entry.assessment), of: domain, old?.sample))
        if isUrgent || old?.digest != digest || !new.isEmpty || waiting[domain] != nil {
            digest.checkedAt = checkedAt
            let earlier = waiting[domain]
            waiting[domain] = HistoryBatch.Domain(
                name: domain, memory: entry.memory, before: earlier == nil ? old?.memory : earlier?.before,
                digest: digest,
                verdict: entry.assessment.state == .unknown ? earlier?.verdict : RememberedVerdict(entry.assessment),
                facts: (earlier?.facts ?? []) + new, changes: (earlier?.changes ?? []) + entry.changes)
            stamps[domain] = nil
        } else {
            stamps[domain] = .some(checkedAt)
        }
        return isUrgent
    }

    private mutating func takeSample(_ sample: Sample, of domain: DomainName, _ running: Sample?) -> Sample {
        guard let running else { return sample }
        if running.start == sample.start { return running.adding(sample) }
        samples.append((domain, running))
        return sample
    }

    mutating func take(_ memory: HostMemory) {
        if hosts.count > Self.most { hosts = hosts.filter { waitingHosts[$0.key] != nil } }
        let old = hosts[memory.host]
        hosts[memory.host] = memory
        if let old, old.agrees(with: memory) {
            if waitingHosts[memory.host] == nil, old.moments != memory.moments { hostStamps.insert(memory.host) }
        } else if waitingHosts[memory.host] == nil {
            waitingHosts[memory.host] = .some(old)
            hostStamps.remove(memory.host)
        }
    }

    /// Ends the hour of every domain early.
    mutating func closeHours() {
        for (name, known) in domains {
            guard let sample = known.sample else { continue }
            samples.append((name, sample))
            domains[name]?.sample = nil
        }
    }

    /// Hands over what waits.
    mutating func batch() -> HistoryBatch {
        var batch = HistoryBatch(domains: Array(waiting.values), samples: samples)
        // Identifiers ascend in time.
        batch.domains.sort { ($0.changes.first?.at ?? .distantPast) < ($1.changes.first?.at ?? .distantPast) }
        batch.stamps = stamps.compactMap { name, checkedAt in
            domains[name].map { .init(name: name, checkedAt: checkedAt, moments: $0.memory.moments) }
        }
        batch.hosts = waitingHosts.compactMap { name, before in hosts[name].map { ($0, before) } }
        batch.hostStamps = hostStamps.compactMap { name in hosts[name].map { (name, $0.moments) } }
        waiting.removeAll(keepingCapacity: true)
        stamps.removeAll(keepingCapacity: true)
        samples.removeAll(keepingCapacity: true)
        waitingHosts.removeAll(keepingCapacity: true)
        hostStamps.removeAll(keepingCapacity: true)
        return batch
    }
}
