import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The addresses of the policy hosts: what each answered last, and which must not be asked yet.
struct PolicyEdgeBook {
    struct Edge: Hashable {
        let host: DomainName
        let address: IPAddress
    }

    /// The last time that all addresses of a host were asked.
    struct Round {
        let at: Date
        let edges: [PolicyFetch]
    }

    private(set) var rounds: [DomainName: Round] = [:]
    private var failedAt: [Edge: Date] = [:]
    /// When somebody last answered over IPv4 (true) and IPv6.
    private var familyAnswered: [Bool: Date] = [:]

    /// The clock was set back by so many seconds.
    mutating func setBack(by seconds: TimeInterval) {
        func earlier(_ moment: Date) -> Date { moment.addingTimeInterval(-seconds) }
        rounds = rounds.mapValues { Round(at: earlier($0.at), edges: $0.edges) }
        failedAt = failedAt.mapValues(earlier)
        familyAnswered = familyAnswered.mapValues(earlier)
    }

    mutating func answered(over address: IPAddress, at moment: Date) { familyAnswered[address.isIPv4] = moment }

    /// Notes whether an address failed: that fetch is not repeated for a while (RFC 8461 3.3).
    mutating func note(_ fetch: PolicyFetch, at moment: Date) {
        guard let address = fetch.address else { return }
        if failedAt.count > 10_000 { failedAt = failedAt.filter { moment.timeIntervalSince($0.value) < 3_600 } }
        failedAt[Edge(host: fetch.host, address: address)] = fetch.failure == nil ? nil : moment
        if !fetch.isSilent { answered(over: address, at: moment) }
    }

    func isHeld(_ host: DomainName, _ address: IPAddress, for delay: TimeInterval, now: Date) -> Bool {
        failedAt[Edge(host: host, address: address)].map { now.timeIntervalSince($0) < delay } ?? false
    }

    /// Another id: what failed may be asked again at once (RFC 8461 3.3).
    mutating func lift(_ host: DomainName) { failedAt = failedAt.filter { $0.key.host != host } }

    mutating func keep(_ edges: [PolicyFetch], of host: DomainName, at moment: Date) {
        rounds[host] = Round(at: moment, edges: edges)
    }

    mutating func forget(_ host: DomainName) { rounds[host] = nil }

    /// The edge as it counts: silence over a family of addresses over which nobody answers is no word of theirs.
    func believable(_ edge: PolicyFetch, now: Date) -> PolicyFetch {
        guard edge.isSilent, edge.failure != PolicyFetch.connectionRefused, let address = edge.address else {
            return edge
        }
        if let last = familyAnswered[address.isIPv4], now.timeIntervalSince(last) <= 600 { return edge }
        let family = address.isIPv4 ? "IPv4" : "IPv6"
        return PolicyFetch(
            host: edge.host, address: address, aliases: edge.aliases,
            failure: .notFetched("no answer, and nobody answers over \(family) from here"),
            milliseconds: edge.milliseconds)
    }
}

extension Poller {
    /// More addresses than this are not compared.
    private static let mostEdges = 10

    func policy(_ domain: DomainName, _ fresh: Bool) async -> PolicyFetch {
        guard let host = domain.prefixed("mta-sts") else {
            return PolicyFetch(host: domain, failure: .noHost)
        }
        let lookup = await resolver.addresses(host, fresh: fresh)
        let addresses = lookup.all
        if addresses.isEmpty {
            let failures = [lookup.ipv4.failure, lookup.ipv6.failure].compactMap { $0 }
            let reason = failures.first.map { PolicyFetchFailure.lookup($0) } ?? .noHost
            return PolicyFetch(host: host, aliases: lookup.aliases, failure: reason)
        }
        let allowed = settings.allowPrivate ? addresses : addresses.filter { !$0.isSpecialUse }
        guard !allowed.isEmpty else {
            return PolicyFetch(
                host: host, address: addresses.first, aliases: lookup.aliases,
                failure: .notFetched("\(host) has no public address"))
        }
        let ready = allowed.filter { !isHeld(host, $0) }
        let first = await fetcher.fetch(
            host: host, addresses: ready.isEmpty ? allowed : ready, aliases: lookup.aliases)
        guard allowed.count > 1, !first.isSilent else { return first }
        policyEdges.note(first, at: time.now)
        // The one that answered is among them, wherever it stands.
        let others = allowed.filter { $0 != first.address }.prefix(Self.mostEdges - 1)
        return await compared(first, [first.address].compactMap { $0 } + others, domain, fresh)
    }

