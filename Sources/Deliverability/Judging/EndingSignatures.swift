import Evidence
import FoundationEssentials
import MTASTS

/// The DNSSEC signatures of a domain that are overdue to be made anew.
///
/// Signers renew long before the end, each at another time: after three quarters of the life at the earliest, after
/// nine tenths at the latest, and those that sign for two days do so every day. So only the last tenth, three days at
/// most, says that a signer has stopped.
struct EndingSignatures {
    private static let mostWarning: TimeInterval = 3 * 86_400

    struct Entry: Hashable {
        /// Such as `MX example.com`.
        let what: String
        let validity: SignatureValidity
    }

    let entries: [Entry]

    init(_ evidence: DomainEvidence, now: Date) {
        var entries: [Entry] = []
        func add<Value>(_ what: String, _ answer: DNSAnswer<Value>?) {
            guard let validity = answer?.signatures, Self.isOverdue(validity, now) else { return }
            entries.append(Entry(what: what, validity: validity))
        }
        add("MX \(evidence.domain)", evidence.mx?.value)
        add("TXT _mta-sts.\(evidence.domain)", evidence.record?.value)
        for host in evidence.hosts {
            add("A \(host.host)", host.addresses?.value.ipv4)
            add("AAAA \(host.host)", host.addresses?.value.ipv6)
            if let tlsa = host.tlsa?.value { add("TLSA _25._tcp.\(tlsa.base)", tlsa.answer) }
        }
        self.entries = entries
    }

    static func isOverdue(_ validity: SignatureValidity, _ now: Date) -> Bool {
        let left = validity.until.timeIntervalSince(now)
        return left < min(mostWarning, validity.until.timeIntervalSince(validity.from) / 10)
    }
}

extension DomainEvidence {
    /// What a look at `moment` would see if no signature that is overdue now was renewed until then.
    func withoutRenewedSignatures(at moment: Date, now: Date) -> DomainEvidence {
        func ended<Value>(_ answer: DNSAnswer<Value>) -> DNSAnswer<Value>? {
            guard let validity = answer.signatures, EndingSignatures.isOverdue(validity, now),
                validity.until <= moment
            else { return nil }
            return DNSAnswer(.failed(.bogus("signature expired")), dnssec: .bogus)
        }
        var next = self
        if let mx, let bogus = ended(mx.value) {
            next.mx = mx.with(bogus)
            next.hosts = []
            return next
        }
        for (index, host) in hosts.enumerated() {
            if let seen = host.addresses {
                let (ipv4, ipv6) = (seen.value.ipv4, seen.value.ipv6)
                next.hosts[index].addresses = seen.with(
                    HostAddresses(ipv4: ended(ipv4) ?? ipv4, ipv6: ended(ipv6) ?? ipv6))
            }
            if let seen = host.tlsa, let bogus = ended(seen.value.answer) {
                next.hosts[index].tlsa = seen.with(TLSALookup(base: seen.value.base, answer: bogus))
            }
        }
        return next
    }
}
