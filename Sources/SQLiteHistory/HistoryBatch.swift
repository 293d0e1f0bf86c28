import Deliverability
import FoundationEssentials
import MTASTS

/// What is written in one transaction.
struct HistoryBatch: Sendable {
    /// One domain of which more than moments is new.
    struct Domain: Sendable {
        let name: DomainName
        var memory: DomainMemory
        /// As it stands in the database; nil when it is not known.
        var before: DomainMemory?
        var digest: StatusDigest
        /// Nil where the state is unknown: the last definite verdict stays.
        var verdict: RememberedVerdict?
        var facts: [StoredFact]
        var changes: [Change]
    }

    struct Stamp: Sendable {
        let name: DomainName
        let checkedAt: Date?
        let moments: [Date]
    }

    var domains: [Domain] = []
    var stamps: [Stamp] = []
    var samples: [(name: DomainName, sample: Sample)] = []
    var hosts: [(memory: HostMemory, before: HostMemory?)] = []
    var hostStamps: [(name: DomainName, moments: [Date])] = []

    var isEmpty: Bool {
        domains.isEmpty && stamps.isEmpty && samples.isEmpty && hosts.isEmpty && hostStamps.isEmpty
    }
}
