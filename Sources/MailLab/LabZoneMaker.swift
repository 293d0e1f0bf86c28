import Evidence

/// Writes the zones of a world.
struct LabZoneMaker {
    /// Short, and yet none of the cache times that a sender would see is zero.
    private static let ttl = 60

    let addresses: [String: [IPAddress]]
    let webAddress: IPAddress
    /// By MX host.
    let tlsa: [String: TLSARecord]

    /// One zone for each top-level name in use, by name.
    func zones(of world: LabWorld) -> [LabZone] {
        var lines: [String: [String]] = [:]
        func add(_ owner: String, _ record: String) {
            let zone = owner.split(separator: ".").last.map(String.init) ?? owner
            lines[zone, default: []].append("\(owner). \(Self.ttl) IN \(record)")
        }
        for domain in world.domains {
            for mx in domain.mx {
                add(domain.name, "MX \(mx.preference) " + (mx.host == "." ? "." : mx.host + "."))
            }
            for text in domain.records { add("_mta-sts." + domain.name, "TXT " + LabZone.quoted(text)) }
            for text in domain.tlsrpt { add("_smtp._tls." + domain.name, "TXT " + LabZone.quoted(text)) }
            if domain.policy != nil { add(domain.policyHost, Self.address(webAddress)) }
        }
        for host in world.hosts {
            for address in addresses[host.name] ?? [] { add(host.name, Self.address(address)) }
            if host.publishesTLSA, let record = tlsa[host.name] { add("_25._tcp." + host.name, "TLSA \(record)") }
        }
        return lines.keys.sorted().map { LabZone(name: $0, records: lines[$0] ?? []) }
    }

    private static func address(_ address: IPAddress) -> String {
        (address.isIPv4 ? "A " : "AAAA ") + address.description
    }
}
