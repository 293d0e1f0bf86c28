public import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// More MX hosts or addresses than any real domain has: a hostile zone must not make us knock on a thousand doors.
    private static let mostHosts = 20
    static let mostAddresses = 10
    /// Changes of earlier runs that are looked through for what is still to be told or was acknowledged meanwhile.
    private static let mostPast = 10_000

    /// Carries out a command.
    public func handle(_ command: EngineCommand) async {
        readClock()
        switch command {
        case .watch(let list): await watch(list)
        case .recheck(let wanted): recheck(wanted)
        case .acknowledge(let ids): await acknowledge(ids)
        case .mute(let wanted, let until): mute(wanted, until: until)
        }
        wake()
    }

    private func acknowledge(_ ids: [Int]) async {
        let changes = await history.acknowledge(ids, at: time.now)
        untoldChanges += changes
        accept(changes)
    }

    /// Takes in what was acknowledged, here or by another program; what was taken in before changes nothing.
    public func accept(_ changes: [Change]) {
        let now = time.now
        for change in changes {
            guard let moment = change.acknowledgedAt, now.timeIntervalSince(moment) < Self.answered,
                domains[change.domain] != nil
            else { continue }
            domains[change.domain]?.memory.accept(change)
            dirty.insert(change.domain)
        }
        wake()
    }

    /// What was acknowledged so many seconds ago is no news any more, whoever took note of it.
    private static let answered: TimeInterval = 14 * 86_400

    private func mute(_ wanted: [DomainName], until: Date?) {
        let now = time.now
        for domain in wanted where domains[domain] != nil {
            domains[domain]?.mute = until.flatMap { $0 > now ? MaintenanceWindow(start: now, end: $0) : nil }
            untold.insert(domain)
            dirty.insert(domain)
        }
    }

    private func watch(_ list: [WatchEntry]) async {
        // Memories first: nothing may come between the old list and the new one.
        var memories: [DomainName: DomainMemory] = [:]
        var verdicts: [DomainName: Assessment] = [:]
        for entry in list where domains[entry.domain] == nil {
            memories[entry.domain] = await history.memory(of: entry.domain)
            verdicts[entry.domain] = await history.verdict(of: entry.domain)
        }
        let recent = memories.isEmpty ? [] : await history.changes(most: Self.mostPast)
        let past = Dictionary(grouping: recent, by: \.domain)
        let wanted = Dictionary(list.map { ($0.domain, $0) }, uniquingKeysWith: { first, _ in first })
        for (domain, polled) in domains where wanted[domain] == nil {
            for key in polled.facts { release(key, by: domain) }
            if polled.shown != nil { judgedCount -= 1 }
            domains[domain] = nil
            domain.prefixed("mta-sts").map { policyEdges.forget($0) }
            dirty.remove(domain)
            settling[domain] = nil
        }
        hasOwnIntervals = wanted.values.contains { $0.options.interval != nil }
        // In the order of the list, each name once.
        for entry in list where wanted[entry.domain] == entry {
            var polled = domains[entry.domain] ?? PolledDomain(entry: entry)
            let isNew = domains[entry.domain] == nil
            let isChanged = polled.entry != entry
            polled.entry = entry
            if isNew {
                if let memory = memories[entry.domain] { polled.memory = memory }
                // What turned while nobody looked is told against what was last seen.
                polled.definite = verdicts[entry.domain]
                polled.toldState = polled.memory.toldState ?? polled.definite?.state
                if polled.memory.toldState != nil {
                    polled.unrung = past[entry.domain]?.first { $0.stateBefore != $0.stateAfter }
                }
            }
            domains[entry.domain] = polled
            if isNew {
                accept(past[entry.domain] ?? [])
                restructure(entry.domain)
            } else if isChanged {
                untold.insert(entry.domain)
                dirty.insert(entry.domain)
                hasten(entry.domain)
            }
        }
    }

    /// What was due by a slower rhythm is due by that of a domain with its own.
    private func hasten(_ domain: DomainName) {
        guard let polled = domains[domain], polled.entry.options.interval != nil else { return }
        for key in polled.facts {
            guard let entry = facts[key], !entry.isInFlight else { continue }
            let soon = time.now.addingTimeInterval(delay(key, badLooks: entry.badLooks))
            if entry.due > soon { facts.schedule(key, at: soon, fresh: entry.isFresh) }
        }
    }

    private func recheck(_ wanted: [DomainName]) {
        let now = time.now
        for key in Set(wanted.flatMap { domains[$0]?.facts ?? [] }) {
            if facts[key]?.isInFlight == true {
                facts.update(key) { $0.isAskedAgain = true }
            } else {
                facts.schedule(key, at: now, fresh: true)
            }
        }
    }

    /// Works out anew what the users of a fact rest on.
    func restructure(for key: FactKey) {
        switch key {
        case .record, .mx, .addresses, .tlsa, .session: for user in facts[key]?.users ?? [] { restructure(user) }
        case .tlsrpt, .policy, .nameServers, .survey: break
        }
    }

    private func restructure(_ domain: DomainName) {
        guard let old = domains[domain]?.facts else { return }
        var new: Set<FactKey> = [.record(domain), .mx(domain), .tlsrpt(domain)]
        if case .mx(let answer)? = facts.value(.mx(domain))?.value, answer.value != nil {
            new.insert(.nameServers(domain))
        }
        if case .txt(let answer)? = facts.value(.record(domain))?.value, RecordReading(answer).status == .valid {
            new.insert(.policy(domain))
        }
        for host in hosts(of: domain) {
            new.insert(.addresses(host))
            guard case .addresses(let addresses)? = facts.value(.addresses(host))?.value else { continue }
            if !addresses.all.isEmpty { new.insert(.tlsa(host)) }
            for name in serverNames(of: host) {
                for address in addresses.all.prefix(Self.mostAddresses) {
                    let key = SessionKey(address: address, port: settings.smtpPort, serverName: name)
                    new.insert(.session(key))
                    guard case .session(let seen)? = facts.value(.session(key))?.value, seen.isSurveyable else {
                        continue
                    }
                    new.insert(.survey(key))
                }
            }
        }
        let now = time.now
        for key in new.subtracting(old) {
            facts.use(key, by: domain, now: now)
            // Each of these looks costs a resolver of its own: a long list must not ask for all of them at once.
            if case .nameServers = key, !isOneRound {
                let spread = min(settings.nameServerInterval, 0.4 * Double(domains.count))
                facts.schedule(key, at: now.addingTimeInterval(spread * Self.jitter(key)), fresh: false)
            }
        }
        for key in old.subtracting(new) { release(key, by: domain) }
        domains[domain]?.facts = new
        hasten(domain)
        dirty.insert(domain)
    }

    /// What belongs to a fact goes with its last user: a zone may name other hosts at each look.
    private func release(_ key: FactKey, by domain: DomainName) {
        facts.release(key, by: domain)
        guard facts[key] == nil else { return }
        alternations[key] = nil
        if case .addresses(let host) = key { hostMemories[host] = nil }
    }

    nonisolated func session(_ address: IPAddress, _ host: DomainName) -> FactKey {
        .session(SessionKey(address: address, port: settings.smtpPort, serverName: host))
    }

    /// The names that senders send as SNI to an MX host: its own, and for DANE the TLSA base domain (RFC 7672 8.1).
    private func serverNames(of host: DomainName) -> [DomainName] {
        guard case .tlsa(let lookup)? = facts.value(.tlsa(host))?.value else { return [host] }
        return [host] + [lookup.otherBase(than: host)].compactMap { $0 }
    }

    /// The MX hosts by what is believed; the domain itself where there is no MX RRset (RFC 5321 5.1).
    func hosts(of domain: DomainName) -> [DomainName] {
        guard case .mx(let answer)? = facts.value(.mx(domain))?.value else { return [] }
        switch answer.outcome {
        case .found(let records):
            var seen: Set<DomainName> = []
            return Array(records.compactMap(\.host).filter { seen.insert($0).inserted }.prefix(Self.mostHosts))
        case .noData: return [domain]
        case .noName, .failed: return []
        }
    }

    /// Judges what is dirty; a large pile is left for the next turn of the loop so that looks go on between.
    func settle() async {
        var batch: [DomainName] = []
        while batch.count < 500, let domain = dirty.popFirst() { batch.append(domain) }
        if !dirty.isEmpty { wake() }
        await recall(batch.flatMap(hosts(of:)))
        readClock()
        // What moved while the history answered has its turn later: a host that came up meanwhile would be taken for
        // never seen.
        batch.removeAll(where: dirty.contains)
        var observed: [DomainName: HostMemory] = [:]
        var news: [DomainName: HostMemory] = [:]
        let entries = batch.compactMap { judgeAgain($0, &observed, &news) }
        if !news.isEmpty { await history.remember(news) }
        guard !entries.isEmpty else { return }
        // Together: what must be durable before it is shown waits for the disk once, not once a domain.
        let changes = await history.append(entries)
        let turned = Dictionary(changes.map { ($0.domain, $0) }, uniquingKeysWith: { _, last in last })
        for entry in entries {
            show(entry)
            ring(entry.domain, turned[entry.domain], entry.assessment.at)
        }
        // The list may have changed while the history was written.
        untoldChanges += changes.filter { domains[$0.domain] != nil }
    }

    private func show(_ entry: HistoryEntry) {
        guard let still = domains[entry.domain] else { return }
        if still.shown == nil { judgedCount += 1 }
        domains[entry.domain]?.shown = entry.assessment
        if entry.assessment.state != .unknown { domains[entry.domain]?.definite = entry.assessment }
        untold.insert(entry.domain)
    }

    /// The next verdict of a domain, on its way into the history; nil while it is held back.
    ///
    /// - Parameters:
    ///   - observed: the memories of hosts as they are after this batch, each worked out once.
    ///   - news: of those, what is worth writing.
    private func judgeAgain(
        _ domain: DomainName, _ observed: inout [DomainName: HostMemory], _ news: inout [DomainName: HostMemory]
    ) -> HistoryEntry? {
        guard var polled = domains[domain] else { return nil }
        let now = time.now
        // What refines a verdict keeps nobody waiting who will see the rest later.
        let isComplete = polled.facts.allSatisfy { key in
            facts[key]?.believed != nil || (!isOneRound && key.refines)
        }
        polled.incompleteSince = isComplete ? nil : polled.incompleteSince ?? now
        domains[domain]?.incompleteSince = polled.incompleteSince
        guard facts[.record(domain)]?.believed != nil, facts[.mx(domain)]?.believed != nil else { return nil }
        let evidence = evidence(of: polled)
        let memory = polled.memory.observing(evidence, now: now)
        observe(evidence.hosts, &observed, now: now)
        let seen = evidence.hosts.reduce(into: [DomainName: HostMemory]()) { $0[$1.host] = observed[$1.host] }
        let fresh = assess(
            evidence, memory: memory, hosts: seen, network: health.condition(now: now),
            expects: polled.entry.options.expects, now: now)
        // Asked for before the last look has ended, so that both run at once.
        let needsSecondLook = isWorse(fresh, than: polled.shown) && lookTwice(polled, fresh)
        // A fact that is still open holds the verdict back, but neither for ever nor where the rest is enough to say
        // that mail bounces: unless nobody is there to see the rest later.
        if let since = polled.incompleteSince, fresh.state != .bouncing || isOneRound {
            guard polled.shown != nil, now.timeIntervalSince(since) > 60 else { return nil }
        }
        if needsSecondLook || isSettling(polled, fresh) {
            domains[domain]?.confirmingSince = polled.confirmingSince ?? now
            return nil
        }
        settling[domain] = nil
        polled.memory = memory
        let assessment = polled.memory.stamp(fresh, queues: settings.queueLifetimes)
        keep(seen, &news)
        var changes: [Change] = []
        if let before = polled.definite, let turned = change(from: before, to: assessment, id: 0) { changes = [turned] }
        polled.memory.toldState = polled.untold(assessment, turn: changes.first?.turn)
        // At once, so that an acknowledgement that comes while the history is written is not undone.
        domains[domain]?.memory = polled.memory
        domains[domain]?.confirmingSince = nil
        return HistoryEntry(
            domain: domain, changes: changes, memory: polled.memory, assessment: assessment, evidence: evidence,
            comparedWith: polled.definite?.at)
    }

    private func isWorse(_ new: Assessment, than shown: Assessment?) -> Bool {
        guard new.state <= .risk else { return false }
        return shown.map { new.state < $0.state } ?? true
    }

    /// Nothing turns bad on facts that were looked at once: asks for the second look; false when all had theirs.
    private func lookTwice(_ polled: PolledDomain, _ assessment: Assessment) -> Bool {
        let domain = polled.entry.domain
        var grounds: Set<FactKey> = [.record(domain), .mx(domain)]
        for host in assessment.hosts {
            let isRefused = host.inPolicy == false || host.acceptance.values.contains(where: \.isRefusal)
            if isRefused { grounds.formUnion([.addresses(host.host), .tlsa(host.host)]) }
            let names = serverNames(of: host.host)
            for address in host.addresses where address.acceptance.values.contains(where: \.isRefusal) {
                grounds.formUnion(names.map { session(address.address, $0) })
            }
            for address in host.addresses where !address.split.isEmpty {
                let keys = names.map {
                    SessionKey(address: address.address, port: settings.smtpPort, serverName: $0)
                }
                grounds.formUnion(keys.flatMap { [.session($0), .survey($0)] } + [.tlsa(host.host)])
            }
        }
        let now = time.now
        let isPatient = polled.confirmingSince.map { now.timeIntervalSince($0) < Self.patience } ?? true
        var isWaiting = false
        for key in grounds {
            guard let entry = facts[key], entry.believed != nil else { continue }
            // While our own network fails there is no second look; who sees only one round is told what there is.
            let isUnheard = entry.isUnheard && !isOneRound
            guard entry.looks < 2 || isUnheard, isPatient || isUnheard || entry.isInFlight else { continue }
            isWaiting = true
            let soon = now.addingTimeInterval(settings.confirmation.givenDelay)
            if !entry.isInFlight, !isUnheard, entry.due > soon { facts.schedule(key, at: soon, fresh: true) }
        }
        return isWaiting
    }

    /// Seconds to wait for two looks that agree: two servers that answer in turn may never do so.
    private static let patience: TimeInterval = 120
}
