public import Evidence
public import FoundationEssentials
import MTASTS

extension DomainMemory {
    private static let mostVersions = 100
    private static let mostBodyBytes = 262_144
    private static let mostSides = 10
    private static let mostRecords = 100
    private static let mostSets = 20
    private static let mostMembers = 20
    private static let mostAddresses = 10
    /// Bodies that come and go within this time from several addresses are served side by side.
    private static let alternation: TimeInterval = 900
    /// A delegation that returns within this time, and that nobody acknowledged meanwhile, is restored.
    private static let restoration: TimeInterval = 30 * 86_400
    /// A body that was not seen for so long is served by no address any more.
    private static let settled: TimeInterval = 86_400

    /// The memory after this evidence was believed.
    public func observing(_ evidence: DomainEvidence, now: Date) -> DomainMemory {
        var next = self
        if evidence.vouches(for: now) { next.clamp(to: now) }
        next.observeMX(evidence)
        guard let seen = evidence.record else { return next }
        let reading = RecordReading(seen.value)
        if reading.status == .failed, seen.value.failure?.isTheirs == false { return next }
        next.knownSince = next.knownSince ?? seen.at
        next.observeAliases(evidence, reading)
        let ttl = next.observeRecord(seen, reading)
        next.observeIDs(seen, reading, ttl)
        next.observePolicy(evidence.policy, seen, reading, now: now)
        return next
    }

    private mutating func observeMX(_ evidence: DomainEvidence) {
        guard let seen = evidence.mx else { return }
        if seen.value.value?.contains(where: { $0.host != nil }) == true {
            hadMXRecords = true
            tookMail = true
        } else if seen.value.outcome == .noData, evidence.hosts.contains(where: \.hasAddress) {
            tookMail = true
        }
        guard seen.value.failure == nil else { return }
        let addresses = Dictionary(
            evidence.hosts.map { ($0.host, $0.addresses?.value.all ?? []) }, uniquingKeysWith: { first, _ in first })
        let members = (seen.value.value ?? []).compactMap { record in
            record.host.map {
                MXSetRun.Member(
                    preference: record.preference, host: $0,
                    addresses: Array((addresses[$0] ?? []).prefix(Self.mostAddresses)))
            }
        }.sorted { ($0.preference, $0.host) < ($1.preference, $1.host) }.prefix(Self.mostMembers)
        func names(_ members: some Sequence<MXSetRun.Member>) -> [String] {
            members.map { "\($0.preference) \($0.host)" }
        }
        guard let last = mxSets.indices.last, names(mxSets[last].members) == names(members) else {
            if let last = mxSets.indices.last { mxSets[last].goneAt = seen.since }
            mxSets.append(MXSetRun(members: Array(members), firstSeen: seen.since, lastSeen: seen.at))
            if mxSets.count > Self.mostSets { mxSets.removeFirst() }
            return
        }
        mxSets[last].lastSeen = seen.at
        // A host whose addresses cannot be had now keeps the last ones: they tell a rename from a move.
        for (index, member) in members.enumerated() where !member.addresses.isEmpty {
            mxSets[last].members[index].addresses = member.addresses
        }
    }

    private mutating func observeAliases(_ evidence: DomainEvidence, _ reading: RecordReading) {
        func turned(_ run: AliasRun?, _ name: String, _ targets: [DomainName], _ since: Date) -> AliasRun {
            guard let run else { return AliasRun(targets: targets, since: since) }
            // What stands behind the first target is the business of whoever runs it, and may turn at each look.
            if run.targets.first == targets.first { return run }
            // Whoever puts back what stood there has done what the alarm asks for.
            let isRestored =
                run.before.map { $0.first == targets.first } ?? false
                && isNews(
                    .policyDelegationChanged, of: name, changedAt: run.since, for: Self.restoration, now: since)
            return AliasRun(targets: targets, since: since, before: isRestored ? nil : run.targets)
        }
        if let seen = evidence.record, reading.status == .valid || (recordAliases != nil && seen.value.failure == nil) {
            recordAliases = turned(recordAliases, "_mta-sts.\(evidence.domain)", seen.value.aliases, seen.since)
        }
        if let fetch = evidence.policy, fetch.value.tls != nil {
            policyAliases = turned(policyAliases, "mta-sts.\(evidence.domain)", fetch.value.aliases, fetch.since)
        }
    }

    /// Notes which id is published; returns for how long resolvers may give the one that stood before.
    private mutating func observeRecord(_ seen: Observed<DNSAnswer<[TXTRecord]>>, _ reading: RecordReading) -> Int {
        let before = records.last?.ttl ?? 0
        guard let id = reading.record?.id else {
            if let last = records.indices.last, records[last].goneAt == nil { records[last].goneAt = seen.since }
            return before
        }
        let ttl = RecordTTL.bounded(seen.value.ttl)
        if let last = records.indices.last, records[last].id == id, records[last].goneAt == nil {
            records[last].lastSeen = seen.at
            // What is left in our resolver's cache shrinks: the greatest is nearest to what was published.
            records[last].ttl = max(records[last].ttl, ttl)
            return before
        }
        if let last = records.indices.last, records[last].goneAt == nil { records[last].goneAt = seen.since }
        records.append(RecordRun(id: id, firstSeen: seen.since, lastSeen: seen.at, ttl: ttl))
        if records.count > Self.mostRecords { records.removeFirst() }
        return before
    }

