import NIOCore

/// Stands before the TLS handler while the handshake is awaited and shows what comes to the dialogue first.
final class PlaintextGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let probe: SMTPProbeHandler

    init(probe: SMTPProbeHandler) {
        self.probe = probe
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let tls = probe.screened(bytes) { context.fireChannelRead(wrapInboundOut(tls)) }
    }
}
