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
        /// Looks of the running hour that wait for the next handing over; nil where none do.
        var sample: Sample?
        /// When looks were last handed over.
        var sampledAt: Date?
    }

    /// Changes and hours of domains that may wait while the file cannot be written.
    private let mostChanges: Int
    private let mostSamples: Int

    private var domains: [DomainName: Known] = [:]
    private var hosts: [DomainName: HostMemory] = [:]
    /// The facts that are written.
    private var facts: [FactKey: Belief] = [:]

    /// One fact as it was written: another belief has another moment, and one that stays may show another certificate.
    private struct Belief {
        let since: Date
        /// The hash of each leaf that was written; servers that take turns show several.
        var leaves: [Int] = []

        static let most = 12
    }

    private var waiting: [DomainName: HistoryBatch.Domain] = [:]
    private var stamps: [DomainName: Date?] = [:]
    private var samples: [(name: DomainName, sample: Sample)] = []
    private var waitingHosts: [DomainName: HostMemory?] = [:]
    private var hostStamps: Set<DomainName> = []
    private var acknowledgements: [Int: HistoryBatch.Acknowledgement] = [:]
    /// Changes that could not be kept in mind until the file took them.
    private(set) var lostChanges = 0

    /// Some ten megabytes of changes and of hours may wait.
    init(mostChanges: Int = 10_000, mostSamples: Int = 200_000) {
        self.mostChanges = mostChanges
        self.mostSamples = mostSamples
    }

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

    /// Facts of one domain that may wait: more than are ever believed at once.
    private static let mostFacts = 500

    /// Takes a verdict in.
    /// - Parameter changes: what turned, where it has its identifiers already.
    /// - Returns: true where it must be on the disk before it is shown.
    @discardableResult
    mutating func take(_ entry: HistoryEntry, changes: [Change]? = nil) -> Bool {
        let domain = entry.domain
        let old = domains[domain]
        var digest = StatusDigest(
            DomainStatus(
                domain: domain, assessment: entry.assessment, evidence: entry.evidence, idSince: entry.memory.idSince,
                isIDOlder: entry.memory.isIDOlder))
        let checkedAt = digest.checkedAt
        digest.checkedAt = nil
        var new: [StoredFact] = []
        entry.evidence.forEachFact { key, since, leaf, fact in
            let belief = facts[key].flatMap { $0.since == since ? $0 : nil }
            let isShown = leaf.map { belief?.leaves.contains($0) ?? false } ?? true
            guard belief == nil || !isShown && (belief?.leaves.count ?? 0) < Belief.most else { return }
            new.append(fact())
            facts[key] = Belief(since: since, leaves: (belief?.leaves ?? []) + [leaf].compactMap { $0 })
        }
        if facts.count > Self.most { facts.removeAll() }
        let agrees = old?.memory.agrees(with: entry.memory) ?? false
        let isUrgent = !agrees || !entry.changes.isEmpty
        domains[domain] = Known(
            memory: entry.memory, digest: digest, sample: old?.sample, sampledAt: old?.sampledAt)
        takeSample(entry.assessment)
        if isUrgent || old?.digest != digest || !new.isEmpty || waiting[domain] != nil {
            digest.checkedAt = checkedAt
            let new = HistoryBatch.Domain(
                name: domain, memory: entry.memory, before: old?.memory, digest: digest,
                verdict: entry.assessment.state == .unknown ? nil : RememberedVerdict(entry.assessment), facts: new,
                changes: changes ?? entry.changes, comparedWith: entry.comparedWith)
            waiting[domain] = limited(waiting[domain]?.followed(by: new) ?? new)
            stamps[domain] = nil
        } else {
            stamps[domain] = .some(checkedAt)
        }
        return isUrgent
    }

    /// Looks of a domain are handed over together, no more than once in so many seconds.
    private static let samplePause: TimeInterval = 60

    private mutating func takeSample(_ assessment: Assessment) {
        let (domain, sample) = (assessment.domain, Sample(assessment))
        var sum = sample
        if let waiting = domains[domain]?.sample {
            if waiting.start == sample.start { sum = waiting.adding(sample) } else { samples.append((domain, waiting)) }
        }
        let pause = domains[domain]?.sampledAt.map { assessment.at.timeIntervalSince($0) } ?? Self.samplePause
        if (0..<Self.samplePause).contains(pause) {
            domains[domain]?.sample = sum
        } else {
            samples.append((domain, sum))
            domains[domain]?.sample = nil
            domains[domain]?.sampledAt = assessment.at
        }
    }

    /// What is taken off is taken in once more when it is believed again.
    private mutating func limited(_ item: HistoryBatch.Domain) -> HistoryBatch.Domain {
        guard item.facts.count > Self.mostFacts else { return item }
        var item = item
        let tooMany = item.facts.count - Self.mostFacts
        for fact in item.facts.prefix(tooMany) { facts[fact.key] = nil }
        item.facts.removeFirst(tooMany)
        return item
    }

    mutating func take(_ memory: HostMemory) {
        if hosts.count > Self.most { hosts = hosts.filter { waitingHosts[$0.key] != nil } }
        if hosts.count > Self.most {
            hosts.removeAll()
            waitingHosts.removeAll()
        }
        let old = hosts[memory.host]
        hosts[memory.host] = memory
        if let old, old.agrees(with: memory) {
            if waitingHosts[memory.host] == nil, old.moments != memory.moments { hostStamps.insert(memory.host) }
        } else if waitingHosts[memory.host] == nil {
            waitingHosts[memory.host] = .some(old)
            hostStamps.remove(memory.host)
        }
    }

    /// Hands over what waits of the hour of every domain.
    mutating func closeHours() {
        for (name, known) in domains {
            guard let sample = known.sample else { continue }
            samples.append((name, sample))
            domains[name]?.sample = nil
        }
    }

    /// The file holds nothing of these any more: at the next look all of it is written.
    mutating func forget(_ names: [DomainName], hosts gone: [DomainName]) {
        for name in names {
            guard let known = domains.removeValue(forKey: name), let sample = known.sample else { continue }
            samples.append((name, sample))
        }
        for name in gone { hosts[name] = nil }
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
        batch.acknowledgements = acknowledgements
        waiting.removeAll(keepingCapacity: true)
        stamps.removeAll(keepingCapacity: true)
        samples.removeAll(keepingCapacity: true)
        waitingHosts.removeAll(keepingCapacity: true)
        hostStamps.removeAll(keepingCapacity: true)
        acknowledgements.removeAll()
        return batch
    }
}

