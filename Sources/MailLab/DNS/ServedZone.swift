/// One zone as the responder serves it: every set of records with what belongs to it, and its denials.
struct ServedZone {
    /// What signatures an answer carries.
    enum Signatures {
        case good
        case bogus
        case dated(LabZone.Signing)
        case missing
    }

    /// As `DNSWire.key` gives it; empty for the root.
    let name: String
    let zone: LabZone
    private let key: LabZoneKey?
    /// By owner, then type; sets of records with SOA, NS, DNSKEY and DS.
    private let sets: [String: [UInt16: [DNSResourceRecord]]]
    /// Every owner, and every name above one.
    private let names: Set<String>
    private var denials: DenialChain?
    private var cache: [SetName: DNSResourceRecord] = [:]

    private struct SetName: Hashable {
        let owner: String
        let type: UInt16
    }

    /// - Parameters:
    ///   - key: of a signed zone.
    ///   - delegations: the zones right below, and the DS rdata of those that are signed.
    init(_ zone: LabZone, key: LabZoneKey?, delegations: [String: [UInt8]?]) {
        name = DNSWire.key(zone.name)
        self.zone = zone
        self.key = zone.signing == nil ? nil : key
        var data: [String: [LabRecord]] = [:]
        for (owner, records) in zone.records { data[DNSWire.key(owner), default: []] += records }
        let servers = zone.servers.isEmpty ? [name.isEmpty ? "ns" : "ns." + name] : zone.servers
        let server = servers[0]
        let times = [1, 3600, 600, 86_400, zone.ttl].flatMap { DNSWire.long($0) }
        data[name, default: []] += [
            .raw(type: DNSType.soa, DNSWire.name(server) + DNSWire.name("hostmaster." + server) + times)
        ]
        data[name, default: []] += servers.map { .server($0) }
        if let key = self.key { data[name, default: []].append(.raw(type: DNSType.dnskey, key.rdata)) }
        for (child, digest) in delegations {
            data[child, default: []].append(.server("ns." + child))
            if let digest { data[child, default: []].append(.raw(type: DNSType.ds, digest)) }
        }
        var sets: [String: [UInt16: [DNSResourceRecord]]] = [:]
        var names: Set<String> = []
        for (owner, records) in data {
            // A set has each of its records once (RFC 2181 5).
            var seen: Set<LabRecord> = []
            for record in records where seen.insert(record).inserted {
                sets[owner, default: [:]][record.type, default: []].append(
                    DNSResourceRecord(owner: owner, type: record.type, ttl: zone.ttl, rdata: record.rdata))
            }
            var above = owner
            while above != name, names.insert(above).inserted, let dot = above.firstIndex(of: ".") {
                above = String(above[above.index(after: dot)...])
            }
        }
        names.insert(name)
        self.sets = sets
        self.names = names
    }

    func contains(_ other: String) -> Bool { name.isEmpty || other == name || other.hasSuffix("." + name) }

    func exists(_ owner: String) -> Bool { names.contains(owner) }

    /// The records of one owner and type; empty where there are none.
    func set(_ owner: String, _ type: UInt16) -> [DNSResourceRecord] { sets[owner]?[type] ?? [] }

    /// The records, and their signature where the zone is signed and this set is its own.
    mutating func signed(_ set: [DNSResourceRecord], _ signatures: Signatures) -> [DNSResourceRecord] {
        guard let first = set.first, let key, let signing = zone.signing, isOwn(first) else { return set }
        switch signatures {
        case .missing: return set
        case .dated(let other):
            return set + [key.signature(set, from: other.from, until: other.until)].compactMap { $0 }
        case .good, .bogus: break
        }
        let place = SetName(owner: first.owner, type: first.type)
        let isKept = set == self.set(first.owner, first.type)
        guard
            let good = isKept
                ? cache[place] ?? key.signature(set, from: signing.from, until: signing.until)
                : key.signature(set, from: signing.from, until: signing.until)
        else { return set }
        if isKept { cache[place] = good }
        guard case .bogus = signatures else { return set + [good] }
        var rdata = good.rdata
        rdata[rdata.count - 1] ^= 1
        return set + [DNSResourceRecord(owner: good.owner, type: good.type, ttl: good.ttl, rdata: rdata)]
    }

    /// The SOA, and in a signed zone the proof that the name, or the type at the name, does not exist.
    mutating func denial(of owner: String, _ signatures: Signatures) -> [DNSResourceRecord] {
        var sections = signed(set(name, DNSType.soa), signatures)
        guard let signing = zone.signing, key != nil else { return sections }
        let chain: DenialChain
        if let denials {
            chain = denials
        } else {
            chain = DenialChain(self, signing.denial)
            denials = chain
        }
        for record in chain.proof(of: owner, in: self) { sections += signed([record], signatures) }
        return sections
    }

    /// What exists at a name, for its denials.
    func types(at owner: String) -> Set<UInt16> {
        var types = Set(sets[owner].map { Array($0.keys) } ?? [])
        let isUnsignedDelegation = owner != name && types == [DNSType.ns]
        if !types.isEmpty, zone.signing?.denial == .nsec || !isUnsignedDelegation { types.insert(DNSType.rrsig) }
        if zone.signing?.denial == .nsec { types.insert(DNSType.nsec) }
        return types
    }

    /// The owners of records.
    var owners: [String] { Array(sets.keys) }

    /// The owners, and the names above them that exist only for that.
    var allNames: Set<String> { names }

    /// The NS records of a delegation belong to the zone below.
    private func isOwn(_ record: DNSResourceRecord) -> Bool { record.type != DNSType.ns || record.owner == name }
}
