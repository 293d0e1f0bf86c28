import NIOCore

/// A response broke one of our limits, in words.
struct ResponseLimit: Error, Hashable, Sendable {
    let reason: String
}

/// Stands before the HTTP decoder and counts: it bounds what the decoder does not, such as endless interim responses,
/// status lines and chunk extensions.
final class ResponseGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let isHeadComplete: () -> Bool
    private var received = 0
    private var isOver = false

    /// - Parameter isHeadComplete: true once the final response's head was read.
    init(isHeadComplete: @escaping () -> Bool) {
        self.isHeadComplete = isHeadComplete
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        // In small pieces, so that the end of the head is noticed near where it lies.
        while !isOver, let piece = bytes.readSlice(length: min(bytes.readableBytes, 1_024)), piece.readableBytes > 0 {
            received += piece.readableBytes
            if received > Limits.responseBytes {
                return fail(context, "more than \(Limits.responseBytes) bytes of response")
            }
            if received > Limits.responseHead, !isHeadComplete() {
                return fail(context, "more than \(Limits.responseHead) bytes of headers")
            }
            context.fireChannelRead(wrapInboundOut(piece))
        }
    }

    private func fail(_ context: ChannelHandlerContext, _ reason: String) {
        isOver = true
        context.fireErrorCaught(ResponseLimit(reason: reason))
    }
}
