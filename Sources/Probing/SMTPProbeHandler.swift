import Evidence
import NIOCore
import OpenSSLTLS

/// What one connection of a probe led to.
struct ProbeResult: Sendable {
    var report: ProbeReport
    var handshake: TLSHandshake?
    var connectMilliseconds: Int?
    var tlsMilliseconds: Int?
}

/// Performs on a channel what `ProbeDialogue` decides, and keeps its time; fulfils its promise exactly once.
final class SMTPProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var dialogue: ProbeDialogue
    private let makeTLS: () -> TLSHandler
    private let loop: any EventLoop
    private let deadlines: ProbeDeadlines
    /// The end of the whole probe.
    private let end: NIODeadline
    private let begun: NIODeadline
    private var promise: EventLoopPromise<ProbeResult>?
    private var context: ChannelHandlerContext?
    private var wasActive = false
    private var timer: Scheduled<Void>?
    private var timedStep: ProbeDialogue.Step?
    private var handshake: TLSHandshake?
    private var connectMilliseconds: Int?
    private var tlsBegun: NIODeadline?
    private var tlsMilliseconds: Int?

    /// - Parameter loop: the channel's; its clock is the one that counts.
    init(
        helo: String, loop: any EventLoop, deadlines: ProbeDeadlines, end: NIODeadline,
        promise: EventLoopPromise<ProbeResult>,
        makeTLS: @escaping () -> TLSHandler
    ) {
        dialogue = ProbeDialogue(helo: helo)
        self.loop = loop
        self.deadlines = deadlines
        self.end = end
        begun = loop.now
        self.promise = promise
        self.makeTLS = makeTLS
    }

    /// The connection never came to be.
    func connectFailed(_ error: any Error) {
        let outcome: ConnectionOutcome =
            switch ConnectFailure(error) {
            case .refused: .refused
            case .timeout: .timeout("connect")
            case .closed: .closed("connect")
            case .unreachable: .unreachable("host unreachable")
            case .local(let reason): .error(reason)
            }
        complete(ProbeReport(outcome: outcome, starttls: .unknown, dialogue: SMTPDialogue()))
    }

    /// Shows raw bytes to the dialogue while a handshake is awaited; returns what is for TLS.
    func screened(_ bytes: ByteBuffer) -> ByteBuffer? {
        if dialogue.isScreeningOver { return bytes }
        let (tls, actions) = dialogue.screen(bytes.readableBytesView)
        perform(actions)
        return tls.isEmpty ? nil : ByteBuffer(bytes: tls)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Before that it is `connectFailed` that tells the reason.
        if wasActive { perform(dialogue.closed()) }
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        wasActive = true
        keepTime()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let actions = dialogue.received(unwrapInboundIn(data).readableBytesView)
        if connectMilliseconds == nil, dialogue.hasBanner { connectMilliseconds = milliseconds(since: begun) }
        perform(actions)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let done = event as? TLSHandshake else { return context.fireUserInboundEventTriggered(event) }
        handshake = done
        tlsMilliseconds = tlsBegun.map { milliseconds(since: $0) }
        perform(dialogue.handshakeCompleted())
    }

    func channelInactive(context: ChannelHandlerContext) {
        perform(dialogue.closed())
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case TLSError.closedEarly: perform(dialogue.closed())
        case let error as TLSError: perform(dialogue.tlsFailed(error.reason, error.kind))
        default:
            switch ConnectFailure(error) {
            case .refused, .closed, .timeout, .unreachable: perform(dialogue.closed())
            case .local(let reason): perform(dialogue.failed(reason))
            }
        }
    }

    private func perform(_ actions: [ProbeDialogue.Action]) {
        for action in actions {
            guard let context else { return }
            switch action {
            case .send(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .startTLS:
                startTLS(context)
            case .finish(let report):
                complete(report)
            case .close:
                context.close(promise: nil)
            }
        }
        keepTime()
    }

    /// The order of the pipeline afterwards: guard, TLS, this handler.
    private func startTLS(_ context: ChannelHandlerContext) {
        tlsBegun = loop.now
        do {
            let pipeline = context.pipeline.syncOperations
            try pipeline.addHandler(PlaintextGuard(probe: self), position: .first)
            try pipeline.addHandler(makeTLS(), position: .before(self))
        } catch {
            perform(dialogue.failed("\(error)"))
        }
    }

    /// A step's clock starts when the step does: single bytes do not wind it up again.
    private func keepTime() {
        let step = dialogue.step
        guard promise != nil, step != timedStep, context?.channel.isActive == true else { return }
        timedStep = step
        timer?.cancel()
        let limit = loop.now + TimeAmount(deadlines.limit(of: step))
        timer = loop.assumeIsolated().scheduleTask(deadline: min(limit, end)) { [self] in
            perform(dialogue.timedOut())
        }
    }

    private func complete(_ report: ProbeReport) {
        timer?.cancel()
        timer = nil
        promise?.succeed(
            ProbeResult(
                report: report, handshake: handshake, connectMilliseconds: connectMilliseconds,
                tlsMilliseconds: tlsMilliseconds))
        promise = nil
    }

    private func milliseconds(since start: NIODeadline) -> Int {
        Int((loop.now - start).nanoseconds / 1_000_000)
    }
}

extension TLSError {
    /// The bare reason, for an evidence that already says that TLS failed.
    var reason: String {
        switch self {
        case .handshake(let text), .legacyPeer(let text), .unknownName(let text): text
        case .closedEarly, .read, .limit: description
        }
    }

    /// What it is in an evidence; an old peer is told from a dead one by a second attempt only.
    var kind: TLSFailure.Kind { if case .unknownName = self { .unknownName } else { .handshake } }
}
