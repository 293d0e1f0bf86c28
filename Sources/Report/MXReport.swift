import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The key `mx`.
struct MXReport: Encodable, Sendable {
    let status: String
    let dnssec: DNSSECStatus
    let hosts: [Host]

    struct Host: Encodable, Sendable {
        let host: String
        let preference: Int
        /// Null where no policy is in force.
        let inPolicy: Bool?
        let tlsa: [String]
        let addresses: [AddressReport]

        private enum CodingKeys: CodingKey {
            case host, preference, inPolicy, tlsa, addresses
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(host, forKey: .host)
            try container.encode(preference, forKey: .preference)
            try container.encode(inPolicy, forKey: .inPolicy)
            try container.encode(tlsa, forKey: .tlsa)
            try container.encode(addresses, forKey: .addresses)
        }
    }

    init(_ assessment: Assessment?, _ evidence: DomainEvidence?) {
        status = assessment?.mx?.status.rawValue ?? "failed"
        dnssec = evidence?.mx?.value.dnssec ?? .unknown
        let now = assessment?.at ?? .distantPast
        hosts = (assessment?.hosts ?? []).map { host in
            Host(
                host: host.host.text, preference: host.preference, inPolicy: host.inPolicy, tlsa: host.tlsa,
                addresses: host.addresses.map { AddressReport($0, host: host.host, now: now) })
        }
    }
}

/// One address of one MX host.
struct AddressReport: Encodable, Sendable {
    let address: String
    let outcome: String
    let starttls: String
    let tls: String?
    let cipher: String?
    let dane: DANEStanding
    let certificate: Certificate?
    /// The certificate of the other key family; null where there is none, as far as is known.
    let alternate: Certificate?
    let ms: Milliseconds

    struct Milliseconds: Encodable, Sendable {
        let connect: Int?
        let tls: Int?

        private enum CodingKeys: CodingKey {
            case connect, tls
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(connect, forKey: .connect)
            try container.encode(tls, forKey: .tls)
        }
    }

    struct Certificate: Encodable, Sendable {
        let notAfter: Moment
        let notBefore: Moment
        let names: [String]
        let issuer: String
        let key: String
        let trusted: Bool
        let nameMatches: Bool
        let sha256: String

        init?(_ session: TLSSession, host: DomainName, now: Date) {
            guard let leaf = session.leaf else { return nil }
            notAfter = Moment(leaf.notAfter)
            notBefore = Moment(leaf.notBefore)
            names = leaf.names
            issuer = leaf.issuer
            key = leaf.key
            trusted = session.trust.trust(at: now) == .trusted
            nameMatches = leaf.covers(host)
            sha256 = leaf.sha256
        }
    }

    init(_ judgement: AddressJudgement, host: DomainName, now: Date) {
        address = judgement.address.description
        outcome = judgement.session?.outcome.word ?? "error"
        starttls = judgement.session?.starttls.word ?? "unknown"
        let session = judgement.session?.tls
        tls = session?.version
        cipher = session?.cipher
        dane = judgement.dane
        certificate = session.flatMap { Certificate($0, host: host, now: now) }
        alternate = judgement.session?.alternate.flatMap { Certificate($0, host: host, now: now) }
        ms = Milliseconds(
            connect: judgement.session?.connectMilliseconds, tls: judgement.session?.tlsMilliseconds)
    }

    private enum CodingKeys: CodingKey {
        case address, outcome, starttls, tls, cipher, dane, certificate, alternate, ms
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(address, forKey: .address)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(starttls, forKey: .starttls)
        try container.encode(tls, forKey: .tls)
        try container.encode(cipher, forKey: .cipher)
        try container.encode(dane, forKey: .dane)
        try container.encode(certificate, forKey: .certificate)
        try container.encode(alternate, forKey: .alternate)
        try container.encode(ms, forKey: .ms)
    }
}

extension ConnectionOutcome {
    /// The word of the contract.
    var word: String {
        switch self {
        case .ok: "ok"
        case .refused: "refused"
        case .timeout: "timeout"
        case .closed: "closed"
        case .banner: "banner"
        case .tls: "tls"
        case .unreachable, .error, .notProbed: "error"
        }
    }
}

extension STARTTLSStatus {
    /// The word of the contract.
    var word: String {
        switch self {
        case .offered: "offered"
        case .missing: "missing"
        case .masked: "masked"
        case .refused: "refused"
        case .injected: "injected"
        case .unknown: "unknown"
        }
    }
}
