import Evidence
import FoundationEssentials
import MTASTS
import Testing

/// What is stored of a poll comes back as it was, byte for byte.
@Suite struct EvidenceCodingTests {
    private func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

    private func roundTrip<Value: Codable & Equatable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    private var session: TLSSession {
        TLSSession(
            version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: [[0, 255, 48], []]), certificates: [],
            trust: TrustTimeline([.init(from: .distantPast, trust: .incomplete(missingIssuer: "CN=ca"))]))
    }

    @Test func fetches() throws {
        let fetch = PolicyFetch(
            host: try name("mta-sts.example.com"), address: IPAddress("192.0.2.1"), aliases: [try name("a.example")],
            failure: .redirect(status: 301, location: "x"), status: 301, contentType: "text/plain",
            body: [0xff, 0, 0x0d, 0x0a], serverDate: Date(timeIntervalSince1970: 1), tls: session, milliseconds: 12)
        #expect(try roundTrip(fetch) == fetch)
        let nothing = PolicyFetch(host: try name("mta-sts.example.com"))
        #expect(try roundTrip(nothing) == nothing)
        // Bytes are base64, not one number each.
        #expect(String(decoding: try JSONEncoder().encode(fetch), as: UTF8.self).contains(#""body":"\/wANCg==""#))
    }

    @Test func sessions() throws {
        let address = try #require(IPAddress("2001:db8::1"))
        let seen = SessionEvidence(
            key: SessionKey(address: address, port: 25, serverName: try name("mx.example.com")),
            outcome: .banner(code: 554, text: "no"), starttls: .refused(code: 454, text: "later"), tls: session,
            dialogue: SMTPDialogue(lines: [.init(.server, bytes: [0x32, 0xfe]), .init(.client, bytes: [])]),
            connectMilliseconds: 5)
        #expect(try roundTrip(seen) == seen)
    }

    @Test func answers() throws {
        let mx = DNSAnswer(
            .found([MXHost(preference: 10, host: try name("mx.example.com")), MXHost(preference: 0, host: nil)]),
            dnssec: .secure, aliases: [try name("b.example")], ttl: 300, milliseconds: 7)
        #expect(try roundTrip(mx) == mx)
        let failed = DNSAnswer<[TXTRecord]>(.failed(.bogus("no signature")), dnssec: .bogus)
        #expect(try roundTrip(failed) == failed)
        let found = DNSAnswer(.found([TXTRecord(bytes: [0x80, 0])]), dnssec: .insecure)
        #expect(try roundTrip(found) == found)
        let lookup = TLSALookup(
            base: try name("mx.example.com"),
            answer: DNSAnswer(
                .found([TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [9, 0xfe])]), dnssec: .secure))
        #expect(try roundTrip(lookup) == lookup)
        let addresses = HostAddresses(
            ipv4: DNSAnswer(.noData, dnssec: .insecure), ipv6: DNSAnswer(.noName, dnssec: .insecure))
        #expect(try roundTrip(addresses) == addresses)
    }
}