/// While the file cannot be written.
extension HistoryStaging {
    /// Takes back what could not be written; what came in meanwhile is newer.
    mutating func putBack(_ batch: HistoryBatch) {
        for domain in batch.domains {
            waiting[domain.name] = limited(waiting[domain.name].map(domain.followed(by:)) ?? domain)
        }
        for stamp in batch.stamps where waiting[stamp.name] == nil && stamps[stamp.name] == nil {
            stamps[stamp.name] = .some(stamp.checkedAt)
        }
        samples = batch.samples + samples
        for (memory, before) in batch.hosts {
            hosts[memory.host] = hosts[memory.host] ?? memory
            waitingHosts[memory.host] = .some(before)
        }
        hostStamps.formUnion(batch.hostStamps.map(\.name))
        hostStamps.subtract(waitingHosts.keys)
        acknowledgements.merge(batch.acknowledgements) { _, first in first }
        trim()
    }

    /// What the file held is gone: all that is known of what was looked at waits for another.
    mutating func forgetStored() {
        for (name, known) in domains {
            guard let digest = known.digest else { continue }
            waiting[name]?.before = nil
            waiting[name] =
                waiting[name]
                ?? HistoryBatch.Domain(name: name, memory: known.memory, digest: digest, facts: [], changes: [])
        }
        domains = domains.filter { $0.value.digest != nil }
        for name in hosts.keys { waitingHosts[name] = .some(nil) }
        hostStamps.removeAll()
        facts.removeAll()
        acknowledgements.removeAll()
    }

    /// Lets go of what is too much to be kept in mind: of hours the oldest, of changes first those that somebody has
    /// seen or that are none to worse.
    mutating func trim() {
        if samples.count > mostSamples {
            joinSamples()
            samples.removeFirst(max(0, samples.count - mostSamples * 9 / 10))
        }
        guard changeCount > mostChanges else { return }
        func isMarked(_ change: Change) -> Bool { change.isWorse && change.acknowledgedAt == nil }
        let all = changes.sorted { (isMarked($0) ? 1 : 0, $0.id) < (isMarked($1) ? 1 : 0, $1.id) }
        let gone = Set(all.prefix(all.count - mostChanges * 9 / 10).map(\.id))
        lostChanges += gone.count
        for name in waiting.keys { waiting[name]?.changes.removeAll { gone.contains($0.id) } }
    }

    /// Makes one of the samples of one domain and hour.
    private mutating func joinSamples() {
        var places: [DomainName: [Date: Int]] = [:]
        var joined: [(name: DomainName, sample: Sample)] = []
        for (name, sample) in samples {
            if let place = places[name]?[sample.start] {
                joined[place].sample = joined[place].sample.adding(sample)
            } else {
                places[name, default: [:]][sample.start] = joined.count
                joined.append((name, sample))
            }
        }
        samples = joined
    }

    mutating func forgetLosses() { lostChanges = 0 }

    /// The changes that wait.
    var changes: [Change] { waiting.values.flatMap(\.changes) }

    var changeCount: Int { waiting.values.reduce(0) { $0 + $1.changes.count } }

    /// As it was last taken in.
    func memory(of domain: DomainName) -> DomainMemory? { domains[domain]?.memory }

    func memory(ofHost host: DomainName) -> HostMemory? { hosts[host] }

    /// Those that wait.
    func samples(of domain: DomainName) -> [Sample] {
        samples.filter { $0.name == domain }.map(\.sample) + [domains[domain]?.sample].compactMap { $0 }
    }

    /// The last verdict that waits.
    func verdict(of domain: DomainName) -> Assessment? { waiting[domain]?.verdict?.assessment }

    /// Marks a change that waits; nil where none of this identifier does.
    mutating func acknowledge(_ id: Int, _ acknowledgement: HistoryBatch.Acknowledgement) -> Change? {
        for (name, item) in waiting {
            guard let place = item.changes.firstIndex(where: { $0.id == id }) else { continue }
            var change = item.changes[place]
            if change.acknowledgedAt == nil {
                (change.acknowledgedAt, change.acknowledgedBy) = (acknowledgement.moment, acknowledgement.user)
                waiting[name]?.changes[place] = change
            }
            return change
        }
        return nil
    }

    /// Marks a change that is in the file, when it can be written; the first word stands.
    mutating func acknowledge(_ stored: Change, _ acknowledgement: HistoryBatch.Acknowledgement) -> Change {
        guard stored.acknowledgedAt == nil else { return stored }
        let first = acknowledgements[stored.id] ?? acknowledgement
        acknowledgements[stored.id] = first
        return marked(stored)
    }

    /// A change of the file as it will stand.
    func marked(_ stored: Change) -> Change {
        guard stored.acknowledgedAt == nil, let waiting = acknowledgements[stored.id] else { return stored }
        var change = stored
        (change.acknowledgedAt, change.acknowledgedBy) = (waiting.moment, waiting.user)
        return change
    }
}
