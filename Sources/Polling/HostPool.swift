import Evidence
import MTASTS

/// Who may be connected to now: one SMTP connection per address at a time, a few per provider, a cap on all.
///
/// What must wait stands in line by the limit that held it up; whenever a place frees, the line is offered it until
/// the limit is full again. Second looks, what completes a first verdict and what the operator asked for stand at the
/// head of the line.
struct HostPool {
    private enum Limit: Hashable {
        case address(IPAddress)
        case provider(String)
        case connections, lookups, nameServers
    }

    /// First in, first out, with a fast lane; taking from the front costs nothing.
    private struct Line {
        private var urgent: [FactKey] = []
        private var usual: [FactKey] = []
        private var urgentHead = 0
        private var usualHead = 0

        mutating func append(_ key: FactKey, isUrgent: Bool) {
            if isUrgent { urgent.append(key) } else { usual.append(key) }
        }

        mutating func next() -> FactKey? {
            if urgentHead < urgent.count {
                urgentHead += 1
                let key = urgent[urgentHead - 1]
                if urgentHead == urgent.count { (urgent, urgentHead) = ([], 0) }
                return key
            }
            guard usualHead < usual.count else { return nil }
            usualHead += 1
            let key = usual[usualHead - 1]
            if usualHead == usual.count { (usual, usualHead) = ([], 0) }
            return key
        }
    }

    private var used: [Limit: Int] = [:]
    private var lines: [Limit: Line] = [:]
    private let mostConnections: Int
    private let mostLookups: Int
    private let mostPerProvider: Int
    /// Each look at the name servers of a zone asks several, each through a resolver of its own.
    private static let mostNameServerLooks = 8
    private var providers: [DomainName: String] = [:]

    init(_ settings: PollSettings) {
        mostConnections = settings.mostConnections
        mostLookups = settings.mostLookups
        mostPerProvider = settings.mostPerProvider
    }

    /// Takes the places that a look at this fact needs; false puts it in line.
    mutating func start(_ key: FactKey, isUrgent: Bool = false) -> Bool {
        let limits = limits(of: key)
        for (limit, most) in limits where used[limit, default: 0] >= most {
            lines[limit, default: Line()].append(key, isUrgent: isUrgent)
            return false
        }
        for (limit, _) in limits { used[limit, default: 0] += 1 }
        return true
    }

    /// Gives the places back; returns what took them instead, ready to be looked at.
    ///
    /// Whoever is offered a place and is held up by another limit goes to that limit's line, and the next is asked.
    mutating func finish(_ key: FactKey, isUrgent: (FactKey) -> Bool = { _ in false }) -> [FactKey] {
        let limits = limits(of: key)
        for (limit, _) in limits { giveBack(limit) }
        return offer(limits, isUrgent)
    }

    /// Takes up to so many connections more for a look under way, as far as there are any: it must not wait for them
    /// while it holds one.
    mutating func takeSpare(_ most: Int) -> Int {
        let taken = max(0, min(most, mostConnections - used[.connections, default: 0]))
        if taken > 0 { used[.connections, default: 0] += taken }
        return taken
    }

    /// Gives one of those back; returns what took it instead, ready to be looked at.
    mutating func giveSpare(isUrgent: (FactKey) -> Bool = { _ in false }) -> [FactKey] {
        giveBack(.connections)
        return offer([(.connections, mostConnections)], isUrgent)
    }

    private mutating func giveBack(_ limit: Limit) {
        let left = used[limit, default: 1] - 1
        used[limit] = left > 0 ? left : nil
    }

    private mutating func offer(_ limits: [(Limit, Int)], _ isUrgent: (FactKey) -> Bool) -> [FactKey] {
        var started: [FactKey] = []
        for (limit, most) in limits {
            while used[limit, default: 0] < most, let next = lines[limit]?.next() {
                if start(next, isUrgent: isUrgent(next)) { started.append(next) }
            }
        }
        return started
    }

    private mutating func limits(of key: FactKey) -> [(Limit, Int)] {
        switch key {
        case .session(let session), .survey(let session):
            return [
                (.address(session.address), 1), (.provider(provider(of: session.serverName)), mostPerProvider),
                (.connections, mostConnections),
            ]
        case .policy: return [(.connections, mostConnections)]
        case .nameServers: return [(.nameServers, Self.mostNameServerLooks), (.lookups, mostLookups)]
        case .record, .mx, .tlsrpt, .addresses, .tlsa: return [(.lookups, mostLookups)]
        }
    }

    /// The registrable domain of a host by the public suffix list; the host itself where there is none.
    private mutating func provider(of host: DomainName) -> String {
        if let known = providers[host] { return known }
        let name = RegistrableDomain.of(host)
        if providers.count > 50_000 { providers.removeAll() }
        providers[host] = name
        return name
    }
}
