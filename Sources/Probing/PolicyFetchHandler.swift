import Evidence
import NIOCore
import NIOHTTP1
import OpenSSLTLS

/// What one connection of a policy fetch led to.
struct PolicyResult: Sendable {
    var answer: PolicyAnswer
    var handshake: TLSHandshake?
}

/// Asks for the policy once TLS stands and gathers the answer; fulfils its promise exactly once.
final class PolicyFetchHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// The path fixed by RFC 8461 3.3.
    static let path = "/.well-known/mta-sts.txt"

    private let authority: String
    private let end: NIODeadline
    private var promise: EventLoopPromise<PolicyResult>?
    private var answer = PolicyAnswer()
    private var handshake: TLSHandshake?
    private var wasActive = false
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - authority: what the Host header says.
    ///   - end: the end of the whole fetch.
    init(authority: String, end: NIODeadline, promise: EventLoopPromise<PolicyResult>) {
        self.authority = authority
        self.end = end
        self.promise = promise
    }

    /// True once the head of the final response was read.
    var isHeadComplete: Bool { answer.status != nil }

    /// The connection never came to be: the one case in which the promise fails.
    func connectFailed(_ error: any Error) {
        promise?.fail(error)
        promise = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        wasActive = true
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: end) { [self] in
            answer.timedOut()
            settle(context)
        }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let done = event as? TLSHandshake else { return context.fireUserInboundEventTriggered(event) }
        handshake = done
        answer.secured()
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: Self.path)
        head.headers = [
            "Host": authority, "User-Agent": "stswatch", "Accept": "*/*", "Accept-Encoding": "identity",
            "Connection": "close",
        ]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answer.head(
                status: Int(head.status.code), headers: head.headers.map { (name: $0.name, value: $0.value) })
        case .body(let bytes):
            answer.body(bytes.readableBytesView)
        case .end:
            answer.end()
        }
        settle(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.closed()
        settle(context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // Before that it is `connectFailed` that tells the reason.
        guard wasActive else { return }
        answer.closed()
        settle(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case TLSError.closedEarly: answer.closed()
        case let error as TLSError: answer.tlsFailed(error.reason)
        case let error as ResponseLimit: answer.fail(.malformed(error.reason))
        case HTTPParserError.invalidEOFState: answer.closed()
        case HTTPParserError.headerOverflow: answer.fail(.malformed("too many or too long headers"))
        case let error as HTTPParserError: answer.fail(.malformed("not HTTP: \(error)"))
        default:
            switch ConnectFailure(error) {
            case .refused, .closed, .timeout: answer.closed()
            case .unreachable: answer.fail(.malformed("the host became unreachable"))
            case .local(let reason): answer.fail(.malformed(reason))
            }
        }
        settle(context)
    }

    private func settle(_ context: ChannelHandlerContext) {
        guard answer.step == .done, let promise else { return }
        self.promise = nil
        timer?.cancel()
        timer = nil
        promise.succeed(PolicyResult(answer: answer, handshake: handshake))
        context.close(promise: nil)
    }
}
