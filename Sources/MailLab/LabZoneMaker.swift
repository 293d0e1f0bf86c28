import Evidence
import FoundationEssentials

/// Writes the zones of a world.
struct LabZoneMaker {
    /// Short, so that what happens is seen soon, and yet none of the cache times that a sender would see is zero.
    static let ttl = 2

    let addresses: [String: [IPAddress]]
    let webAddress: IPAddress
    /// The TLSA records by MX host.
    let tlsa: [String: [TLSARecord]]
    /// When the lab began: signatures are dated around it.
    let start: Date

    /// The root, one zone for each top-level name in use, and the domains that are zones of their own; by name.
    func zones(of world: LabWorld) -> [LabZone] {
        var records: [String: [LabRecord]] = [:]
        for domain in world.domains {
            records[domain.name, default: []] += domain.mx.map { .mx($0.preference, $0.host) }
            records["_mta-sts." + domain.name, default: []] += domain.records.map { .text($0) }
            records["_smtp._tls." + domain.name, default: []] += domain.tlsrpt.map { .text($0) }
            if domain.policy != nil { records[domain.policyHost, default: []].append(.address(webAddress)) }
        }
        for host in world.hosts {
            records[host.name, default: []] += (addresses[host.name] ?? []).map { .address($0) }
            records["_25._tcp." + host.name, default: []] += (tlsa[host.name] ?? []).map { .tlsa($0) }
        }
        records = records.filter { !$0.value.isEmpty }

        var zones = [".": LabZone(".", signing: .around(start), ttl: Self.ttl)]
        for domain in world.domains where domain.signing != .withParent {
            zones[domain.name] = LabZone(domain.name, signing: signing(domain), ttl: Self.ttl)
        }
        for (owner, data) in records {
            let place = Self.place(of: owner, among: zones)
            zones[place, default: LabZone(place, signing: .around(start), ttl: Self.ttl)].records[owner] = data
        }
        return zones.values.sorted { $0.name < $1.name }
    }

    /// The zone that holds a name: a domain's own, or that of the top-level name.
    private static func place(of owner: String, among zones: [String: LabZone]) -> String {
        var name = owner[...]
        while let dot = name.firstIndex(of: ".") {
            if zones[String(name)] != nil { return String(name) }
            name = name[name.index(after: dot)...]
        }
        return String(name)
    }

    private func signing(_ domain: LabDomain) -> LabZone.Signing? {
        switch domain.signing {
        case .withParent: .around(start)
        case .unsigned: nil
        case .lapsed: .around(start.addingTimeInterval(-30 * 86_400))
        }
    }
}
