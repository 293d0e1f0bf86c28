import NIOCore
import OpenSSLTLS

/// The server's side of one SMTP conversation, odd in the way that the behaviour says.
final class LabSMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Stage { case plain, garbling, deaf, secure }

    private static let lineLimit = 2_048
    private static let tarpitPause = TimeAmount.milliseconds(50)
    private static let dripPause = TimeAmount.milliseconds(20)

    private let setup: LabMXSetup
    private let tlsContext: TLSContext
    private let fault: LabFaultHandler?
    private let report: @Sendable (LabVisit) -> Void
    private var tls: TLSHandler?
    private var visit = LabVisit()
    private var stage = Stage.plain
    private var received = ByteBuffer()

    /// - Parameters:
    ///   - fault: what already stands in the pipeline and spoils this connection.
    ///   - report: is given the visit as it stands, each time it has grown.
    init(
        _ setup: LabMXSetup, context: TLSContext, fault: LabFaultHandler? = nil,
        report: @escaping @Sendable (LabVisit) -> Void
    ) {
        self.setup = setup
        self.fault = fault
        tlsContext = context
        self.report = report
    }

    func channelActive(context: ChannelHandlerContext) {
        switch setup.behaviour {
        case .silent, .refused: break
        case .closeAfterConnect: context.close(promise: nil)
        case .tarpit: LabFlood(piece: Array("220-please wait\r\n".utf8), pause: Self.tarpitPause).run(context)
        case .endlessBanner: LabFlood(piece: Self.lines("220-no end")).run(context)
        case .endlessLine:
            send(Array("220 ".utf8), context)
            LabFlood(piece: [UInt8](repeating: UInt8(ascii: "A"), count: 4_096)).run(context)
        case .hostileText: send(Array("220 ".utf8) + LabHostileText.bytes + Array("\r\n".utf8), context)
        case .hostileRefusal: send(Array("554 ".utf8) + LabHostileText.bytes + Array("\r\n".utf8), context)
        case .bannerRefused: say("554 5.7.1 \(setup.hostName) takes no mail from you", context)
        case .masked: say("220 ****************************************", context)
        default:
            let text = setup.banner ?? Array("\(setup.hostName) ESMTP".utf8)
            send(Array("220 ".utf8) + text + Array("\r\n".utf8), context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard !isDeaf else { return }
        if stage == .garbling, setup.behaviour == .tlsDrip {
            stage = .deaf
            // A handshake record with the head of a ServerHello of 16 KiB, then its bytes one by one.
            send([0x16, 3, 3, 0, 4, 2, 0, 0x40, 0], context)
            return LabFlood(piece: [0x16, 3, 3, 0, 1, 3], pause: Self.dripPause).run(context)
        }
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

    private var isDeaf: Bool {
        switch setup.behaviour {
        case .silent, .tarpit, .endlessBanner, .endlessLine: true
        default: stage == .deaf
        }
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
        case _ where [.bannerRefused, .hostileRefusal].contains(setup.behaviour):
            say("503 5.5.1 only QUIT is taken here", context)
        case "EHLO" where setup.behaviour == .ehloRefused: say("502 5.5.1 EHLO is not known", context)
        case "EHLO" where stage == .plain && setup.behaviour == .endlessEHLO:
            LabFlood(piece: Self.lines("250-X-NO-END")).run(context)
        case "EHLO" where stage == .secure && setup.behaviour == .endlessSecureEHLO:
            LabFlood(piece: Self.lines("250-X-NO-END")).run(context)
        case "EHLO" where stage == .secure && setup.behaviour == .endlessKeyUpdates: nag(context)
        case "EHLO": send(ehloReply(), context)
        case "HELO": say("250 \(setup.hostName)", context)
        case "STARTTLS": startTLS(context)
        case "NOOP", "RSET": say("250 2.0.0 ok", context)
        case "MAIL", "RCPT", "DATA": say("550 5.7.1 the lab takes no mail", context)
        default: say("500 5.5.2 not known", context)
        }
    }

    private func ehloReply() -> [UInt8] {
        var lines = ([setup.hostName] + setup.extensions).map { Array($0.utf8) }
        if setup.behaviour == .hostileText { lines.append(LabHostileText.bytes) }
        if stage == .plain {
            switch setup.behaviour {
            case .noSTARTTLS: break
            case .masked: lines.append(Array("XXXXXXXA".utf8))
            default: lines.append(Array("STARTTLS".utf8))
            }
        }
        lines.append(Array("ENHANCEDSTATUSCODES".utf8))
        let last = lines.count - 1
        return lines.enumerated().flatMap { index, text in
            Array((index == last ? "250 " : "250-").utf8) + text + Array("\r\n".utf8)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        guard stage == .plain else { return say("503 5.5.1 TLS is on", context) }
        switch setup.behaviour {
        case .noSTARTTLS, .masked, .ehloRefused:
            say("502 5.5.1 STARTTLS is not known", context)
        case .starttlsRefused:
            say("454 4.7.0 TLS not available due to temporary reason", context)
        case .hostileText:
            send(Array("454 ".utf8) + LabHostileText.bytes + Array("\r\n".utf8), context)
        case .tlsSilence:
            stage = .deaf
            say("220 2.0.0 ready to start TLS", context)
        case .tlsGarbage, .tlsDrip:
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
            let tls = TLSHandler(context: tlsContext, role: .server)
            self.tls = tls
            let position: ChannelPipeline.SynchronousOperations.Position
            if let fault, fault.fault.isOnTheWire { position = .after(fault) } else { position = .first }
            try context.pipeline.syncOperations.addHandler(tls, position: position)
        } catch {
            context.close(promise: nil)
        }
    }

    /// Asks for new keys as often as the peer takes it.
    private func nag(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        var isHeard = true
        for _ in 0..<100 where isHeard && context.channel.isWritable { isHeard = ask(.keyUpdate, context) }
        guard isHeard else { return }
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) { self.nag(context) }
    }

    private func ask(_ request: TLSPeerRequest, _ context: ChannelHandlerContext) -> Bool {
        guard let tls, let own = try? context.pipeline.syncOperations.context(handler: tls) else { return false }
        return tls.ask(request, context: own)
    }

    private static func lines(_ line: String) -> [UInt8] {
        Array(repeatElement("\(line)\r\n", count: 200).joined().utf8)
    }

    private func say(_ line: String, _ context: ChannelHandlerContext) {
        send(Array("\(line)\r\n".utf8), context)
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        if stage == .secure, setup.behaviour == .renegotiation { _ = ask(.renegotiation, context) }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
    }
}

@available(*, unavailable)
extension LabSMTPHandler: Sendable {}
