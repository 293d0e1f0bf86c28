import NIOCore

/// Spoils what a server sends, once, at one place.
final class LabFaultHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let fault: LabFault
    private let tell: () -> Void
    private var position = 0
    private var isOver = false
    private var isMute = false

    /// - Parameter tell: called when the fault takes hold.
    init(_ fault: LabFault, tell: @escaping () -> Void) {
        self.fault = fault
        self.tell = tell
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        guard !isMute else {
            promise?.succeed()
            return
        }
        let start = position
        position += bytes.readableBytes
        guard !isOver, (start..<position).contains(fault.offset) else { return context.write(data, promise: promise) }
        isOver = true
        tell()
        let spoiled = fault.applied(to: Array(bytes.readableBytesView), at: start)
        context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: spoiled)), promise: promise)
        guard fault.kind == .truncate || fault.kind == .mute else { return }
        isMute = true
        guard fault.kind == .truncate else { return }
        context.flush()
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension LabFaultHandler: Sendable {}
