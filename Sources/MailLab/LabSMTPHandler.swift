import NIOCore
import OpenSSLTLS

/// The server's side of one SMTP conversation, odd in the way that the behaviour says.
final class LabSMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Stage { case plain, garbling, secure }

    private static let lineLimit = 2_048
    private static let tarpitPause = TimeAmount.milliseconds(50)

    private let setup: LabMXSetup
    private let tlsContext: TLSContext
    private let report: @Sendable (LabVisit) -> Void
    private var visit = LabVisit()
    private var stage = Stage.plain
    private var received = ByteBuffer()

    /// - Parameter report: is given the visit as it stands, each time it has grown.
    init(_ setup: LabMXSetup, context: TLSContext, report: @escaping @Sendable (LabVisit) -> Void) {
        self.setup = setup
        tlsContext = context
        self.report = report
    }

    func channelActive(context: ChannelHandlerContext) {
        switch setup.behaviour {
        case .silent, .refused: break
        case .closeAfterConnect: context.close(promise: nil)
        case .tarpit: drip(context)
        case .bannerRefused: say("554 5.7.1 \(setup.hostName) takes no mail from you", context)
        case .masked: say("220 ****************************************", context)
        default:
            let text = setup.banner ?? Array("\(setup.hostName) ESMTP".utf8)
            send(Array("220 ".utf8) + text + Array("\r\n".utf8), context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard setup.behaviour != .silent, setup.behaviour != .tarpit else { return }
        if stage == .garbling {
            send(Array("\u{0}\u{1}this is not TLS\r\n".utf8), context)
            return
        }
        received.writeBuffer(&bytes)
        while let end = received.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let length = end - received.readerIndex
            guard let line = received.readBytes(length: length) else { return }
            received.moveReaderIndex(forwardBy: 1)
            answer(line, context)
        }
        if received.readableBytes > Self.lineLimit { context.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let handshake = event as? TLSHandshake {
            visit.tlsVersion = handshake.version
            visit.serverName = handshake.serverName
            report(visit)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ line: [UInt8], _ context: ChannelHandlerContext) {
        let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        let verb = words.first?.uppercased() ?? ""
        visit.note(verb)
        if verb == "EHLO" || verb == "HELO" { visit.greetedAs = words.dropFirst().first.map(String.init) }
        report(visit)
        switch verb {
        case "QUIT":
            say("221 2.0.0 bye", context)
            context.close(promise: nil)
        case _ where setup.behaviour == .bannerRefused: say("503 5.5.1 only QUIT is taken here", context)
        case "EHLO" where setup.behaviour == .ehloRefused: say("502 5.5.1 EHLO is not known", context)
        case "EHLO": send(ehloReply(), context)
        case "HELO": say("250 \(setup.hostName)", context)
        case "STARTTLS": startTLS(context)
        case "NOOP", "RSET": say("250 2.0.0 ok", context)
        case "MAIL", "RCPT", "DATA": say("550 5.7.1 the lab takes no mail", context)
        default: say("500 5.5.2 not known", context)
        }
    }

    private func ehloReply() -> [UInt8] {
        var lines = [setup.hostName] + setup.extensions
        if stage == .plain {
            switch setup.behaviour {
            case .noSTARTTLS: break
            case .masked: lines.append("XXXXXXXA")
            default: lines.append("STARTTLS")
            }
        }
        lines.append("ENHANCEDSTATUSCODES")
        let last = lines.count - 1
        return lines.enumerated().flatMap { index, text in
            Array((index == last ? "250 " : "250-").utf8) + Array(text.utf8) + Array("\r\n".utf8)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        guard stage == .plain else { return say("503 5.5.1 TLS is on", context) }
        switch setup.behaviour {
        case .noSTARTTLS, .masked, .ehloRefused:
            say("502 5.5.1 STARTTLS is not known", context)
        case .starttlsRefused:
            say("454 4.7.0 TLS not available due to temporary reason", context)
        case .tlsGarbage:
            stage = .garbling
            say("220 2.0.0 ready to start TLS", context)
        case .injection:
            // One write, one segment.
            say("220 2.0.0 ready to start TLS\r\n250 2.0.0 injected", context)
            secure(context)
        default:
            say("220 2.0.0 ready to start TLS", context)
            secure(context)
        }
    }

    private func secure(_ context: ChannelHandlerContext) {
        // What was pipelined after STARTTLS was not protected: it is thrown away (RFC 3207 4.2).
        received.clear()
        stage = .secure
        do {
            try context.pipeline.syncOperations.addHandler(
                TLSHandler(context: tlsContext, role: .server), position: .first)
        } catch {
            context.close(promise: nil)
        }
    }

    private func drip(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        say("220-please wait", context)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.tarpitPause) { self.drip(context) }
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
        send(Array("\(line)\r\n".utf8), context)
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
    }
}

@available(*, unavailable)
extension LabSMTPHandler: Sendable {}
