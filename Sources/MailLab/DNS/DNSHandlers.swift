import NIOCore

/// Answers datagrams.
final class DNSDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let book: SharedBook
    private let faults: LabFaults?

    /// - Parameter faults: spoils each answer.
    init(_ book: SharedBook, faults: LabFaults?) {
        self.book = book
        self.faults = faults
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard case .message(let whole, let delay) = book.reply(Array(envelope.data.readableBytesView), overTCP: false),
            let bytes = faults.map({ $0.spoil(whole) }) ?? whole
        else { return }
        let answer = AddressedEnvelope(
            remoteAddress: envelope.remoteAddress, data: context.channel.allocator.buffer(bytes: bytes))
        let channel = context.channel
        guard delay > 0 else { return context.writeAndFlush(wrapOutboundOut(answer), promise: nil) }
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(delay))) { channel.writeAndFlush(answer, promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A datagram that could not be sent is a datagram that was lost.
    }
}

/// Answers the messages of a connection, each behind its length (RFC 1035 4.2.2).
final class DNSStreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let book: SharedBook
    private var received = ByteBuffer()

    init(_ book: SharedBook) {
        self.book = book
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        while let length = received.getInteger(at: received.readerIndex, as: UInt16.self),
            received.readableBytes >= 2 + Int(length)
        {
            received.moveReaderIndex(forwardBy: 2)
            let query = received.readBytes(length: Int(length)) ?? []
            switch book.reply(query, overTCP: true) {
            case .nothing: break
            case .close: return context.close(promise: nil)
            case .message(let message, let delay):
                let answer = context.channel.allocator.buffer(bytes: DNSWire.number(message.count) + message)
                let channel = context.channel
                context.eventLoop.scheduleTask(in: .milliseconds(Int64(delay))) {
                    channel.writeAndFlush(answer, promise: nil)
                }
            }
        }
        received.discardReadBytes()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
