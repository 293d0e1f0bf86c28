import FoundationEssentials

extension HostMemory {
    /// True where both differ in nothing but the moments at which things were last seen, the greeting, which at
    /// large providers names another machine each time, and which of the known certificates is shown: such a memory
    /// may be written later.
    public func agrees(with other: HostMemory) -> Bool { timeless == other.timeless }

    private var timeless: HostMemory {
        var copy = self
        for address in copy.addresses.indices {
            copy.addresses[address].lastSeen = .distantPast
            if copy.addresses[address].starttlsOffered != nil { copy.addresses[address].starttlsOffered = .distantPast }
            (copy.addresses[address].banner, copy.addresses[address].bannerBefore) = (nil, nil)
            copy.addresses[address].certificates.sort { $0.fingerprint < $1.fingerprint }
            for index in copy.addresses[address].certificates.indices {
                copy.addresses[address].certificates[index].lastSeen = .distantPast
            }
        }
        for index in copy.tlsa.indices { copy.tlsa[index].lastSeen = .distantPast }
        return copy
    }
}
