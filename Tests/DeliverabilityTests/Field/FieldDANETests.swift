import Evidence
import MTASTS
import Testing

@testable import Deliverability

/// DANE for SMTP, rule by rule, from the lookups to the sender class (RFC 7672 2, RFC 7671).
///
/// What a record says of a chain is OpenSSL's word; the cases for that are where it is asked.
@Suite("The field: DANE") struct FieldDANETests {
    private static let key = FindingTests.spki
    private static let other = "the key is not the one published"

    /// Both MX hosts signed alike, under a signed MX set.
    private static func signed(
        _ name: String, _ records: [TLSARecord]?, _ match: DANEMatch? = nil,
        _ bend: @escaping @Sendable (inout Scene) -> Void = { _ in }, _ change: (inout FieldCase) -> Void
    ) -> FieldCase {
        FieldCase(name) { scene in
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
            for index in scene.hosts.indices { scene.hosts[index].sign(records, match: match) }
            bend(&scene)
        }.expecting(change)
    }

    private static func record(_ usage: Int, _ selector: Int, _ type: Int, _ count: Int = 32) -> TLSARecord {
        TLSARecord(usage: usage, selector: selector, matchingType: type, data: [UInt8](repeating: 7, count: count))
    }

    private static func unusable(_ name: String, _ records: TLSARecord...) -> FieldCase {
        signed(name, records, .unusable) {
            $0.dane = .delivers
            $0.raises = [.daneUnusable]
            $0.silent = [.daneMismatch]
        }
    }

    private static func lookup(
        _ name: String, _ failure: LookupFailure, _ delivery: Delivery, _ code: FindingCode?
    ) -> FieldCase {
        signed(name, nil) {
            for index in $0.hosts.indices { $0.hosts[index].tlsa = DNSAnswer(.failed(failure), dnssec: .unknown) }
        } _: {
            $0.dane = delivery
            $0.mtaSTS = .delivers
            $0.raises = code.map { [$0] } ?? []
            $0.silent = code == nil ? [.daneLookupFailed, .daneBogus, .daneMismatch] : []
        }
    }

    static let basis: [FieldCase] = [
        signed("secure addresses, secure denial: no DANE", nil) {
            $0.dane = Delivery.none
            $0.state = .ok
        },
        signed("a match authenticates", [key], .match(key)) {
            $0.dane = .delivers
            $0.state = .ok
        },
        signed("usable records of which none matches", [key], .mismatch(other)) {
            $0.dane = .refused
            $0.mtaSTS = .delivers
            $0.state = .bouncing
            $0.raises = [.daneMismatch]
        },
        FieldCase("TLSA in an unsigned zone is nobody's protection") {
            for index in $0.hosts.indices { $0.hosts[index].tlsa = Scene.found([key]) }
        }.expecting {
            $0.dane = Delivery.none
            $0.raises = [.daneInsecure]
        },
        signed("an insecure address makes secure TLSA count for nothing", [key], .mismatch(other)) {
            for index in $0.hosts.indices {
                let addresses = $0.hosts[index].addresses
                $0.hosts[index].addresses = HostAddresses(
                    ipv4: DNSAnswer(addresses.ipv4.outcome, dnssec: .insecure),
                    ipv6: DNSAnswer(addresses.ipv6.outcome, dnssec: .insecure))
            }
        } _: {
            $0.dane = Delivery.none
            $0.silent = [.daneMismatch]
        },
        signed("an insecure MX set with secure hosts is judged: some senders look", [key], .mismatch(other)) {
            $0.mx = $0.mx.map { DNSAnswer($0.outcome, dnssec: .insecure) }
        } _: {
            $0.dane = .refused
            $0.raises = [.daneMismatch]
        },
        signed("a bogus MX set defers", [key], .match(key)) {
            $0.mx = DNSAnswer(.failed(.bogus("expired")), dnssec: .bogus)
            $0.hosts = []
        } _: {
            $0.mx = .bogus
            $0.dane = .refused
            $0.raises = [.mxBogus]
        },
        lookup("TLSA SERVFAIL beside a secure address defers", .serverFailure, .refused, .daneLookupFailed),
        lookup("TLSA bogus beside a secure address defers", .bogus("no signature"), .refused, .daneBogus),
        lookup("TLSA timeout beside a secure address defers", .timeout, .refused, .daneLookupFailed),
        lookup("an answer that cannot be read, too", .malformed("noise"), .refused, .daneLookupFailed),
        lookup("our own resolver's failure is unknown", .resolver("no memory"), .unknown, nil),
        signed("an address family that is not answered for takes no part", [key], .mismatch(other)) {
            for index in $0.hosts.indices {
                $0.hosts[index].addresses = HostAddresses(
                    ipv4: $0.hosts[index].addresses.ipv4,
                    ipv6: DNSAnswer(.failed(.serverFailure), dnssec: .unknown))
            }
        } _: {
            $0.dane = .refused
            $0.raises = [.daneMismatch]
        },
        signed("a resolver that does not validate makes DANE unknown, never bogus", [key], .match(key)) {
            for index in $0.hosts.indices {
                let addresses = $0.hosts[index].addresses
                $0.hosts[index].addresses = HostAddresses(
                    ipv4: DNSAnswer(addresses.ipv4.outcome, dnssec: .unknown),
                    ipv6: DNSAnswer(addresses.ipv6.outcome, dnssec: .unknown))
                $0.hosts[index].tlsa = DNSAnswer(.found([key]), dnssec: .unknown)
            }
        } _: {
            $0.dane = .unknown
            $0.silent = [.daneBogus, .daneMismatch, .daneInsecure]
        },
    ]

