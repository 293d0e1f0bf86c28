import Evidence
import FoundationEssentials
public import MTASTS

extension DomainHistory {
    /// What the memory of one run tells, where no file keeps more: nothing from before it.
    /// - Parameters:
    ///   - hosts: the memories of the MX hosts that the domain has named.
    ///   - changes: those of the domain, newest first.
    ///   - samples: oldest first.
    public init(
        domain: DomainName, memory: DomainMemory, hosts: [DomainName: HostMemory] = [:], changes: [Change] = [],
        samples: [Sample] = []
    ) {
        self.init(domain: domain, status: nil)
        policies = memory.versions.reversed().map {
            let policy = Policy(
                id: $0.id, body: $0.body, mode: $0.policy?.mode.rawValue, maxAge: $0.policy?.maxAge)
            return Run(policy, firstSeen: $0.firstSeen, lastSeen: $0.lastSeen, goneAt: $0.goneAt)
        }
        records = memory.records.reversed().map {
            Run($0.id, firstSeen: $0.firstSeen, lastSeen: $0.lastSeen, goneAt: $0.goneAt)
        }
        mxSets = memory.mxSets.reversed().map { set in
            let members = set.members.map { "\($0.preference) \($0.host)" }
            return Run(members, firstSeen: set.firstSeen, lastSeen: set.lastSeen, goneAt: set.goneAt)
        }
        for host in memory.namedHosts {
            guard let known = hosts[host] else { continue }
            certificates += known.addresses.flatMap { address in
                address.certificates.map {
                    let certificate = Certificate(
                        host: host, address: address.address.description, sha256: $0.fingerprint, issuer: $0.issuer,
                        notBefore: $0.notBefore, notAfter: $0.notAfter)
                    return Run(certificate, firstSeen: $0.firstSeen, lastSeen: $0.lastSeen, goneAt: nil)
                }
            }.sorted { $0.firstSeen > $1.firstSeen }
            tlsa += known.tlsa.reversed().map {
                let set = TLSA(host: host, records: $0.records, isSecure: $0.isSecure)
                return Run(set, firstSeen: $0.firstSeen, lastSeen: $0.lastSeen, goneAt: nil)
            }
        }
        self.changes = changes
        self.samples = samples
    }
}

extension DomainMemory {
    /// Every MX host that the domain has named, by name.
    public var namedHosts: [DomainName] { Set(mxSets.flatMap(\.hosts)).sorted() }
}
