import Evidence
import NIOCore
import NIOEmbedded
import OpenSSLTLS
import Testing

@testable import Probing

/// The handler's clock, on a loop whose time is moved by hand.
@Suite struct SMTPProbeHandlerTests {
    /// One probe of which the test plays the network and the clock.
    struct Bench {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel
        let result: EventLoopFuture<ProbeResult>
        let handler: SMTPProbeHandler

        init(deadlines: ProbeDeadlines = ProbeDeadlines()) throws {
            let promise = loop.makePromise(of: ProbeResult.self)
            let client = try TLSContext.client()
            handler = SMTPProbeHandler(
                helo: "probe.example", loop: loop, deadlines: deadlines,
                end: loop.now + TimeAmount(deadlines.probe), promise: promise
            ) { TLSHandler(context: client, role: .client(serverName: nil)) }
            channel = EmbeddedChannel(handler: handler, loop: loop)
            result = promise.futureResult
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 25)).wait()
        }

        func say(_ text: String) throws {
            try channel.writeInbound(ByteBuffer(string: text))
        }

        func secure() {
            channel.pipeline.fireUserInboundEventTriggered(
                TLSHandshake(version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: []), serverName: nil))
        }

        func advance(_ seconds: Int64) {
            loop.advanceTime(by: .seconds(seconds))
        }

        /// The result where there is one already.
        func outcome() throws -> ConnectionOutcome? {
            var outcome: ConnectionOutcome?
            result.assumeIsolated().whenSuccess { outcome = $0.report.outcome }
            return outcome
        }

        func sent() throws -> [UInt8] {
            var bytes: [UInt8] = []
            while let next = try channel.readOutbound(as: ByteBuffer.self) { bytes += Array(next.readableBytesView) }
            return bytes
        }
    }

    @Test func everyStepHasItsLimit() throws {
        let script: [(String, step: String, limit: Int64)] = [
            ("", "banner", 25), ("220 mx1\r\n", "EHLO", 15), ("502 what\r\n", "HELO", 15),
        ]
        for count in 1...script.count {
            let bench = try Bench()
            for (text, _, _) in script.prefix(count) where !text.isEmpty { try bench.say(text) }
            let last = script[count - 1]
            bench.advance(last.limit - 1)
            #expect(try bench.outcome() == nil)
            bench.advance(1)
            #expect(try bench.outcome() == .timeout(last.step))
            #expect(!bench.channel.isActive)
        }
    }

    @Test func stepsUnderTLSHaveTheirLimitToo() throws {
        let silence = TLSFailure(kind: .silence, reason: "no answer in the handshake")
        let script: [(outcome: ConnectionOutcome, play: (Bench) throws -> Void)] = [
            (.timeout("STARTTLS"), { try $0.say("220 mx1\r\n250-mx1\r\n250 STARTTLS\r\n") }),
            (.tls(silence), { try $0.say("220 go\r\n") }),
            (.timeout("EHLO after STARTTLS"), { $0.secure() }),
        ]
        for count in 1...script.count {
            let bench = try Bench()
            for (_, play) in script.prefix(count) { try play(bench) }
            bench.advance(14)
            #expect(try bench.outcome() == nil)
            bench.advance(1)
            #expect(try bench.outcome() == script[count - 1].outcome)
        }
    }

    @Test func aGreetPauseIsNoFailure() throws {
        let bench = try Bench()
        bench.advance(20)
        try bench.say("220 mx1\r\n")
        #expect(try bench.sent() == Array("EHLO probe.example\r\n".utf8))
        try bench.say("250 mx1\r\n221 bye\r\n")
        #expect(try bench.outcome() == .ok)
        let result = try bench.result.wait()
        #expect(result.connectMilliseconds == 20_000)
    }

    @Test func singleBytesDoNotWindTheClockUpAgain() throws {
        let bench = try Bench()
        try bench.say("220 mx1\r\n")
        for _ in 0..<14 {
            bench.advance(1)
            try bench.say("2")
        }
        #expect(try bench.outcome() == nil)
        bench.advance(1)
        #expect(try bench.outcome() == .timeout("EHLO"))
        #expect(try bench.result.wait().report.dialogue.lines.last?.bytes == Array("22222222222222".utf8))
    }

    @Test func theWholeEndsBeforeTheStepDoes() throws {
        let bench = try Bench()
        bench.advance(24)
        try bench.say("220 mx1\r\n")
        bench.advance(5)
        #expect(try bench.outcome() == nil)
        bench.advance(1)
        #expect(try bench.outcome() == .timeout("EHLO"))
    }

    @Test func theFarewellTakesTwoSecondsAtMost() throws {
        let bench = try Bench()
        try bench.say("220 mx1\r\n250 mx1\r\n")
        bench.advance(1)
        #expect(try bench.outcome() == nil)
        bench.advance(1)
        #expect(try bench.outcome() == .ok)
    }

    @Test func theHandshakeIsTimed() throws {
        let bench = try Bench()
        try bench.say("220 mx1\r\n250-mx1\r\n250 STARTTLS\r\n220 go\r\n")
        bench.advance(3)
        bench.secure()
        try bench.channel.close().wait()
        let result = try bench.result.wait()
        #expect(result.tlsMilliseconds == 3_000)
        #expect(result.handshake?.version == "TLSv1.3")
        #expect(result.report.outcome == .closed("EHLO after STARTTLS"))
    }

    @Test func startsTLSWithAClientHelloAndNothingElse() throws {
        let bench = try Bench()
        try bench.say("220 mx1\r\n250-mx1\r\n250 STARTTLS\r\n")
        _ = try bench.sent()
        try bench.say("220 go\r\n250 injected\r\n")
        #expect(try bench.sent().prefix(2) == [0x16, 0x03])
        #expect(try bench.channel.readInbound(as: ByteBuffer.self) == nil)
    }

    @Test(arguments: [
        (ChannelError.connectTimeout(.seconds(1)) as any Error, ConnectionOutcome.timeout("connect")),
        (IOError(errnoCode: 111, reason: "connect"), .refused),
        (IOError(errnoCode: 110, reason: "connect"), .timeout("connect")),
        (IOError(errnoCode: 101, reason: "connect"), .error("network unreachable")),
        (IOError(errnoCode: 113, reason: "connect"), .unreachable("host unreachable")),
        (IOError(errnoCode: 104, reason: "connect"), .closed("connect")),
        (
            IOError(errnoCode: 24, reason: "socket"),
            .error("no file descriptor left: raise the limit of open files (ulimit -n)")
        ),
    ])
    func connectErrorsAreOutcomes(error: any Error, outcome: ConnectionOutcome) throws {
        let bench = try Bench()
        bench.handler.connectFailed(error)
        #expect(try bench.outcome() == outcome)
        _ = try bench.channel.finish()
    }
}
