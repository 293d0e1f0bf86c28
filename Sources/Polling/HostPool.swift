import Evidence
import MTASTS

/// Who may be connected to now: one SMTP connection per address at a time, a few per provider, a cap on all.
///
/// What must wait stands in line by the limit that held it up; whenever a place frees, the line is offered it until
/// the limit is full again. Second looks and what the operator asked for stand at the head of the line.
struct HostPool {
    private enum Limit: Hashable {
        case address(IPAddress)
        case provider(String)
        case connections, lookups
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
        for (limit, _) in limits {
            let left = used[limit, default: 1] - 1
            used[limit] = left > 0 ? left : nil
        }
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
        case .record, .mx, .tlsrpt, .addresses, .tlsa, .nameServers: return [(.lookups, mostLookups)]
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
