import Deliverability
import Foundation
import MTASTS
import Polling

@testable import stswatch

/// Looks at one domain, one after the other, as the poller would hand them over.
struct Looks {
    let domain: DomainName
    private(set) var memory = DomainMemory()
    private var before: Assessment?

    init(_ domain: DomainName) {
        self.domain = domain
    }

    /// What is seen at a moment, and what turned since the look before.
    /// - Parameter offersTLS: false: its MX host has none, and enforcing senders refuse it.
    mutating func look(at now: Date, offersTLS: Bool = true) -> HistoryEntry {
        let evidence = HistoryBench.evidence(domain, now, offersTLS: offersTLS)
        memory = memory.observing(evidence, now: now)
        let judged = memory.stamp(assess(evidence, memory: memory, now: now))
        let changes = before.flatMap { change(from: $0, to: judged, id: 0) }.map { [$0] } ?? []
        before = judged
        return HistoryEntry(domain: domain, changes: changes, memory: memory, assessment: judged, evidence: evidence)
    }
}
