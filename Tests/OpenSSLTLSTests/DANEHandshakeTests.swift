import COpenSSL
import Evidence
import FoundationEssentials
import MTASTS
import NIOCore
import Testing

@testable import OpenSSLTLS

/// The offline verdict against OpenSSL's own in a real handshake with the same records, now.
@Suite(.timeLimit(.minutes(5))) struct DANEHandshakeTests {
    private struct Case {
        let title: String
        let chain: [TestCertificate]
        let records: [TLSARecord]
        var names = ["mx1.example.org"]
        let matches: Bool
    }

    private static func cases() throws -> [Case] {
        let now = Date()
        let pki = try TestPKI(centre: now.addingTimeInterval(-86_400))
        let leaf = try pki.leaf()
        let full = [leaf, pki.intermediate]
        let stranger = try TestPKI(centre: now)
        func expired(_ subject: String, authority: Bool) -> TestCertificateMaker {
            TestCertificateMaker(
                subject: subject, names: [Array(subject.utf8)], isAuthority: authority,
                from: now.addingTimeInterval(-30 * 86_400), until: now.addingTimeInterval(-86_400))
        }
        let oldLeaf = try expired("mx1.example.org", authority: false).sign(pki.leafKey, by: pki.intermediate)
        let oldAnchor = try expired("Old", authority: true).sign(TestKey(), by: pki.root)
        let oldRoot = try expired("Old Root", authority: true).sign(TestKey())
        let server = try TestTLSA.record(3, 1, 1, leaf)
        let anchor = try TestTLSA.record(2, 1, 1, pki.intermediate)
        let stale = TLSARecord(usage: 3, selector: 1, matchingType: 2, data: Array(repeating: 7, count: 64))
        return [
            Case(title: "3 1 1", chain: full, records: [server], matches: true),
            Case(title: "3 0 2", chain: full, records: [try TestTLSA.record(3, 0, 2, leaf)], matches: true),
            Case(
                title: "other key", chain: full, records: [try TestTLSA.record(3, 1, 1, stranger.intermediate)],
                matches: false),
            Case(title: "3 1 1 expired", chain: [oldLeaf], records: [server], matches: true),
            Case(title: "3 1 1 other name", chain: full, records: [server], names: ["mx9.example"], matches: true),
            Case(title: "2 1 1", chain: full, records: [anchor], matches: true),
            Case(
                title: "2 0 1", chain: full, records: [try TestTLSA.record(2, 0, 1, pki.intermediate)], matches: true),
            Case(title: "2 1 1 other name", chain: full, records: [anchor], names: ["mx9.example"], matches: false),
            Case(
                title: "2 1 1 second name", chain: full, records: [anchor], names: ["example.org", "mx1.example.org"],
                matches: true),
            Case(title: "2 1 1 expired leaf", chain: [oldLeaf, pki.intermediate], records: [anchor], matches: false),
            Case(
                title: "2 0 0 not sent", chain: [leaf], records: [try TestTLSA.record(2, 0, 0, pki.intermediate)],
                matches: true),
            Case(
                title: "2 1 0 not sent", chain: [leaf], records: [try TestTLSA.record(2, 1, 0, pki.intermediate)],
                matches: true),
            Case(title: "2 1 1 not sent", chain: [leaf], records: [anchor], matches: false),
            Case(
                title: "root anchor not sent", chain: full, records: [try TestTLSA.record(2, 1, 1, pki.root)],
                matches: false),
            Case(
                title: "expired anchor, not self-signed",
                chain: [try pki.leafMaker().sign(pki.leafKey, by: oldAnchor), oldAnchor],
                records: [try TestTLSA.record(2, 1, 1, oldAnchor)], matches: true),
            Case(
                title: "expired anchor, self-signed",
                chain: [try pki.leafMaker().sign(pki.leafKey, by: oldRoot), oldRoot],
                records: [try TestTLSA.record(2, 1, 1, oldRoot)], matches: false),
            Case(title: "stale strong digest", chain: full, records: [server, stale], matches: false),
            Case(title: "stale digest of another usage", chain: full, records: [stale, anchor], matches: true),
        ]
    }

    @Test func offlineVerdictsAreThoseOfAHandshake() throws {
        for entry in try DANEHandshakeTests.cases() {
            let names = try entry.names.map { try #require(DomainName($0)) }
            let timeline = DANEVerifier(
                chain: CertificateChain(der: entry.chain.map(\.der)), records: entry.records, names: names
            ).timeline()
            let offline: Bool
            if case .match = timeline.match(at: Date()) { offline = true } else { offline = false }
            let leaf = try #require(entry.chain.first)
            let identity = TLSServerIdentity(
                names: [], chainPEM: TestCertificate.pem(entry.chain.map(\.der)), keyPEM: leaf.key.pem)
            let live = try handshake(with: identity, records: entry.records, names: entry.names)
            #expect(offline == entry.matches, "offline: \(entry.title)")
            #expect(live == entry.matches, "handshake: \(entry.title)")
        }
    }

    /// True when a client that has the records finds itself authenticated.
    private func handshake(
        with identity: TLSServerIdentity, records: [TLSARecord], names: [String]
    ) throws -> Bool {
        let server = try #require(TLSConnection(context: TLSContext.server(identities: [identity]), role: .server))
        _ = server.start()
        let client = try RawPeer(TLSContext.dane(), isClient: true)
        try check(SSL_dane_enable(client.ssl, names[0]) == 1)
        SSL_dane_set_flags(client.ssl, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
        for name in names.dropFirst() { try check(SSL_add1_host(client.ssl, name) == 1) }
        for record in records {
            try check(
                SSL_dane_tlsa_add(
                    client.ssl, UInt8(record.usage), UInt8(record.selector), UInt8(record.matchingType), record.data,
                    record.data.count) > 0)
        }
        var isDone = false
        for _ in 0..<8 where !isDone {
            isDone = SSL_do_handshake(client.ssl) == 1
            client.exchange(with: server)
            _ = server.handshake()
            client.exchange(with: server)
        }
        try #require(isDone)
        return SSL_get_verify_result(client.ssl) == Int(X509_V_OK) && SSL_get0_dane_authority(client.ssl, nil, nil) >= 0
    }
}
