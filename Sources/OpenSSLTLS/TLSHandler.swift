public import MTASTS
public import NIOCore

/// TLS inside a channel: ByteBuffers of plain bytes on the inner side, TLS records on the outer.
///
/// Put first into the pipeline it starts with the connection; added to a running pipeline (STARTTLS) it starts at
/// once. It fires `TLSHandshake` as user inbound event, or one `TLSError` through `errorCaught` and then closes the
/// channel. Writes before the handshake's end wait for it. The peer's close_notify closes the channel.
public final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    public enum Role: Sendable {
        /// The name is sent as SNI (RFC 6066 3); nil sends none.
        case client(serverName: DomainName?)
        case server
    }

    private struct PendingWrite {
        let bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
    }

    private let context: TLSContext
    private let role: Role
    private var connection: TLSConnection?
    private var pending = MarkedCircularBuffer<PendingWrite>(initialCapacity: 8)
    /// False when bytes came in and nothing of them went on: then more has to be read.
    private var hasDelivered = true
    private var isRemoved = false

    public init(context: TLSContext, role: Role) {
        self.context = context
        self.role = role
    }

    public func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        isRemoved = true
        failPending(ChannelError.ioOnClosedChannel)
        connection?.close(writingOnly: false)
    }

    public func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    public func channelInactive(context: ChannelHandlerContext) {
        if let error = connection?.transportEnded() {
            context.fireErrorCaught(error)
        }
        failPending(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let connection else { return }
        var bytes = unwrapInboundIn(data)
        hasDelivered = false
        while bytes.readableBytes > 0, connection.takesInput, !isRemoved {
            connection.feed(&bytes)
            proceed(context, connection)
        }
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        // Without this a channel that reads on demand would stop in the middle of a record.
        if !hasDelivered { context.read() }
        hasDelivered = true
        context.fireChannelReadComplete()
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        pending.append(PendingWrite(bytes: unwrapOutboundIn(data), promise: promise))
    }

    public func flush(context: ChannelHandlerContext) {
        pending.mark()
        guard let connection else { return }
        switch connection.state {
        case .idle, .handshaking: return
        case .active: encryptPending(context, connection)
        case .closing, .closed, .failed: failPending(ChannelError.outputClosed)
        }
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .input:
            break
        case .output:
            connection?.close(writingOnly: true)
            failPending(ChannelError.outputClosed)
        case .all:
            connection?.close(writingOnly: false)
            failPending(ChannelError.ioOnClosedChannel)
        }
        sendOutput(context)
        context.close(mode: mode, promise: promise)
    }

    /// Asks the peer for something, as a server; false where the version or the state has no such request.
    /// - Parameter context: this handler's own.
    public func ask(_ request: TLSPeerRequest, context: ChannelHandlerContext) -> Bool {
        guard let connection, connection.ask(request) else { return false }
        sendOutput(context)
        return true
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard connection == nil else { return }
        let connectionRole: TLSConnection.Role =
            switch role {
            case .client(let serverName): .client(serverName: serverName)
            case .server: .server
            }
        guard let made = TLSConnection(context: self.context, role: connectionRole) else {
            return fail(context, .handshake("no memory for a TLS connection"))
        }
        connection = made
        handle(made.start(), context, made)
    }

    /// Does all that can be done with the bytes that OpenSSL holds.
    private func proceed(_ context: ChannelHandlerContext, _ connection: TLSConnection) {
        if case .handshaking = connection.state { handle(connection.handshake(), context, connection) }
        while connection.takesInput, !isRemoved {
            if case .handshaking = connection.state { return }
            var buffer = context.channel.allocator.buffer(capacity: TLSLimits.feedBytes)
            switch connection.read(into: &buffer) {
            case .data:
                hasDelivered = true
                context.fireChannelRead(wrapInboundOut(buffer))
            case .needsInput:
                // OpenSSL may have answered a message of its own layer, such as a key update.
                return sendOutput(context)
            case .ended:
                return close(context: context, mode: .all, promise: nil)
            case .failed(let error):
                return fail(context, error)
            }
        }
    }

    private func handle(
        _ step: TLSConnection.HandshakeStep, _ context: ChannelHandlerContext, _ connection: TLSConnection
    ) {
        sendOutput(context)
        switch step {
        case .needsInput:
            return
        case .done(let handshake):
            context.fireUserInboundEventTriggered(handshake)
            if case .active = connection.state, !isRemoved { encryptPending(context, connection) }
        case .failed(let error):
            fail(context, error)
        }
    }

    private func encryptPending(_ context: ChannelHandlerContext, _ connection: TLSConnection) {
        var failure: TLSError?
        while pending.hasMark, failure == nil, let write = pending.popFirst() {
            do throws(TLSError) {
                try connection.write(write.bytes)
                if let output = connection.takeOutput(context.channel.allocator) {
                    context.write(wrapOutboundOut(output), promise: write.promise)
                } else {
                    write.promise?.succeed()
                }
            } catch {
                write.promise?.fail(error)
                failure = error
            }
        }
        context.flush()
        if let failure { fail(context, failure) }
    }

    private func sendOutput(_ context: ChannelHandlerContext) {
        guard let output = connection?.takeOutput(context.channel.allocator) else { return }
        context.writeAndFlush(wrapOutboundOut(output), promise: nil)
    }

    /// Sends the alert that OpenSSL left, tells the error and ends the connection.
    private func fail(_ context: ChannelHandlerContext, _ error: TLSError) {
        sendOutput(context)
        failPending(error)
        context.fireErrorCaught(error)
        if !isRemoved { context.close(promise: nil) }
    }

    private func failPending(_ error: any Error) {
        while let write = pending.popFirst() { write.promise?.fail(error) }
    }
}

@available(*, unavailable)
extension TLSHandler: Sendable {}
