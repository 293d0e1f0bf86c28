import Evidence
import NIOCore
import NIOEmbedded
import NIOHTTP1
import OpenSSLTLS
import Testing

@testable import Probing

/// The fetch's clock, on a loop whose time is moved by hand.
@Suite struct PolicyFetchHandlerTests {
    struct Bench {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel
        let result: EventLoopFuture<PolicyResult>
        let handler: PolicyFetchHandler

        init() throws {
            let promise = loop.makePromise(of: PolicyResult.self)
            handler = PolicyFetchHandler(
                authority: "mta-sts.example", end: loop.now + .seconds(60), promise: promise)
            channel = EmbeddedChannel(handler: handler, loop: loop)
            result = promise.futureResult
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 443)).wait()
        }

        func secure() {
            channel.pipeline.fireUserInboundEventTriggered(
                TLSHandshake(version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: []), serverName: nil))
        }

        func answer() -> PolicyAnswer? {
            var answer: PolicyAnswer?
            result.assumeIsolated().whenSuccess { answer = $0.answer }
            return answer
        }
    }

    @Test func theDeadlineNamesTheStep() throws {
        let head = HTTPClientResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok))
        let plays: [(step: String, play: (Bench) throws -> Void)] = [
            ("TLS handshake", { _ in }), ("headers", { $0.secure() }), ("body", { try $0.channel.writeInbound(head) }),
        ]
        for count in 1...plays.count {
            let bench = try Bench()
            for (_, play) in plays.prefix(count) {
                bench.loop.advanceTime(by: .seconds(15))
                try play(bench)
            }
            bench.loop.advanceTime(to: .uptimeNanoseconds(0) + .seconds(59))
            #expect(bench.answer() == nil)
            bench.loop.advanceTime(by: .seconds(1))
            #expect(bench.answer()?.failure == .timeout(plays[count - 1].step))
            #expect(!bench.channel.isActive)
        }
    }

    @Test func asksOnlyOnceTLSStands() throws {
        let bench = try Bench()
        #expect(try bench.channel.readOutbound(as: HTTPClientRequestPart.self) == nil)
        bench.secure()
        guard case .head(let head) = try bench.channel.readOutbound(as: HTTPClientRequestPart.self) else {
            Issue.record("nothing was asked")
            return
        }
        #expect(head.uri == "/.well-known/mta-sts.txt")
        #expect(head.method == .GET)
        #expect(head.headers["host"] == ["mta-sts.example"])
        _ = try bench.channel.finish()
    }

    @Test(arguments: [
        (TLSError.closedEarly as any Error, PolicyFetchFailure.tls("the connection was closed in the handshake")),
        (TLSError.legacyPeer("unsupported protocol"), .tls("unsupported protocol")),
        (TLSError.handshake("no shared cipher"), .tls("no shared cipher")),
        (IOError(errnoCode: 104, reason: "read"), .tls("the connection was closed in the handshake")),
    ])
    func errorsInTheHandshakeAreOutcomes(error: any Error, failure: PolicyFetchFailure) throws {
        let bench = try Bench()
        bench.channel.pipeline.fireErrorCaught(error)
        #expect(bench.answer()?.failure == failure)
        #expect(!bench.channel.isActive)
    }

    @Test func aFailureToConnectIsAnError() throws {
        let bench = try Bench()
        bench.handler.connectFailed(IOError(errnoCode: 111, reason: "connect"))
        #expect(throws: IOError.self) { try bench.result.wait() }
        _ = try bench.channel.finish()
    }
}
