import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Polling

/// One fact as it was last believed; its certificates are kept apart, each once.
struct StoredFact: Sendable {
    let key: FactKey
    let since: Date
    let at: Date
    let value: FactValue

    init<Value>(_ key: FactKey, _ seen: Observed<Value>, _ value: FactValue) {
        self.key = key
        since = seen.since
        at = seen.at
        self.value = value
    }

    /// The certificates of the value, DER, leaf first; empty where it has none.
    var certificates: [[UInt8]] {
        switch value {
        case .policy(let fetch): fetch.tls?.chain.der ?? []
        case .session(let session): session.tls?.chain.der ?? []
        case .txt, .mx, .addresses, .tlsa, .nameServers, .survey: []
        }
    }
}

extension FactValue {
    /// The same value with another chain where it has one.
    func with(certificates: [[UInt8]]) -> FactValue {
        switch self {
        case .policy(let fetch):
            guard let tls = fetch.tls else { return self }
            return .policy(
                PolicyFetch(
                    host: fetch.host, address: fetch.address, aliases: fetch.aliases, failure: fetch.failure,
                    status: fetch.status, contentType: fetch.contentType, body: fetch.body,
                    serverDate: fetch.serverDate, tls: tls.with(certificates), milliseconds: fetch.milliseconds,
                    edges: fetch.edges))
        case .session(let session):
            guard let tls = session.tls else { return self }
            return .session(
                SessionEvidence(
                    key: session.key, outcome: session.outcome, starttls: session.starttls,
                    tls: tls.with(certificates), dialogue: session.dialogue,
                    connectMilliseconds: session.connectMilliseconds, tlsMilliseconds: session.tlsMilliseconds,
                    survey: session.survey))
        case .txt, .mx, .addresses, .tlsa, .nameServers, .survey: return self
        }
    }
}

extension TLSSession {
    /// Tells certificates apart within this run of the program.
    fileprivate var leafHash: Int? { leaf?.sha256.hashValue }

    fileprivate func with(_ certificates: [[UInt8]]) -> TLSSession {
        TLSSession(
            version: version, cipher: cipher, chain: CertificateChain(der: certificates),
            certificates: self.certificates, trust: trust, isNameUnknown: isNameUnknown)
    }
}

extension FactKey {
    /// The name under which a fact is stored.
    var text: String {
        switch self {
        case .record(let domain): "record \(domain)"
        case .policy(let domain): "policy \(domain)"
        case .mx(let domain): "mx \(domain)"
        case .tlsrpt(let domain): "tlsrpt \(domain)"
        case .addresses(let host): "addresses \(host)"
        case .tlsa(let host): "tlsa \(host)"
        case .nameServers(let domain): "name-servers \(domain)"
        case .session(let key): "session \(key.serverName) \(key.address) \(key.port)"
        case .survey(let key): "survey \(key.serverName) \(key.address) \(key.port)"
        }
    }

    /// What a chain was seen at: the policy host, or an MX host's address.
    var chainSubject: String {
        switch self {
        case .policy(let domain): "mta-sts.\(domain)"
        case .session(let key), .survey(let key): "\(key.serverName) [\(key.address)]"
        case .record, .mx, .tlsrpt, .addresses, .tlsa, .nameServers: text
        }
    }
}

extension DomainEvidence {
    /// Calls for each fact that is believed; made only of what is asked for, since most are not.
    /// - Parameter body: takes the hash of the leaf that the fact shows, too; nil where it shows none.
    func forEachFact(_ body: (FactKey, _ since: Date, _ leaf: Int?, _ fact: () -> StoredFact) -> Void) {
        if let seen = record {
            body(.record(domain), seen.since, nil) { StoredFact(.record(domain), seen, .txt(seen.value)) }
        }
        if let seen = policy {
            body(.policy(domain), seen.since, seen.value.tls?.leafHash) {
                StoredFact(.policy(domain), seen, .policy(seen.value))
            }
        }
        if let seen = mx { body(.mx(domain), seen.since, nil) { StoredFact(.mx(domain), seen, .mx(seen.value)) } }
        if let seen = tlsrpt {
            body(.tlsrpt(domain), seen.since, nil) { StoredFact(.tlsrpt(domain), seen, .txt(seen.value)) }
        }
        for evidence in hosts {
            let host = evidence.host
            if let seen = evidence.addresses {
                body(.addresses(host), seen.since, nil) { StoredFact(.addresses(host), seen, .addresses(seen.value)) }
            }
            if let seen = evidence.tlsa {
                body(.tlsa(host), seen.since, nil) { StoredFact(.tlsa(host), seen, .tlsa(seen.value)) }
            }
            for seen in evidence.sessions + evidence.baseSessions {
                let key = FactKey.session(seen.value.key)
                body(key, seen.since, seen.value.tls?.leafHash) { StoredFact(key, seen, .session(seen.value)) }
            }
        }
    }
}
