public import FoundationEssentials

extension LabAuthority {
    /// A certificate that signed itself, with `LabHostileText` as subject, issuer and dNSName; `host` is one more.
    /// - Parameters:
    ///   - host: left out where nil, so that no name fits.
    ///   - now: it is valid from a day before to 89 days after.
    public func issueHostile(for host: String?, now: Date = Date()) throws(LabError) -> LabIdentity {
        var names = [LabHostileText.bytes, Array("a.example".utf8) + [0] + Array(".evil.example".utf8)]
        if let host { names.append(Array(host.utf8)) }
        return try issueRaw(names, subject: LabHostileText.bytes, signed: false, now: now)
    }

    /// A certificate in order but for the number of its names: at 27 bytes each, a thousand take 29 KiB.
    public func issueManyNames(for host: String, count: Int, now: Date = Date()) throws(LabError) -> LabIdentity {
        let names = (0..<count).map { Array("host-\(100_000 + $0).many.example".utf8) }
        return try issueRaw([Array(host.utf8)] + names, subject: Array(host.utf8), signed: true, now: now)
    }

    /// The same identity, the intermediate sent `count` times more than needed.
    public func overlong(_ identity: LabIdentity, by count: Int) -> LabIdentity {
        LabIdentity(
            chain: identity.chain + repeatElement(intermediateDER, count: count), keyPEM: identity.keyPEM,
            endEntityTLSA: identity.endEntityTLSA, trustAnchorTLSA: identity.trustAnchorTLSA)
    }
}
