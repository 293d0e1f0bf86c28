import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The key `record`.
struct RecordReport: Encodable, Sendable {
    /// Nil before the first look; then one of the statuses.
    let status: String
    let id: String?
    let raw: [String]
    let cname: [String]
    let ttl: Int?
    let dnssec: DNSSECStatus

    init(_ reading: RecordReading?, _ answer: DNSAnswer<[TXTRecord]>?) {
        status = reading?.status.rawValue ?? "failed"
        id = reading?.record?.id
        raw = reading?.raw ?? []
        cname = (answer?.aliases ?? []).map(\.text)
        ttl = answer?.ttl
        dnssec = answer?.dnssec ?? .unknown
    }

    private enum CodingKeys: CodingKey {
        case status, id, raw, cname, ttl, dnssec
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(id, forKey: .id)
        try container.encode(raw, forKey: .raw)
        try container.encode(cname, forKey: .cname)
        try container.encode(ttl, forKey: .ttl)
        try container.encode(dnssec, forKey: .dnssec)
    }
}

/// The key `policy`.
struct PolicyReport: Encodable, Sendable {
    let status: String
    let mode: STSPolicy.Mode?
    let maxAge: Int?
    let mx: [String]
    let body: String?
    let http: HTTP?
    let certificate: Certificate?
    /// What each address of the policy host answered; empty where there is one, or they were not compared.
    let addresses: [Edge]

    struct HTTP: Encodable, Sendable {
        let status: Int?
        let contentType: String?
        let bytes: Int
        let ms: Int

        init(_ fetch: PolicyFetch) {
            status = fetch.status
            contentType = fetch.contentType.map { VisibleText.printable($0) }
            bytes = fetch.body?.count ?? 0
            ms = fetch.milliseconds
        }

        private enum CodingKeys: CodingKey {
            case status, contentType, bytes, ms
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(status, forKey: .status)
            try container.encode(contentType, forKey: .contentType)
            try container.encode(bytes, forKey: .bytes)
            try container.encode(ms, forKey: .ms)
        }
    }

    /// One address of the policy host.
    struct Edge: Encodable, Sendable {
        let address: String
        /// `ok`, or the failure in words.
        let outcome: String
        let http: HTTP
        let certificate: Certificate?

        private enum CodingKeys: CodingKey {
            case address, outcome, http, certificate
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(address, forKey: .address)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(http, forKey: .http)
            try container.encode(certificate, forKey: .certificate)
        }
    }

    struct Certificate: Encodable, Sendable {
        let notAfter: Moment
        let trusted: Bool
        let nameMatches: Bool
        let issuer: String

        init?(_ fetch: PolicyFetch, now: Date) {
            guard let tls = fetch.tls, let leaf = tls.leaf else { return nil }
            notAfter = Moment(leaf.notAfter)
            trusted = tls.trust.trust(at: now) == .trusted
            nameMatches = leaf.covers(fetch.host)
            issuer = leaf.issuer
        }
    }

    init(_ reading: PolicyReading?, _ fetch: PolicyFetch?, now: Date) {
        status = reading?.status.rawValue ?? "none-fetched"
        mode = reading?.policy?.mode
        maxAge = reading?.policy?.maxAge
        mx = (reading?.policy?.mx ?? []).map(\.text)
        body = fetch?.body.map { VisibleText.lines($0) }
        http = fetch.map { HTTP($0) }
        certificate = fetch.flatMap { Certificate($0, now: now) }
        addresses = (fetch?.edges ?? []).map { edge in
            Edge(
                address: edge.address?.description ?? "",
                outcome: edge.failure.map { VisibleText.printable($0.words) } ?? "ok",
                http: HTTP(edge), certificate: Certificate(edge, now: now))
        }
    }

    private enum CodingKeys: CodingKey {
        case status, mode, maxAge, mx, body, http, certificate, addresses
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(mode, forKey: .mode)
        try container.encode(maxAge, forKey: .maxAge)
        try container.encode(mx, forKey: .mx)
        try container.encode(body, forKey: .body)
        try container.encode(http, forKey: .http)
        try container.encode(certificate, forKey: .certificate)
        try container.encode(addresses, forKey: .addresses)
    }
}

/// The key `tlsrpt`.
struct TLSRPTReport: Encodable, Sendable {
    let status: String
    let rua: [String]

    init(_ reading: TLSRPTReading?) {
        status = reading?.status.rawValue ?? "failed"
        rua = reading?.rua ?? []
    }
}

extension VisibleText {
    /// A text of several lines: line ends stay, all else that is not printable ASCII becomes a visible escape.
    static func lines(_ bytes: [UInt8]) -> String {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            if line.last == UInt8(ascii: "\r") { return escape(line.dropLast()) + "\r" }
            return escape(line)
        }.joined(separator: "\n")
    }
}
