public import Evidence
public import MTASTS

/// What is polled: one thing on the network that one or many domains rest on.
public enum FactKey: Hashable, Sendable, Codable {
    /// TXT at `_mta-sts.DOMAIN`.
    case record(DomainName)
    /// The policy of a domain over HTTPS.
    case policy(DomainName)
    case mx(DomainName)
    /// TXT at `_smtp._tls.DOMAIN`.
    case tlsrpt(DomainName)
    /// A and AAAA of an MX host.
    case addresses(DomainName)
    /// TLSA at `_25._tcp.HOST`.
    case tlsa(DomainName)
    /// What each name server of a domain's zone says.
    case nameServers(DomainName)
    case session(SessionKey)
    /// What the same address shows to other clients.
    case survey(SessionKey)

    /// True for what opens a connection to somebody's server.
    var isConnection: Bool {
        switch self {
        case .policy, .session, .survey: true
        case .record, .mx, .tlsrpt, .addresses, .tlsa, .nameServers: false
        }
    }

    /// True for what refines a verdict: on a slow rhythm of its own, and nobody who watches waits for it.
    var refines: Bool {
        switch self {
        case .nameServers, .survey: true
        case .record, .policy, .mx, .tlsrpt, .addresses, .tlsa, .session: false
        }
    }

    var isPolicy: Bool { if case .policy = self { true } else { false } }
}

/// What one look at a fact gave.
public enum FactValue: Hashable, Sendable, Codable {
    case txt(DNSAnswer<[TXTRecord]>)
    case mx(DNSAnswer<[MXHost]>)
    case addresses(HostAddresses)
    case tlsa(TLSALookup)
    case nameServers(NameServerViews)
    case policy(PolicyFetch)
    case session(SessionEvidence)
    case survey(TLSSurvey)
}