    /// Which versions' ids stand, and which have gone (RFC 8461 3.1, 5.1).
    private mutating func observeIDs(
        _ seen: Observed<DNSAnswer<[TXTRecord]>>, _ reading: RecordReading, _ ttl: Int
    ) {
        let gone = seen.since.addingTimeInterval(Double(ttl))
        func observe(_ version: inout PolicyVersion) {
            guard reading.record?.id == version.id else {
                version.idGoneAt = version.idGoneAt ?? gone
                // Without a record nobody new asks for a policy; a resolver's cache may hold the record a little on.
                if reading.status != .valid { version.goes(at: gone) }
                return
            }
            if version.isLost(at: seen.since) {
                // Lost for good, whatever is published later.
                version.supersededAt = version.idHeldUntil ?? seen.since
            } else {
                version.idGoneAt = nil
                version.supersededAt = nil
                version.idLastSeen = max(version.idLastSeen, seen.at)
            }
        }
        for index in versions.indices { observe(&versions[index]) }
        for index in sideVersions.indices { observe(&sideVersions[index]) }
    }

    /// Only what a sender would take is a version, and only under the id that stood when it was fetched.
    private mutating func observePolicy(
        _ fetch: Observed<PolicyFetch>?, _ seen: Observed<DNSAnswer<[TXTRecord]>>, _ reading: RecordReading, now: Date
    ) {
        guard let fetch, let id = reading.record?.id, fetch.at >= seen.since,
            let read = PolicyReading(fetch.value, record: reading, at: fetch.at)
        else { return }
        // The pair is as young as its younger half.
        let since = max(fetch.since, seen.since)
        let served = ServedPolicy.all(fetch.value, own: read, record: reading, at: fetch.at)
        let bodies = served.filter { $0.reading.policy != nil }.map(\.body)
        // While two addresses serve two texts, neither is a change: only what was known before is seen again.
        if let policy = read.policy, let body = fetch.value.body, bodies.count == 1 || versions.isEmpty {
            remember(id, body, policy, fetch, since: since)
        } else if let last = versions.indices.last, versions[last].id == id, bodies.contains(versions[last].body),
            versions[last].supersededAt == nil
        {
            see(last, fetch)
        }
        leave(id, bodies, fetch, since: since)
        observeAside(id, served, fetch, since: since, now: now)
    }

    /// What can no longer be fetched, and who has gone over to another version since.
    private mutating func leave(_ id: String, _ bodies: [[UInt8]], _ fetch: Observed<PolicyFetch>, since: Date) {
        let last = versions.endIndex - 1
        let absence = absenceForgotten
        for index in versions.indices {
            let unseen = fetch.at.timeIntervalSince(versions[index].lastSeen)
            let isSideBySide = versions[index].alternates && unseen <= Self.alternation && !bodies.isEmpty
            let isServed =
                index == last && versions[index].id == id && bodies.contains(versions[index].body)
                && versions[index].supersededAt == nil
            if !isSideBySide, !isServed { versions[index].goes(at: since, or: fetch.at) }
            guard index < last || versions[index].id != id, !bodies.isEmpty else { continue }
            if unseen > Self.settled { versions[index].alternates = false }
            guard versions[index].id != id, versions[index].supersededAt == nil else { continue }
            // Until a resolver has forgotten its id, or that there was none, whoever asks there sees no other id.
            versions[index].supersededAt = [fetch.at, versions[index].idGoneAt, absence].compactMap { $0 }.max()
        }
        if !bodies.isEmpty, last >= 0, !versions.dropLast().contains(where: \.alternates) {
            versions[last].alternates = false
        }
    }