    private func isHeld(_ host: DomainName, _ address: IPAddress) -> Bool {
        policyEdges.isHeld(host, address, for: settings.confirmation.policyDelay, now: time.now)
    }

    /// The fetch with the answers of all addresses beside it: asked now where it says something new or it is time,
    /// else as they were.
    private func compared(
        _ first: PolicyFetch, _ addresses: [IPAddress], _ domain: DomainName, _ fresh: Bool
    ) async -> PolicyFetch {
        let now = time.now
        let last = policyEdges.rounds[first.host]
        var believed: PolicyFetch?
        if case .policy(let fetch)? = facts.value(.policy(domain))?.value { believed = fetch }
        let isNews = believed.map { PolicyGist($0, at: now) != PolicyGist(first, at: now) } ?? true
        if let last, !isNews, !fresh {
            // Large providers give other addresses each time: the rhythm holds for them too.
            let others = last.edges.filter { $0.address != first.address }
            let known = first.with(edges: ordered([first] + others))
            if now < last.at.addingTimeInterval(wait(after: known, now)) { return known }
        }
        let edges = ordered(await ask(addresses, beside: first, last: last?.edges ?? []))
        policyEdges.keep(edges, of: first.host, at: now)
        return representative(of: edges, first, believed, domain).with(edges: edges)
    }

    /// By address: DNS gives them in another order each time.
    private func ordered(_ edges: [PolicyFetch]) -> [PolicyFetch] {
        let placed = edges.compactMap { edge in edge.address.map { (address: $0, edge: edge) } }
        return placed.sorted { $0.address < $1.address }.map(\.edge)
    }

    private func wait(after round: PolicyFetch, _ now: Date) -> TimeInterval {
        let isWell = round.edges.allSatisfy { $0.failure == nil } && !round.edgesDiffer(at: now)
        return isWell
            ? max(settings.surveyInterval, settings.interval)
            : max(settings.confirmation.policyDelay, settings.interval)
    }

    /// Asks the other addresses, as many at once as there are connections to spare; those that failed lately are not
    /// asked again.
    private func ask(
        _ addresses: [IPAddress], beside first: PolicyFetch, last: [PolicyFetch]
    ) async -> [PolicyFetch] {
        var seen = [first.address: first]
        var wanted: [IPAddress] = []
        for address in addresses where address != first.address {
            if isHeld(first.host, address) {
                seen[address] = last.first { $0.address == address }
            } else {
                wanted.append(address)
            }
        }
        let fetcher = fetcher
        var spare = pool.takeSpare(wanted.count - 1)
        await withTaskGroup(of: (IPAddress, PolicyFetch).self) { group in
            var waiting = wanted[...]
            func askNext() -> Bool {
                guard let address = waiting.popFirst() else { return false }
                group.addTask {
                    (address, await fetcher.fetch(host: first.host, addresses: [address], aliases: first.aliases))
                }
                return true
            }
            for _ in 0...spare { _ = askNext() }
            for await (address, fetch) in group {
                seen[address] = fetch
                if !askNext(), spare > 0 {
                    spare -= 1
                    freeSpare()
                }
            }
        }
        let now = time.now
        for address in wanted { seen[address].map { policyEdges.note($0, at: now) } }
        return addresses.compactMap { seen[$0] }
            .map { policyEdges.believable($0, now: now).sharing(with: first) }
    }

    /// While addresses differ, what is believed stays as long as one of them says it: no rotation of addresses is a
    /// change of the policy.
    private func representative(
        of edges: [PolicyFetch], _ first: PolicyFetch, _ believed: PolicyFetch?, _ domain: DomainName
    ) -> PolicyFetch {
        let now = time.now
        if let believed {
            let gist = PolicyGist(believed, at: now)
            return ([first] + edges).first { PolicyGist($0, at: now) == gist } ?? first
        }
        let known = domains[domain]?.memory.versions.last?.body
        return ([first] + edges).first { known != nil && $0.body == known } ?? first
    }
}

extension PolicyFetch {
    /// The same answer; what is equal to that of another address is kept in memory once.
    fileprivate func sharing(with other: PolicyFetch) -> PolicyFetch {
        PolicyFetch(
            host: host, address: address, aliases: aliases, failure: failure, status: status, contentType: contentType,
            body: body == other.body ? other.body : body, serverDate: serverDate,
            tls: tls == other.tls ? other.tls : tls, milliseconds: milliseconds)
    }
}
