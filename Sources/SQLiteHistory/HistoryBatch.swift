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
        /// Without an identifier (0), or under the one under which they were shown already.
        var changes: [Change]
        /// When the verdict was made against which the first of them is told; nil where that is not known.
        var comparedWith: Date?

        /// Both in one; of a fact only what is believed last.
        func followed(by later: Domain) -> Domain {
            var whole = later
            let newer = Set(later.facts.map(\.key))
            whole.before = before
            whole.verdict = later.verdict ?? verdict
            whole.facts = facts.filter { !newer.contains($0.key) } + later.facts
            whole.changes = changes + later.changes
            if !changes.isEmpty { whole.comparedWith = comparedWith }
            return whole
        }
    }

    struct Acknowledgement: Sendable {
        let moment: Date
        let user: String
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
    /// Of changes that are in the file; the key is the identifier.
    var acknowledgements: [Int: Acknowledgement] = [:]

    var isEmpty: Bool {
        domains.isEmpty && stamps.isEmpty && samples.isEmpty && hosts.isEmpty && hostStamps.isEmpty
            && acknowledgements.isEmpty
    }

    /// In the order in which they are written.
    var changes: [Change] { domains.flatMap(\.changes) }

    /// Gives every change that has none an identifier.
    mutating func number(_ next: () -> Int) {
        for domain in domains.indices {
            for place in domains[domain].changes.indices where domains[domain].changes[place].id == 0 {
                domains[domain].changes[place] = domains[domain].changes[place].numbered(next())
            }
        }
    }
}
