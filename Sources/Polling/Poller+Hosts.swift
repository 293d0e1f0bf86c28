import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// Fetches from the history what is not in mind yet, of the hosts that somebody uses.
    func recall(_ hosts: [DomainName]) async {
        for host in hosts where hostMemories[host] == nil {
            let stored = await history.memory(ofHost: host)
            // The host may have gone meanwhile.
            guard facts[.addresses(host)] != nil else { continue }
            hostMemories[host] = hostMemories[host] ?? stored ?? HostMemory(host: host)
        }
    }

    /// Adds the memory of each of these hosts with what is seen of it now; one host may serve all domains of a batch.
    func observe(_ hosts: [HostEvidence], _ observed: inout [DomainName: HostMemory], now: Date) {
        for host in hosts where observed[host.host] == nil {
            observed[host.host] = (hostMemories[host.host] ?? HostMemory(host: host.host))
                .observing(host, now: now)
        }
    }

    /// Keeps these memories in mind, and says what of them is worth writing.
    func keep(_ memories: [DomainName: HostMemory], _ news: inout [DomainName: HostMemory]) {
        for (host, after) in memories {
            let before = hostMemories[host] ?? HostMemory(host: host)
            if !after.agrees(with: before) || after.hour != before.hour { news[host] = after }
            hostMemories[host] = after
        }
    }
}

extension HostMemory {
    /// The hour in which it was last seen: stamps alone are written once an hour.
    fileprivate var hour: Int {
        Int((addresses.map(\.lastSeen).max() ?? .distantPast).timeIntervalSince1970 / 3_600)
    }
}
