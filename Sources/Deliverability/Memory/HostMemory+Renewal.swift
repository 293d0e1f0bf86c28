import FoundationEssentials

extension HostMemory.Address {
    /// How much of its life a certificate had left each time it was replaced by its like, in seconds.
    ///
    /// Empty unless the certificate in use was renewed in a rhythm: at least twice, by the same issuer, for about the
    /// same time. A certificate that is replaced while it is young is no renewal, and one that is seen again after
    /// its successor belongs to another machine behind the same address.
    private var leftAtRenewal: [TimeInterval] {
        guard let current = certificates.last else { return [] }
        let life = current.notAfter.timeIntervalSince(current.notBefore)
        let alike = certificates.filter {
            $0.issuer == current.issuer && abs($0.notAfter.timeIntervalSince($0.notBefore) - life) <= life / 4
        }.sorted { $0.notBefore < $1.notBefore }
        let pairs = Array(zip(alike, alike.dropFirst()))
        guard pairs.allSatisfy({ $0.lastSeen <= $1.firstSeen }) else { return [] }
        let lefts = pairs.map { $0.notAfter.timeIntervalSince($1.firstSeen) }.filter { $0 <= life * 2 / 3 }
        return lefts.count >= 2 && lefts.allSatisfy { $0 > 0 } ? lefts : []
    }

    /// When the certificate in use would be renewed by the rhythm seen; nil where none was seen.
    var renewalExpected: Date? {
        guard let current = certificates.last, let left = leftAtRenewal.min() else { return nil }
        return current.notAfter.addingTimeInterval(-left)
    }

    /// When a renewal was due that has not come, with some days of grace; nil while none is late.
    func renewalMissed(at now: Date) -> Date? {
        guard let current = certificates.last, let due = renewalExpected, now < current.notAfter else { return nil }
        let grace = max(2 * 86_400, current.notAfter.timeIntervalSince(due) / 10)
        let life = current.notAfter.timeIntervalSince(current.notBefore)
        return now > due.addingTimeInterval(min(grace, life / 20)) ? due : nil
    }
}