    static let records: [FieldCase] = [
        unusable("usage 0", record(0, 0, 1)), unusable("usage 1", record(1, 1, 1)),
        unusable("usage 4", record(4, 1, 1)),
        unusable("selector 2", record(3, 2, 1)), unusable("matching type 3", record(3, 1, 3)),
        unusable("a SHA-256 digest of 20 bytes", record(3, 1, 1, 20)),
        unusable("PKIX usages only, several", record(0, 0, 1), record(1, 1, 2, 64)),
        signed("only unusable records ask for TLS all the same", [record(0, 0, 1)], .unusable) {
            $0 = $0.everySession {
                $0.starttls = .missing
                $0.hasTLS = false
            }
        } _: {
            $0.dane = .refused
            $0.raises = [.starttlsMissing]
        },
        signed("a usable record beside an unusable one decides", [record(0, 0, 1), key], .mismatch(other)) {
            $0.dane = .refused
            $0.raises = [.daneMismatch]
            $0.silent = [.daneUnusable]
        },
        signed("3 1 1 ignores an expired certificate, the policy does not", [key], .match(key)) {
            $0 = $0.everySession { $0.trust = Scene.trusted(days: -1) }
        } _: {
            $0.dane = .delivers
            $0.mtaSTS = .refused
        },
        signed("3 1 1 ignores the name, the policy does not", [key], .match(key)) {
            $0 = $0.everySession { $0.names = ["elsewhere.example"] }
        } _: {
            $0.dane = .delivers
            $0.mtaSTS = .refused
        },
        signed("no STARTTLS under TLSA", [key], nil) {
            $0.record = DNSAnswer(.noData, dnssec: .secure)
            $0 = $0.everySession {
                $0.starttls = .missing
                $0.hasTLS = false
            }
        } _: {
            $0.dane = .refused
            $0.opportunistic = .delivers
            $0.state = .bouncing
        },
        signed("TLSA on one MX of two", [key], .match(key)) {
            $0.hosts[1].sign(nil)
        } _: {
            $0.dane = .delivers
            $0.raises = [.danePartial]
        },
        signed("one host of two mismatches: mail flows through the other", [key], .match(key)) {
            $0.hosts[1].dane = .mismatch(other)
        } _: {
            $0.dane = .partial
            $0.raises = [.daneMismatch]
        },
    ]

    @Test("behind a secure CNAME the expanded name is asked first, then the original") func bases() {
        let (host, end) = (Scene.name("mx1.example.com"), Scene.name("in.provider.example"))
        func bases(_ dnssec: DNSSECStatus, _ aliases: [DomainName]) -> [DomainName] {
            let none = DNSAnswer<[IPAddress]>(.noData, dnssec: dnssec, aliases: aliases)
            let some = DNSAnswer<[IPAddress]>(
                .found([Scene.address("192.0.2.1")]), dnssec: dnssec, aliases: aliases)
            return HostAddresses(ipv4: some, ipv6: none).tlsaBases(of: host)
        }
        #expect(bases(.secure, [Scene.name("a.example.com"), end]) == [end, host])
        #expect(bases(.secure, []) == [host])
        for status in [DNSSECStatus.insecure, .unknown, .bogus] { #expect(bases(status, [end]) == [host]) }
    }

    /// A record that is right and does not count is not the one to publish.
    @Test func aStaleStrongerDigestIsTheOneToMend() throws {
        let stale = Self.record(3, 1, 2, 64)
        let scene = Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].sign([Self.key, stale], match: .mismatch("3 1 2 does not match"))
                scene.hosts[index].sessions[0].fingerprint = String(repeating: "07", count: 32)
            }
        }
        let finding = try #require(scene.finding(.daneMismatch))
        #expect(finding.fix.hasPrefix("Remove the 3 1 2, or renew it"), "\(finding.fix)")
        #expect(finding.evidence.contains("a 3 1 1 matches"), "\(finding.evidence)")
        let other = scene.with { for index in $0.hosts.indices { $0.hosts[index].sessions[0].fingerprint = "aa" } }
        #expect(other.finding(.daneMismatch)?.fix.hasPrefix("Publish a TLSA record") == true)
    }

    @Test(arguments: basis) func lookupsMeanSo(_ row: FieldCase) { row.verify() }
    @Test(arguments: records) func recordsMeanSo(_ row: FieldCase) { row.verify() }
}
