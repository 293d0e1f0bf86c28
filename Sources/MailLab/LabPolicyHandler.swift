import NIOCore
import NIOHTTP1

/// Answers one request and closes.
final class LabPolicyHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let host: LabPolicyHost
    private var reply: LabPolicyReply?

    init(_ host: LabPolicyHost) {
        self.host = host
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // The port is no part of the name.
            let name = (head.headers.first(name: "host") ?? "").split(separator: ":").first.map(String.init) ?? ""
            reply = host.answer(host: name.lowercased(), path: head.uri)
        case .body:
            break
        case .end:
            guard let reply else { return }
            self.reply = nil
            let delay = TimeAmount.milliseconds(Int64(reply.delayMilliseconds))
            if delay > .zero {
                context.eventLoop.assumeIsolated().scheduleTask(in: delay) { self.send(reply, context) }
            } else {
                send(reply, context)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(_ reply: LabPolicyReply, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        if let raw = reply.raw { return send(raw, context) }
        switch reply.fate {
        case .stalled: return
        case .dropped: return context.close(promise: nil)
        case .answered, .cutOff: break
        }
        var headers = HTTPHeaders([
            ("Date", host.date), ("Content-Length", String(reply.body.count)), ("Connection", "close"),
        ])
        if let type = reply.contentType { headers.add(name: "Content-Type", value: type) }
        if let location = reply.location { headers.add(name: "Location", value: location) }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let isCut = reply.fate == .cutOff
        let bytes = isCut ? Array(reply.body.prefix(reply.body.count / 2)) : reply.body
        if !bytes.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: bytes)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        if isCut {
            context.flush()
            context.close(promise: nil)
        } else {
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
        }
    }

    /// Past the HTTP encoder, which would not let such bytes through.
    private func send(_ raw: LabRawAnswer, _ context: ChannelHandlerContext) {
        guard let below = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self) else {
            return context.close(promise: nil)
        }
        let head = context.channel.allocator.buffer(bytes: raw.head)
        guard raw.repeated.isEmpty else {
            below.writeAndFlush(NIOAny(head), promise: nil)
            let pause = TimeAmount.milliseconds(Int64(raw.pauseMilliseconds))
            return LabFlood(piece: raw.repeated, pause: pause).run(below)
        }
        let channel = context.channel
        below.writeAndFlush(NIOAny(head)).whenComplete { _ in channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension LabPolicyHandler: Sendable {}
