import NIOCore

/// Sends the same bytes again and again until the connection is gone; the next only when the last have left, so that
/// the flood takes no memory. Pieces are a millisecond apart at least: the event loop serves others as well.
struct LabFlood {
    let piece: [UInt8]
    /// Between two pieces; a millisecond is as fast as it gets.
    var pause = TimeAmount.milliseconds(1)

    /// - Parameter context: whose outbound side the bytes are written to.
    func run(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let loop = context.eventLoop.assumeIsolated()
        let buffer = context.channel.allocator.buffer(bytes: piece)
        context.writeAndFlush(NIOAny(buffer)).assumeIsolated().whenSuccess {
            loop.scheduleTask(in: max(pause, .milliseconds(1))) { run(context) }
        }
    }
}
