import Glibc
import NIOCore
import OpenSSLTLS

/// Acts out one connection of a `ScriptedServer`.
final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: ScriptedServer.Script
    private let log: ServerLog
    private var received = ""
    private var position = 0
    private var raw: [ScriptedServer.Act]?

    init(_ script: ScriptedServer.Script, _ log: ServerLog) {
        self.script = script
        self.log = log
    }

    func channelActive(context: ChannelHandlerContext) {
        actNext(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let raw {
            self.raw = []
            for act in raw { perform(act, context) }
            return
        }
        received += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
        while let end = received.unicodeScalars.firstRange(of: script.delimiter.unicodeScalars) {
            let message = String(received.unicodeScalars[..<end.lowerBound])
            received = String(received.unicodeScalars[end.upperBound...])
            log.note { $0.messages.append(message) }
            actNext(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let handshake = event as? TLSHandshake else { return }
        log.note { $0.serverNames.append(handshake.serverName) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        log.note { $0.closed += 1 }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func actNext(_ context: ChannelHandlerContext) {
        guard script.acts.indices.contains(position) else { return }
        let acts = script.acts[position]
        position += 1
        for act in acts { perform(act, context) }
    }

    private func perform(_ act: ScriptedServer.Act, _ context: ChannelHandlerContext) {
        switch act {
        case .say(let text): say(Array(text.utf8), context)
        case .sayBytes(let bytes): say(bytes, context)
        case .afterBytes(let acts): raw = acts
        case .flood(let text):
            flood(ByteBuffer(string: String(repeating: text, count: 16_384 / text.utf8.count)), context)
        case .close: context.close(promise: nil)
        case .secure(let tls):
            let handler = TLSHandler(context: tls, role: .server)
            do {
                try context.pipeline.syncOperations.addHandler(handler, position: .first)
            } catch {
                context.close(promise: nil)
            }
        case .drip(let text):
            drip(Array(text.utf8), from: 0, context)
        case .reset:
            let linger = linger(l_onoff: 1, l_linger: 0)
            let isSet = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger)
            isSet?.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        }
    }

    private func say(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func drip(_ bytes: [UInt8], from index: Int, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        say([bytes[index % bytes.count]], context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { [self] in
            drip(bytes, from: index + 1, context)
        }
    }

    private func flood(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { [self] in
            // By way of the loop: a write may succeed at once, and others share the thread.
            context.eventLoop.assumeIsolated().execute { [self] in flood(bytes, context) }
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: written)
    }
}
