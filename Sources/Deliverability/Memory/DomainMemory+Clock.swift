import Evidence
import FoundationEssentials

extension DomainEvidence {
    /// The policy host's time may differ from ours by so many seconds: a fetch takes its time.
    private static let tolerance: TimeInterval = 600

    /// True where what others say of the time agrees with it: the policy host's own date; without one, a certificate
    /// in use that is within its dates.
    ///
    /// A machine that has just started may believe in a time long past: what it remembers is not to be cut down to
    /// that.
    func vouches(for now: Date) -> Bool {
        if let policy, let theirs = policy.value.serverDate {
            return abs(theirs.timeIntervalSince(policy.at)) <= Self.tolerance
        }
        return policy?.value.tls?.vouches(for: now) ?? false
            || hosts.contains { $0.sessions.contains { $0.value.vouches(for: now) } }
    }
}

extension SessionEvidence {
    func vouches(for moment: Date) -> Bool { tls?.vouches(for: moment) ?? false }
}

extension TLSSession {
    /// True where the certificate shown is within its dates.
    fileprivate func vouches(for moment: Date) -> Bool {
        leaf.map { $0.notBefore <= moment && moment < $0.notAfter } ?? false
    }
}

extension DomainMemory {
    /// Takes moments that have not come yet for now: they are a clock's that was ahead, and would hold until then.
    mutating func clamp(to now: Date) {
        func earlier(_ moment: Date?) -> Date? { moment.map { min($0, now) } }
        func earlier<Value>(_ held: Held<Value>) -> Held<Value> { Held(held.value, since: min(held.since, now)) }
        // What a resolver's cache holds on for may end later.
        let cached = now.addingTimeInterval(Double(records.map(\.ttl).max() ?? 0))
        for index in versions.indices { versions[index].clamp(to: now, cached: cached) }
        for index in sideVersions.indices { sideVersions[index].clamp(to: now, cached: cached) }
        for index in records.indices {
            records[index].firstSeen = min(records[index].firstSeen, now)
            records[index].lastSeen = min(records[index].lastSeen, now)
            records[index].goneAt = earlier(records[index].goneAt)
        }
        for index in mxSets.indices {
            mxSets[index].firstSeen = min(mxSets[index].firstSeen, now)
            mxSets[index].lastSeen = min(mxSets[index].lastSeen, now)
            mxSets[index].goneAt = earlier(mxSets[index].goneAt)
        }
        recordAliases = recordAliases.map {
            AliasRun(targets: $0.targets, since: min($0.since, now), before: $0.before)
        }
        policyAliases = policyAliases.map {
            AliasRun(targets: $0.targets, since: min($0.since, now), before: $0.before)
        }
        knownSince = earlier(knownSince)
        accepted = accepted.mapValues { min($0, now) }
        findingsSince = findingsSince.mapValues { min($0, now) }
        deliveries = deliveries.mapValues(earlier)
        copiesRefusedSince = copiesRefusedSince.mapValues { min($0, now) }
        state = state.map(earlier)
    }
}

extension PolicyVersion {
    fileprivate mutating func clamp(to now: Date, cached: Date) {
        firstSeen = min(firstSeen, now)
        lastSeen = min(lastSeen, now)
        idLastSeen = min(idLastSeen, now)
        goneAt = goneAt.map { min($0, cached) }
        idGoneAt = idGoneAt.map { min($0, cached) }
        supersededAt = supersededAt.map { min($0, cached) }
    }
}

extension HostMemory.TLSASet {
    mutating func clamp(to now: Date) {
        firstSeen = min(firstSeen, now)
        lastSeen = min(lastSeen, now)
    }
}

extension HostMemory.Address {
    /// Takes later moments for this one.
    mutating func clamp(to now: Date) {
        lastSeen = min(lastSeen, now)
        starttlsOffered = starttlsOffered.map { min($0, now) }
        for index in certificates.indices {
            certificates[index].firstSeen = min(certificates[index].firstSeen, now)
            certificates[index].lastSeen = min(certificates[index].lastSeen, now)
        }
        banner = banner.map { HostMemory.Banner(name: $0.name, since: min($0.since, now)) }
        bannerBefore = bannerBefore.map { HostMemory.Banner(name: $0.name, since: min($0.since, now)) }
    }
}
