import FoundationEssentials
import MTASTS

// What is kept of a poll for later judging by better rules. Raw bytes are kept as they came.

extension TXTRecord: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(bytes: try RawBytes(from: decoder).bytes)
    }

    public func encode(to encoder: any Encoder) throws { try RawBytes(bytes).encode(to: encoder) }
}

extension TLSARecord: Codable {
    private enum CodingKeys: CodingKey {
        case usage, selector, matchingType, data
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            usage: try container.decode(Int.self, forKey: .usage),
            selector: try container.decode(Int.self, forKey: .selector),
            matchingType: try container.decode(Int.self, forKey: .matchingType),
            data: try container.decode(RawBytes.self, forKey: .data).bytes)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(usage, forKey: .usage)
        try container.encode(selector, forKey: .selector)
        try container.encode(matchingType, forKey: .matchingType)
        try container.encode(RawBytes(data), forKey: .data)
    }
}

extension SMTPDialogue.Line: Codable {
    private enum CodingKeys: CodingKey {
        case speaker, bytes
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Speaker.self, forKey: .speaker),
            bytes: try container.decode(RawBytes.self, forKey: .bytes).bytes)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(speaker, forKey: .speaker)
        try container.encode(RawBytes(bytes), forKey: .bytes)
    }
}

extension PolicyFetch: Codable {
    private enum CodingKeys: CodingKey {
        case host, address, aliases, failure, status, contentType, body, serverDate, tls, milliseconds, edges
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            host: try container.decode(DomainName.self, forKey: .host),
            address: try container.decodeIfPresent(IPAddress.self, forKey: .address),
            aliases: try container.decode([DomainName].self, forKey: .aliases),
            failure: try container.decodeIfPresent(PolicyFetchFailure.self, forKey: .failure),
            status: try container.decodeIfPresent(Int.self, forKey: .status),
            contentType: try container.decodeIfPresent(String.self, forKey: .contentType),
            body: try container.decodeIfPresent(RawBytes.self, forKey: .body)?.bytes,
            serverDate: try container.decodeIfPresent(Date.self, forKey: .serverDate),
            tls: try container.decodeIfPresent(TLSSession.self, forKey: .tls),
            milliseconds: try container.decode(Int.self, forKey: .milliseconds),
            edges: try container.decodeIfPresent([PolicyFetch].self, forKey: .edges) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encodeIfPresent(address, forKey: .address)
        try container.encode(aliases, forKey: .aliases)
        try container.encodeIfPresent(failure, forKey: .failure)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(contentType, forKey: .contentType)
        try container.encodeIfPresent(body.map(RawBytes.init), forKey: .body)
        try container.encodeIfPresent(serverDate, forKey: .serverDate)
        try container.encodeIfPresent(tls, forKey: .tls)
        try container.encode(milliseconds, forKey: .milliseconds)
        if !edges.isEmpty { try container.encode(edges, forKey: .edges) }
    }
}

extension CertificateChain: Codable {
    private enum CodingKeys: CodingKey {
        case der
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(der: try container.decode([RawBytes].self, forKey: .der).map(\.bytes))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(der.map(RawBytes.init), forKey: .der)
    }
}
