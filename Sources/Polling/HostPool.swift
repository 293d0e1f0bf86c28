import CPSL
import Evidence
import MTASTS

/// Who may be connected to now: one SMTP connection per address at a time, a few per provider, a cap on all.
///
/// What must wait stands in line by the limit that held it up, and is handed out when that limit frees.
struct HostPool {
    private enum Limit: Hashable {
        case address(IPAddress)
        case provider(String)
        case connections, lookups
    }

    private var used: [Limit: Int] = [:]
    private var waiting: [Limit: [FactKey]] = [:]
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
    mutating func start(_ key: FactKey) -> Bool {
        let limits = limits(of: key)
        for (limit, most) in limits where used[limit, default: 0] >= most {
            waiting[limit, default: []].append(key)
            return false
        }
        for (limit, _) in limits { used[limit, default: 0] += 1 }
        return true
    }

    /// Gives the places back; returns the facts that may try again.
    mutating func finish(_ key: FactKey) -> [FactKey] {
        var freed: [FactKey] = []
        for (limit, _) in limits(of: key) {
            let left = used[limit, default: 1] - 1
            used[limit] = left > 0 ? left : nil
            guard var line = waiting[limit], !line.isEmpty else { continue }
            freed.append(line.removeFirst())
            waiting[limit] = line.isEmpty ? nil : line
        }
        return freed
    }

    private mutating func limits(of key: FactKey) -> [(Limit, Int)] {
        switch key {
        case .session(let session):
            return [
                (.connections, mostConnections), (.provider(provider(of: session.serverName)), mostPerProvider),
                (.address(session.address), 1),
            ]
        case .policy: return [(.connections, mostConnections)]
        case .record, .mx, .tlsrpt, .addresses, .tlsa: return [(.lookups, mostLookups)]
        }
    }

    /// The registrable domain of a host by the public suffix list; the host itself where there is none.
    private mutating func provider(of host: DomainName) -> String {
        if let known = providers[host] { return known }
        // The answer points into the question: it must be copied while that lives.
        let name = host.text.withCString { text in
            psl_registrable_domain(psl_builtin(), text).map { String(cString: $0) } ?? host.text
        }
        if providers.count > 50_000 { providers.removeAll() }
        providers[host] = name
        return name
    }
}
