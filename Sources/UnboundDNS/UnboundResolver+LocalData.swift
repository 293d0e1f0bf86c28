import MTASTS

extension UnboundResolver {
    /// Gives a local zone new records, or makes the zone; every lookup from then on sees them. Some milliseconds.
    public func setLocalData(_ zone: String, _ records: [String]) throws(ResolverSetupError) {
        try pool.changeNow { blueprint throws(ResolverSetupError) in
            let new = LocalZone(name: zone, records: records)
            if let index = blueprint.localZones.firstIndex(where: { $0.name == zone }) {
                blueprint.localZones[index] = new
            } else {
                blueprint.localZones.append(new)
            }
        }
    }

    /// Gives one name in a local zone new records; none means that the name is gone.
    public func replaceLocalData(_ owner: String, _ records: [String]) throws(ResolverSetupError) {
        try pool.changeNow { blueprint throws(ResolverSetupError) in
            let holders = blueprint.localZones.indices.filter { blueprint.localZones[$0].contains(owner) }
            guard
                let index = holders.max(by: {
                    blueprint.localZones[$0].name.utf8.count < blueprint.localZones[$1].name.utf8.count
                })
            else {
                throw ResolverSetupError("No local zone holds \(owner): make one with setLocalData first.")
            }
            let zone = blueprint.localZones[index]
            let others = zone.records.filter { TrustAnchors.owner($0) != DomainName(owner)?.text }
            blueprint.localZones[index] = LocalZone(name: zone.name, records: others + records)
        }
    }
}
