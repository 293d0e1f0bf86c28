import NIOCore
import NIOEmbedded

@testable import OpenSSLTLS

/// Stands at the inner end of a pipeline and keeps all that arrives.
final class EventRecorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var handshakes: [TLSHandshake] = []
    private(set) var errors: [TLSError] = []
    private(set) var received = ByteBuffer()
    private(set) var isInactive = false
    /// What was seen, in order: `handshake`, `data`, `error`, `inactive`.
    private(set) var order: [String] = []

    var text: String { String(buffer: received) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        order.append("data")
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let handshake = event as? TLSHandshake {
            handshakes.append(handshake)
            order.append("handshake")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? TLSError { errors.append(error) }
        order.append("error")
    }

    func channelInactive(context: ChannelHandlerContext) {
        isInactive = true
        order.append("inactive")
    }
}

/// A channel in memory with TLS in it, connected to nothing.
final class TLSEnd {
    let channel = EmbeddedChannel()
    let recorder = EventRecorder()

    init(_ context: TLSContext, _ role: TLSHandler.Role) throws {
        try channel.pipeline.syncOperations.addHandlers([TLSHandler(context: context, role: role), recorder])
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 25), promise: nil)
    }

    deinit {
        // An open channel and its pipeline keep each other alive.
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    /// All bytes on their way to the peer.
    func takeOutput() throws -> ByteBuffer {
        var all = ByteBuffer()
        while var bytes = try channel.readOutbound(as: ByteBuffer.self) { all.writeBuffer(&bytes) }
        return all
    }

    func give(_ bytes: [UInt8]) throws { try give(ByteBuffer(bytes: bytes)) }

    func give(_ bytes: ByteBuffer) throws {
        channel.pipeline.fireChannelRead(bytes)
        channel.pipeline.fireChannelReadComplete()
        channel.embeddedEventLoop.run()
    }

    func send(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    func close() {
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
    }
}

/// Carries bytes both ways until neither side has any, in pieces of `chunk` bytes.
func pump(_ one: TLSEnd, _ other: TLSEnd, chunk: Int = .max) throws {
    while true {
        var first = try one.takeOutput()
        var second = try other.takeOutput()
        guard first.readableBytes + second.readableBytes > 0 else { return }
        while let piece = first.readSlice(length: min(chunk, first.readableBytes)), piece.readableBytes > 0 {
            try other.give(piece)
        }
        while let piece = second.readSlice(length: min(chunk, second.readableBytes)), piece.readableBytes > 0 {
            try one.give(piece)
        }
    }
}
