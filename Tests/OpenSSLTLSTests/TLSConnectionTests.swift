import COpenSSL
import MTASTS
import NIOCore
import Testing

@testable import OpenSSLTLS

/// What only a peer that drives OpenSSL itself can do to a connection.
struct TLSConnectionTests {
    private func connected(
        _ version: TLSVersion, prepare: (OpaquePointer) -> Void = { _ in }
    ) throws -> (TLSConnection, RawPeer) {
        let context = try TLSContext.server(
            identities: [TestPKI().identity()], minimum: version, maximum: version)
        let peer = try RawPeer(context, isClient: false)
        prepare(peer.ssl)
        let client = try #require(
            TLSConnection(context: TLSContext.client(), role: .client(serverName: DomainName("mx1.example.org"))))
        _ = client.start()
        for _ in 0..<4 {
            peer.exchange(with: client)
            SSL_do_handshake(peer.ssl)
            peer.exchange(with: client)
            _ = client.handshake()
        }
        guard case .active = client.state else { throw TestFailure(text: "no handshake: \(client.state)") }
        return (client, peer)
    }

    @Test func keyUpdatesAreAnswered() throws {
        let (client, peer) = try connected(.v13)
        for round in 0..<5 {
            try check(SSL_key_update(peer.ssl, SSL_KEY_UPDATE_REQUESTED) == 1)
            try check(peer.write("reply \(round)"))
            peer.exchange(with: client)
            var buffer = ByteBuffer()
            guard case .data = client.read(into: &buffer) else { throw TestFailure(text: "no data") }
            #expect(String(buffer: buffer) == "reply \(round)")
            try client.write(ByteBuffer(string: "command \(round)"))
            peer.exchange(with: client)
            #expect(peer.read() == "command \(round)")
        }
    }

    @Test func recordsWithoutDataHaveALimit() throws {
        let (client, peer) = try connected(.v13)
        var buffer = ByteBuffer()
        for _ in 0..<20_000 {
            try check(SSL_key_update(peer.ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1)
            try check(SSL_do_handshake(peer.ssl) == 1)
            peer.exchange(with: client)
            switch client.read(into: &buffer) {
            case .needsInput: continue
            case .failed(.limit): return
            case let other: throw TestFailure(text: "\(other)")
            }
        }
        Issue.record("no limit")
    }

    @Test func renegotiationIsRefused() throws {
        // SSL_OP_NO_RENEGOTIATION is a macro that Swift cannot import.
        let (client, peer) = try connected(.v12) { SSL_clear_options($0, UInt64(1) << 30) }
        try check(SSL_renegotiate(peer.ssl) == 1)
        SSL_do_handshake(peer.ssl)
        peer.exchange(with: client)
        var buffer = ByteBuffer()
        _ = client.read(into: &buffer)
        let answer = try #require(client.takeOutput(ByteBufferAllocator()))
        // One alert record and no new ClientHello.
        #expect(answer.readableBytesView.first == 21)
        #expect(buffer.readableBytes == 0)
    }

    @Test func writingOutsideOfAConnectionIsAnError() throws {
        let idle = try #require(TLSConnection(context: TLSContext.client(), role: .client(serverName: nil)))
        #expect(throws: TLSError.self) { try idle.write(ByteBuffer(string: "x")) }
        let (client, _) = try connected(.v13)
        client.close(writingOnly: false)
        #expect(throws: TLSError.self) { try client.write(ByteBuffer(string: "x")) }
    }

    @Test func halfCloseStillReads() throws {
        let (client, peer) = try connected(.v13)
        client.close(writingOnly: true)
        peer.exchange(with: client)
        #expect(peer.read() == "")
        #expect(SSL_get_shutdown(peer.ssl) == SSL_RECEIVED_SHUTDOWN)
        try check(peer.write("221 bye"))
        SSL_shutdown(peer.ssl)
        peer.exchange(with: client)
        var buffer = ByteBuffer()
        guard case .data = client.read(into: &buffer) else { throw TestFailure(text: "no data") }
        #expect(String(buffer: buffer) == "221 bye")
        guard case .ended = client.read(into: &buffer) else { throw TestFailure(text: "no end") }
        #expect(client.transportEnded() == nil)
    }

    @Test func endlessHandshakesHaveALimit() throws {
        let client = try #require(TLSConnection(context: TLSContext.client(), role: .client(serverName: nil)))
        _ = client.start()
        // A handshake message that claims to be long, in small records.
        var header = ByteBuffer(bytes: [22, 3, 3, 0, 4, 2, 0xFF, 0xFF, 0xFF])
        client.feed(&header)
        for _ in 0..<10_000 {
            switch client.handshake() {
            case .needsInput: break
            case .failed(.limit): return
            case let other: throw TestFailure(text: "\(other)")
            }
            var record = ByteBuffer(bytes: [22, 3, 3, 0, 32] + Array(repeating: 0, count: 32))
            client.feed(&record)
        }
        Issue.record("no limit")
    }
}
