import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// Fetches from the history what is not in mind yet.
    func recall(_ hosts: [DomainName]) async {
        for host in hosts where hostMemories[host] == nil {
            let stored = await history.memory(ofHost: host)
            hostMemories[host] = hostMemories[host] ?? stored ?? HostMemory(host: host)
        }
    }

    /// The memory of each MX host with this evidence, and of those what is worth writing.
    func observeHosts(
        _ evidence: DomainEvidence
    ) -> (seen: [DomainName: HostMemory], news: [DomainName: HostMemory]) {
        var seen: [DomainName: HostMemory] = [:]
        var news: [DomainName: HostMemory] = [:]
        for host in evidence.hosts {
            let before = hostMemories[host.host] ?? HostMemory(host: host.host)
            let after = before.observing(host)
            seen[host.host] = after
            if !after.agrees(with: before) || after.hour != before.hour { news[host.host] = after }
        }
        return (seen, news)
    }
}

extension HostMemory {
    /// The hour in which it was last seen: stamps alone are written once an hour.
    fileprivate var hour: Int {
        Int((addresses.map(\.lastSeen).max() ?? .distantPast).timeIntervalSince1970 / 3_600)
    }
}
