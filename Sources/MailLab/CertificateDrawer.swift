import Evidence
import FoundationEssentials

/// Every certificate that a lab has issued: a host that goes back to an old key shows the old certificate.
struct CertificateDrawer {
    /// A kind of certificate with one of a host's keys.
    struct Edition: Hashable {
        var certificate: LabCertificate
        /// Counts the host's keys.
        var key = 0
    }

    private struct Place: Hashable {
        let host: String
        let edition: Edition
    }

    let authority: LabAuthority
    let start: Date
    private var issued: [Place: LabIdentity] = [:]

    init(_ authority: LabAuthority, start: Date) {
        self.authority = authority
        self.start = start
    }

    /// The certificate of a host, made when it is first asked for.
    mutating func identity(of host: String, _ edition: Edition) throws(LabError) -> LabIdentity {
        let place = Place(host: host, edition: edition)
        if let known = issued[place] { return known }
        let made = try edition.certificate.issue(for: host, by: authority, start: start)
        issued[place] = made
        return made
    }

    /// The certificates that a world's hosts show.
    mutating func identities(of world: LabWorld) throws(LabError) -> [String: LabIdentity] {
        var all: [String: LabIdentity] = [:]
        for (host, edition) in world.editions { all[host] = try identity(of: host, edition) }
        return all
    }

    /// The TLSA records that a world's MX hosts publish; they name the key that was published, not the one in use.
    mutating func tlsa(of world: LabWorld) throws(LabError) -> [String: [TLSARecord]] {
        var all: [String: [TLSARecord]] = [:]
        for host in world.hosts where !host.tlsa.isEmpty {
            let named = try identity(of: host.name, Edition(certificate: host.certificate, key: host.publishedKey))
            all[host.name] = host.tlsa.map { kind in
                switch kind {
                case .key: named.endEntityTLSA
                case .authority: named.trustAnchorTLSA ?? authority.trustAnchorTLSA
                case .unusable:
                    TLSARecord(usage: 1, selector: 1, matchingType: 1, data: named.endEntityTLSA.data)
                }
            }
        }
        return all
    }
}

extension LabWorld {
    /// The certificates in use, by MX host or policy host.
    var editions: [String: CertificateDrawer.Edition] {
        var all: [String: CertificateDrawer.Edition] = [:]
        for host in hosts { all[host.name] = .init(certificate: host.certificate, key: host.keyChanges) }
        for domain in domains where domain.policy != nil {
            all[domain.policyHost] = .init(certificate: domain.policyCertificate)
        }
        return all
    }
}
