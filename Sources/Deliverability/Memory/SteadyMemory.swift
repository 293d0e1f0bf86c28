public import FoundationEssentials

/// A memory of which most polls change nothing but when things were last seen: these moments can be kept apart from
/// the rest, so that an unchanged poll costs a store a few bytes.
public protocol SteadyMemory: Codable, Sendable {
    /// When each thing was last seen, in an order that depends on nothing else in the memory.
    var moments: [Date] { get set }
    /// True where both differ in nothing but moments.
    func agrees(with other: Self) -> Bool
}

extension DomainMemory: SteadyMemory {
    public var moments: [Date] {
        get {
            var all: [Date] = []
            all.reserveCapacity(momentCount)
            for version in versions { all += [version.lastSeen, version.idLastSeen] }
            for record in records { all.append(record.lastSeen) }
            for set in mxSets { all.append(set.lastSeen) }
            for version in sideVersions { all += [version.lastSeen, version.idLastSeen] }
            return all
        }
        set {
            // Those of another shape are not this memory's.
            guard newValue.count == momentCount else { return }
            var next = newValue[...]
            for index in versions.indices {
                versions[index].lastSeen = next.removeFirst()
                versions[index].idLastSeen = next.removeFirst()
            }
            for index in records.indices { records[index].lastSeen = next.removeFirst() }
            for index in mxSets.indices { mxSets[index].lastSeen = next.removeFirst() }
            for index in sideVersions.indices {
                sideVersions[index].lastSeen = next.removeFirst()
                sideVersions[index].idLastSeen = next.removeFirst()
            }
        }
    }

    private var momentCount: Int { 2 * (versions.count + sideVersions.count) + records.count + mxSets.count }
}

extension HostMemory: SteadyMemory {
    public var moments: [Date] {
        get {
            var all: [Date] = []
            for address in addresses {
                all += [address.lastSeen] + [address.starttlsOffered].compactMap { $0 }
                all += address.byFingerprint.map { address.certificates[$0].lastSeen }
            }
            return all + tlsa.map(\.lastSeen)
        }
        set {
            guard newValue.count == moments.count else { return }
            var next = newValue[...]
            for place in addresses.indices {
                addresses[place].lastSeen = next.removeFirst()
                if addresses[place].starttlsOffered != nil { addresses[place].starttlsOffered = next.removeFirst() }
                for index in addresses[place].byFingerprint {
                    addresses[place].certificates[index].lastSeen = next.removeFirst()
                }
                // The one in use is the one seen last.
                addresses[place].certificates.sort { $0.lastSeen < $1.lastSeen }
            }
            for index in tlsa.indices { tlsa[index].lastSeen = next.removeFirst() }
        }
    }
}

extension HostMemory.Address {
    /// Places in `certificates`, whose order is that of their use and so turns where machines take turns.
    fileprivate var byFingerprint: [Int] {
        certificates.indices.sorted { certificates[$0].fingerprint < certificates[$1].fingerprint }
    }
}
