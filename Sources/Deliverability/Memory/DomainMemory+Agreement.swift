import FoundationEssentials

extension DomainMemory {
    /// True where both differ in nothing but the moments at which things were last seen, and the addresses of MX
    /// hosts, which rotate: such a memory may be written later.
    public func agrees(with other: DomainMemory) -> Bool { timeless == other.timeless }

    private var timeless: DomainMemory {
        var copy = self
        for index in copy.versions.indices {
            copy.versions[index].lastSeen = .distantPast
            copy.versions[index].idLastSeen = .distantPast
        }
        for index in copy.sideVersions.indices {
            copy.sideVersions[index].lastSeen = .distantPast
            copy.sideVersions[index].idLastSeen = .distantPast
        }
        for index in copy.records.indices { copy.records[index].lastSeen = .distantPast }
        for index in copy.mxSets.indices {
            copy.mxSets[index].lastSeen = .distantPast
            for member in copy.mxSets[index].members.indices { copy.mxSets[index].members[member].addresses = [] }
        }
        return copy
    }
}
