import FoundationEssentials

extension HostMemory {
    /// True where both differ in nothing but the moments at which things were last seen: such a memory may be
    /// written later.
    public func agrees(with other: HostMemory) -> Bool { timeless == other.timeless }

    private var timeless: HostMemory {
        var copy = self
        for address in copy.addresses.indices {
            copy.addresses[address].lastSeen = .distantPast
            if copy.addresses[address].starttlsOffered != nil { copy.addresses[address].starttlsOffered = .distantPast }
            for index in copy.addresses[address].certificates.indices {
                copy.addresses[address].certificates[index].lastSeen = .distantPast
            }
        }
        for index in copy.tlsa.indices { copy.tlsa[index].lastSeen = .distantPast }
        return copy
    }
}
