import Evidence
import FoundationEssentials
import MTASTS
import NIOCore
import NIOEmbedded
import Testing

@testable import OpenSSLTLS

@Suite(.timeLimit(.minutes(5))) struct TLSHandlerTests {
    private let pki: TestPKI
    private let name: DomainName

    init() throws {
        pki = try TestPKI()
        name = try #require(DomainName("mx1.example.org"))
    }

    private func client(permissive: Bool = false, name: DomainName? = nil) throws -> TLSEnd {
        try TLSEnd(TLSContext.client(permissive: permissive), .client(serverName: name ?? self.name))
    }

    private func server(
        _ identities: [TLSServerIdentity]? = nil, minimum: TLSVersion = .v12, maximum: TLSVersion = .v13
    ) throws -> TLSEnd {
        try TLSEnd(
            TLSContext.server(
                identities: try identities ?? [pki.identity()], minimum: minimum, maximum: maximum), .server)
    }

    @Test(arguments: [TLSVersion.v12, .v13], [Int.max, 1, 7])
    func handshakeAndDataBothWays(_ version: TLSVersion, _ chunk: Int) throws {
        let client = try client()
        let server = try server(minimum: version, maximum: version)
        client.send("EHLO early\r\n")
        try pump(client, server, chunk: chunk)
        let handshake = try #require(client.recorder.handshakes.first)
        #expect(client.recorder.handshakes.count == 1)
        #expect(handshake.version == version.rawValue)
        #expect(handshake.cipher.hasPrefix(version == .v13 ? "TLS_" : "ECDHE-"))
        #expect(handshake.chain.der == [try #require(handshake.chain.der.first), pki.intermediate.der])
        #expect(CertificateReader.facts(of: handshake.chain).first?.names == ["mx1.example.org"])
        #expect(handshake.serverName == nil)
        #expect(server.recorder.handshakes.first?.serverName == "mx1.example.org")
        #expect(server.recorder.handshakes.first?.chain.der == [])
        #expect(server.recorder.text == "EHLO early\r\n")
        let large = String(repeating: "250-x\r\n", count: 10_000)
        server.send(large)
        try pump(client, server, chunk: chunk == .max ? chunk : 4_000)
        #expect(client.recorder.text == large)
        #expect(client.recorder.order.first == "handshake")
        #expect(client.recorder.errors.isEmpty && server.recorder.errors.isEmpty)
    }

    @Test func addedToARunningChannelItStartsAtOnce() throws {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 25), promise: nil)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        try channel.pipeline.syncOperations.addHandler(
            TLSHandler(context: TLSContext.client(), role: .client(serverName: name)), position: .first)
        let hello = try #require(try channel.readOutbound(as: ByteBuffer.self))
        #expect(Array(hello.readableBytesView.prefix(2)) == [22, 3])
    }

    @Test func sniPicksTheIdentity() throws {
        let identities = [
            try pki.identity(), try pki.identity("mx2.example.org"), try pki.identity("*.wild.example"),
        ]
        for (asked, shown) in [
            ("mx2.example.org", "mx2.example.org"), ("mx1.example.org", "mx1.example.org"),
            ("a.wild.example", "*.wild.example"), ("a.b.wild.example", "mx1.example.org"),
            ("unknown.example", "mx1.example.org"),
        ] {
            let client = try client(name: DomainName(asked))
            let server = try server(identities)
            try pump(client, server)
            let chain = try #require(client.recorder.handshakes.first?.chain)
            #expect(CertificateReader.facts(of: chain).first?.names == [shown], "\(asked)")
            #expect(server.recorder.handshakes.first?.serverName == asked)
        }
    }

    @Test func withoutANameNoneIsSent() throws {
        let client = try TLSEnd(TLSContext.client(), .client(serverName: nil))
        let server = try server([pki.identity(), pki.identity("mx2.example.org")])
        try pump(client, server)
        #expect(client.recorder.handshakes.count == 1)
        #expect(server.recorder.handshakes.map(\.serverName) == [nil])
    }

    @Test(arguments: [TLSVersion.v10, .v11])
    func oldServersAreToldFromDeadOnes(_ version: TLSVersion) throws {
        let strict = try client()
        try pump(strict, server(minimum: version, maximum: version))
        guard case .legacyPeer = try #require(strict.recorder.errors.first) else {
            Issue.record("\(strict.recorder.errors)")
            return
        }
        #expect(strict.recorder.isInactive)
        let permissive = try client(permissive: true)
        try pump(permissive, server(minimum: version, maximum: version))
        #expect(permissive.recorder.handshakes.first?.version == version.rawValue)
    }

    @Test func weakCertificatesPassTheHandshake() throws {
        let key = try TestKey(.rsa(1024))
        var maker = pki.leafMaker()
        maker.digest = .sha1
        let leaf = try maker.sign(key)
        for version in [TLSVersion.v12, .v13] {
            let client = try client()
            let identity = TLSServerIdentity(names: [], chainPEM: leaf.pem, keyPEM: key.pem)
            try pump(client, server([identity], minimum: version, maximum: version))
            #expect(client.recorder.handshakes.first?.chain.der == [leaf.der])
        }
    }

    @Test func tooManyCertificatesAreALimit() throws {
        let stray = Array(repeating: pki.intermediate.der, count: 20)
        let identity = TLSServerIdentity(
            names: [], chainPEM: TestCertificate.pem([try pki.leaf().der] + stray), keyPEM: pki.leafKey.pem)
        let client = try client()
        try pump(client, server([identity]))
        #expect(client.recorder.errors == [.limit("21 certificates, more than 20")])
        #expect(client.recorder.handshakes.isEmpty)
    }

    @Test(arguments: [TLSVersion.v12, .v13])
    func largeCertificatesAreALimit(_ version: TLSVersion) throws {
        var maker = pki.leafMaker()
        maker.names = (0..<2_000).map { Array("host-number-\($0).example.org".utf8) }
        let large = try maker.sign(pki.leafKey, by: pki.intermediate)
        #expect(large.der.count > TLSLimits.certificateBytes)
        for copies in [1, 6] {
            let chain = Array(repeating: large.der, count: copies)
            let identity = TLSServerIdentity(
                names: [], chainPEM: TestCertificate.pem(chain), keyPEM: pki.leafKey.pem)
            let client = try client()
            try pump(client, server([identity], minimum: version, maximum: version))
            guard case .limit = try #require(client.recorder.errors.first) else {
                Issue.record("\(copies) copies: \(client.recorder.errors)")
                return
            }
            #expect(client.recorder.isInactive)
        }
    }

    @Test func dataInTheSegmentThatEndsTheHandshakeArrivesAfterIt() throws {
        let client = try client()
        let server = try server(minimum: .v12, maximum: .v12)
        // In TLS 1.2 the server speaks last: hold its last flight back until there is data behind it.
        try server.give(client.takeOutput())
        try client.give(server.takeOutput())
        try server.give(client.takeOutput())
        #expect(server.recorder.handshakes.count == 1 && client.recorder.handshakes.isEmpty)
        server.send("220 hello\r\n")
        try client.give(server.takeOutput())
        #expect(client.recorder.order == ["handshake", "data"])
        #expect(client.recorder.text == "220 hello\r\n")
    }

    @Test func renewedKeysAreFollowed() throws {
        let client = try client()
        let server = try server()
        try pump(client, server)
        for round in 0..<3 {
            server.send("reply \(round);")
            client.send("command \(round);")
            try pump(client, server)
        }
        #expect(client.recorder.text == "reply 0;reply 1;reply 2;")
        #expect(server.recorder.text == "command 0;command 1;command 2;")
    }
}
