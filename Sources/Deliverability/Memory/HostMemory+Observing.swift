public import Evidence
public import FoundationEssentials
import MTASTS

extension HostMemory {
    private static let mostAddresses = 20
    private static let mostCertificates = 12
    private static let mostSets = 12
    private static let mostRecords = 20

    /// The memory after this evidence was believed.
    /// - Parameter now: what was seen later was seen by a clock that was ahead.
    public func observing(_ evidence: HostEvidence, now: Date = .distantFuture) -> HostMemory {
        var next = self
        for session in evidence.sessions { next.observe(session, now) }
        next.observeTLSA(evidence, now)
        return next
    }

    /// The address that was seen before; nil for a new one.
    func seen(_ address: IPAddress) -> Address? { addresses.first { $0.address == address } }

    private mutating func observe(_ session: Observed<SessionEvidence>, _ now: Date) {
        let key = session.value.key.address
        var entry = seen(key) ?? Address(address: key, lastSeen: session.at)
        if entry.lastSeen > now, session.value.vouches(for: now) { entry.clamp(to: session.at) }
        guard session.at >= entry.lastSeen else { return }
        entry.lastSeen = session.at
        if session.value.starttls == .offered { entry.starttlsOffered = session.at }
        if let name = session.value.dialogue.greeting, name != entry.banner?.name {
            entry.bannerBefore = entry.banner
            entry.banner = Banner(name: name, since: session.at)
        }
        if let leaf = session.value.tls?.leaf { entry.show(leaf, at: session.at, most: Self.mostCertificates) }
        addresses.removeAll { $0.address == key }
        addresses.append(entry)
        if addresses.count > Self.mostAddresses, let oldest = addresses.min(by: { $0.lastSeen < $1.lastSeen }) {
            addresses.removeAll { $0.address == oldest.address }
        }
        addresses.sort { $0.address < $1.address }
    }

    private mutating func observeTLSA(_ evidence: HostEvidence, _ now: Date) {
        guard let found = evidence.addresses?.value, let lookup = evidence.tlsa, lookup.value.answer.failure == nil,
            ![found.dnssec, lookup.value.answer.dnssec].contains(where: { $0 == .unknown || $0 == .bogus })
        else { return }
        let answer = lookup.value.answer
        let records = (answer.value ?? []).prefix(Self.mostRecords).map(\.description).sorted()
        let isSecure = found.dnssec == .secure && answer.dnssec == .secure
        let ttl = RecordTTL.bounded(answer.ttl)
        let isAhead = tlsa.last.map { $0.lastSeen > now } ?? false
        if isAhead, evidence.sessions.contains(where: { $0.value.vouches(for: now) }) {
            for index in tlsa.indices { tlsa[index].clamp(to: lookup.at) }
        }
        if let last = tlsa.indices.last, tlsa[last].records == records, tlsa[last].isSecure == isSecure {
            tlsa[last].lastSeen = max(tlsa[last].lastSeen, lookup.at)
            tlsa[last].ttl = max(tlsa[last].ttl, ttl)
            return
        }
        tlsa.append(
            TLSASet(records: records, isSecure: isSecure, ttl: ttl, firstSeen: lookup.at, lastSeen: lookup.at))
        if tlsa.count > Self.mostSets { tlsa.removeFirst() }
    }
}

extension HostMemory.Address {
    /// Puts the certificate in use; one that was seen before keeps its first moment.
    fileprivate mutating func show(_ leaf: CertificateFacts, at moment: Date, most: Int) {
        let known = certificates.first { $0.fingerprint == leaf.sha256 }
        certificates.removeAll { $0.fingerprint == leaf.sha256 }
        certificates.append(
            HostMemory.Certificate(
                fingerprint: leaf.sha256, keyHash: leaf.publicKeySHA256, issuer: leaf.issuerShort,
                notBefore: leaf.notBefore, notAfter: leaf.notAfter, firstSeen: known?.firstSeen ?? moment,
                lastSeen: moment))
        if certificates.count > most { certificates.removeFirst() }
    }
}

extension SMTPDialogue {
    /// The name that the server gives itself in its greeting (RFC 5321 4.2); nil where it gives none.
    var greeting: String? {
        guard let line = lines.first(where: { $0.speaker == .server })?.bytes, line.starts(with: "220".utf8) else {
            return nil
        }
        let name = line.dropFirst(4).prefix { $0 != UInt8(ascii: " ") }.prefix(255)
        return name.isEmpty ? nil : VisibleText.escape(name)
    }
}
