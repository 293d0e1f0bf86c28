import MTASTS
import NIOCore
import NIOEmbedded
import Testing

@testable import OpenSSLTLS

/// Peers that are broken, old or hostile, and connections that end.
@Suite(.timeLimit(.minutes(5))) struct TLSHandlerFailureTests {
    private func client() throws -> TLSEnd {
        try TLSEnd(TLSContext.client(), .client(serverName: DomainName("mx1.example.org")))
    }

    private func pair(_ version: TLSVersion = .v13) throws -> (client: TLSEnd, server: TLSEnd) {
        let context = try TLSContext.server(
            identities: [TestPKI().identity()], minimum: version, maximum: version)
        let pair = (try client(), try TLSEnd(context, .server))
        try pump(pair.0, pair.1)
        try #require(pair.0.recorder.handshakes.count == 1 && pair.1.recorder.handshakes.count == 1)
        return pair
    }

    @Test(arguments: [
        ("250 2.0.0 OK\r\n", #"not TLS: 250 2.0.0 OK\x0d\x0a"#),
        ("HTTP/1.1 400 Bad Request\r\n", "not TLS: HTTP/1.1 400 Bad"),
        ("\u{1}\u{1B}[2J\"\\", #"not TLS: \x01\x1b[2J"\"#),
    ])
    func plainTextIsShownAsSuch(_ text: String, _ reason: String) throws {
        let client = try client()
        try client.give(ByteBuffer(string: text + String(repeating: " ", count: 5)))
        guard case .handshake(let seen) = try #require(client.recorder.errors.first) else {
            Issue.record("\(client.recorder.errors)")
            return
        }
        #expect(seen.hasPrefix(reason))
        #expect(client.recorder.order == ["error", "inactive"])
    }

    @Test(
        arguments: [
            // Alert protocol_version; ServerHello of TLS 1.0; the same of SSL 3.0.
            [21, 3, 1, 0, 2, 2, 70],
            [22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1] + [UInt8](repeating: 7, count: 32) + [0, 0, 47, 0],
            [22, 3, 0, 0, 42, 2, 0, 0, 38, 3, 0] + [UInt8](repeating: 7, count: 32) + [0, 0, 47, 0],
        ] as [[UInt8]])
    func oldPeersAreLegacy(_ bytes: [UInt8]) throws {
        let client = try client()
        try client.give(bytes)
        guard case .legacyPeer = try #require(client.recorder.errors.first) else {
            Issue.record("\(client.recorder.errors)")
            return
        }
    }

    @Test(
        arguments: [
            // Alerts handshake_failure and internal_error in a TLS 1.0 record; a record that is too long; a broken hello.
            [21, 3, 1, 0, 2, 2, 40],
            [21, 3, 3, 0, 2, 2, 80],
            [22, 3, 3, 0xFF, 0xFF, 0, 0, 0, 0],
            [22, 3, 3, 0, 4, 2, 0, 0, 0],
            [23, 3, 3, 0, 1, 0],
        ] as [[UInt8]])
    func otherFailuresAreNotLegacy(_ bytes: [UInt8]) throws {
        let client = try client()
        try client.give(bytes)
        guard case .handshake(let reason) = try #require(client.recorder.errors.first) else {
            Issue.record("\(client.recorder.errors)")
            return
        }
        #expect(!reason.isEmpty && !reason.hasPrefix("not TLS"))
        #expect(client.recorder.order == ["error", "inactive"])
    }

    @Test func errorsComeOnceAndLaterBytesAreDropped() throws {
        let client = try client()
        try client.give(ByteBuffer(string: "500 no\r\n"))
        try client.give(ByteBuffer(string: "500 no\r\n"))
        #expect(client.recorder.errors.count == 1)
        #expect(client.recorder.text.isEmpty)
    }

    @Test func garbageInPlaceOfARecordEndsTheConnection() throws {
        let (client, _) = try pair()
        try client.give(ByteBuffer(string: "QUIT in the clear\r\n"))
        guard case .read = try #require(client.recorder.errors.first) else {
            Issue.record("\(client.recorder.errors)")
            return
        }
        #expect(client.recorder.text.isEmpty)
        #expect(client.recorder.isInactive)
    }

    @Test(arguments: [TLSVersion.v12, .v13])
    func closeTellsThePeer(_ version: TLSVersion) throws {
        let (client, server) = try pair(version)
        server.send("221 bye\r\n")
        server.close()
        #expect(server.recorder.isInactive)
        try pump(client, server)
        #expect(client.recorder.text == "221 bye\r\n")
        #expect(client.recorder.errors.isEmpty)
        #expect(client.recorder.isInactive)
        #expect(client.recorder.order == ["handshake", "data", "inactive"])
    }

    @Test func anEndWithoutCloseNotifyIsClosedEarly() throws {
        let (client, _) = try pair()
        client.channel.pipeline.fireChannelInactive()
        #expect(client.recorder.order == ["handshake", "error", "inactive"])
        #expect(client.recorder.errors == [.closedEarly])
    }

    @Test func anEndDuringTheHandshakeIsClosedEarly() throws {
        let client = try client()
        client.channel.pipeline.fireChannelInactive()
        #expect(client.recorder.errors == [.closedEarly])
    }

    @Test func ourOwnCloseIsNoError() throws {
        let (client, _) = try pair()
        client.close()
        #expect(client.recorder.errors.isEmpty)
        #expect(client.recorder.isInactive)
        let early = try self.client()
        early.close()
        #expect(early.recorder.errors.isEmpty)
    }

    @Test func writesThatCannotGoOutFail() throws {
        let client = try client()
        let waiting = client.channel.eventLoop.makePromise(of: Void.self)
        client.channel.writeAndFlush(ByteBuffer(string: "EHLO\r\n"), promise: waiting)
        try client.give(ByteBuffer(string: "554 no\r\n"))
        #expect(throws: TLSError.self) { try waiting.futureResult.wait() }
    }
}