    /// What other addresses serve than those that serve the last version, and what some senders read otherwise than by
    /// the letter of the RFC.
    private mutating func observeAside(
        _ id: String, _ served: [ServedPolicy], _ fetch: Observed<PolicyFetch>, since: Date, now: Date
    ) {
        let absence = absenceForgotten
        var sides = sideVersions
        let known = current.flatMap { $0.id == id ? $0.body : nil }
        var isSeen = Set<Int>()
        func see(_ text: ServedPolicy, by readers: [ParserDisagreement]?) {
            let same = sides.lastIndex { side in
                // A page that is another one at each look, and read the same by all who read it, is one version.
                side.id == id && side.supersededAt == nil
                    && (side.body == text.body || (readers != nil && side.readers == readers))
                    && (side.readers == nil) == (readers == nil)
            }
            if let same {
                sides[same].lastSeen = max(sides[same].lastSeen, fetch.at)
                sides[same].goneAt = nil
                sides[same].alternates = readers == nil
                isSeen.insert(same)
                return
            }
            // How long another address than the one that is believed has served it is not known.
            let start = text.body == fetch.value.body ? since : fetch.at
            var side = PolicyVersion(
                id: id, body: text.body, policy: readers == nil ? text.reading.policy : nil, firstSeen: start,
                lastSeen: fetch.at, address: text.address)
            (side.readers, side.alternates) = (readers, readers == nil)
            isSeen.insert(sides.count)
            sides.append(side)
        }
        for text in served {
            if text.reading.policy != nil, text.body != known { see(text, by: nil) }
            if !text.reading.readers.isEmpty { see(text, by: text.reading.readers) }
        }
        for index in sides.indices where !isSeen.contains(index) {
            sides[index].goes(at: since, or: fetch.at)
            if fetch.at.timeIntervalSince(sides[index].lastSeen) > Self.settled { sides[index].alternates = false }
            guard sides[index].id != id, sides[index].supersededAt == nil,
                served.contains(where: { sides[index].isReplaced(by: $0.reading) })
            else { continue }
            sides[index].supersededAt = [fetch.at, sides[index].idGoneAt, absence].compactMap { $0 }.max()
        }
        // From then on it is the last version, and what is said of that holds for it.
        sides.removeAll { $0.id == id && $0.body == known && !$0.isReadOtherwise }
        sides.removeAll { !$0.isHeldAside(at: now) }
        sideVersions = sides.suffix(Self.mostSides)
    }

    /// When no resolver says any more that there is no record; nil where the last ids followed upon each other.
    private var absenceForgotten: Date? {
        zip(records, records.dropFirst()).suffix(3).compactMap { before, after in
            guard let gone = before.goneAt, gone < after.firstSeen else { return nil }
            return after.firstSeen.addingTimeInterval(Double(before.ttl))
        }.max()
    }

    private mutating func remember(
        _ id: String, _ body: [UInt8], _ policy: STSPolicy, _ fetch: Observed<PolicyFetch>, since: Date
    ) {
        let same = { (version: PolicyVersion) in version.id == id && version.body == body }
        // Where another id was served beside it meanwhile, those who went over come back as new holders.
        if let last = versions.last, same(last), last.supersededAt == nil {
            see(versions.endIndex - 1, fetch)
            return
        }
        // Addresses that serve different bodies change nothing when the next one is asked; where all were asked, and
        // serve the same, it is a change.
        if fetch.value.edges.isEmpty, let last = versions.indices.last, let earlier = versions.lastIndex(where: same),
            fetch.at.timeIntervalSince(versions[earlier].lastSeen) <= Self.alternation,
            versions[last].address != fetch.value.address
        {
            versions[last].alternates = true
            versions[earlier].alternates = true
            versions.append(versions.remove(at: earlier))
            see(versions.endIndex - 1, fetch)
            return
        }
        // A version that returns is a version of its own: what was seen in between decides what senders hold.
        versions.append(
            PolicyVersion(
                id: id, body: body, policy: policy, firstSeen: since, lastSeen: fetch.at,
                address: fetch.value.address))
        var bytes = versions.reduce(0) { $0 + $1.body.count }
        while versions.count > Self.mostVersions || (bytes > Self.mostBodyBytes && versions.count > 2) {
            bytes -= versions.removeFirst().body.count
        }
    }

    private mutating func see(_ index: Int, _ fetch: Observed<PolicyFetch>) {
        versions[index].lastSeen = max(versions[index].lastSeen, fetch.at)
        versions[index].goneAt = nil
        versions[index].address = fetch.value.address
    }
}

extension PolicyVersion {
    /// Nobody can have fetched it from this moment on; a look that saw it later knows better.
    fileprivate mutating func goes(at moment: Date) { goneAt = goneAt ?? max(moment, lastSeen) }

    /// It was gone by the first of the looks at what is served instead, or by this one where that was served before.
    fileprivate mutating func goes(at first: Date, or look: Date) { goes(at: first > lastSeen ? first : look) }

    /// True where every holder that goes by the id has gone over to another version or let its copy run out.
    func isLost(at moment: Date) -> Bool {
        idHeldUntil.map { moment >= $0 } ?? false
    }
}

extension PolicyVersion {
    /// True where whoever could read it can fetch this one instead.
    fileprivate func isReplaced(by reading: PolicyReading) -> Bool {
        guard let readers else { return reading.policy != nil }
        let senders = Set(readers.map(\.sender))
        return reading.policy == nil
            ? senders.isSubset(of: reading.lenientSenders) : senders.isDisjoint(with: reading.rejecting)
    }

    fileprivate func isHeldAside(at moment: Date) -> Bool { heldAside.contains { $0.isHeld(at: moment) } }
}

extension HostEvidence {
    var hasAddress: Bool { addresses?.value.all.isEmpty == false }
}
