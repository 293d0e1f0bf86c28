import Evidence
import FoundationEssentials
import MTASTS
import NIOCore
import NIOPosix
import OpenSSLTLS
import Polling
import Testing

@testable import Probing

@Suite(.timeLimit(.minutes(5))) struct SMTPProbeTests {
    typealias Act = ScriptedServer.Act

    static let offer = Act.say("250-mx1\r\n250-STARTTLS\r\n250 HELP\r\n")

    /// A healthy server with TLS, with some of its acts replaced.
    static func acts(_ context: TLSContext, at position: Int? = nil, instead: [Act] = []) -> [[Act]] {
        var acts: [[Act]] = [
            [.say("220 mx1 ESMTP\r\n")], [offer], [.say("220 go\r\n"), .secure(context)], [offer],
            [.say("221 bye\r\n"), .close],
        ]
        if let position { acts[position] = instead }
        return acts
    }

    static func key(_ port: Int, address: [UInt8] = [127, 0, 0, 1]) throws -> SessionKey {
        SessionKey(
            address: try #require(IPAddress(bytes: address)), port: port,
            serverName: try #require(DomainName("mx1.example.test")))
    }

    static func makeProbe(_ deadlines: ProbeDeadlines = ProbeDeadlines()) throws -> SMTPProbe {
        SMTPProbe(
            group: .singletonMultiThreadedEventLoopGroup, judge: CountingJudge(), client: try .client(),
            permissive: try .client(permissive: true), helo: try #require(DomainName("probe.example.test")),
            deadlines: deadlines)
    }

    static func converse(
        _ scripts: [[Act]]..., deadlines: ProbeDeadlines = ProbeDeadlines()
    ) async throws -> (evidence: SessionEvidence, log: ServerLog.Entries) {
        try await ScriptedServer.run(scripts.map { ScriptedServer.Script(acts: $0) }) { server in
            let evidence = try await makeProbe(deadlines).probe(try key(server.port))
            await server.log.wait { $0.connections > 0 && $0.closed == $0.connections }
            return (evidence, server.log.entries)
        }
    }

    static func isHandshakeFailure(_ evidence: SessionEvidence) -> Bool {
        guard case .tls(let failure) = evidence.outcome else { return false }
        return failure.kind == .handshake && !failure.reason.isEmpty
    }

    @Test func holdsTheWholeConversation() async throws {
        let (evidence, log) = try await Self.converse(Self.acts(try TestIdentity.context()))
        #expect(evidence.outcome == .ok)
        #expect(evidence.starttls == .offered)
        let tls = try #require(evidence.tls)
        #expect(tls.version == "TLSv1.3")
        #expect(tls.chain.der.count == 1)
        #expect(tls.certificates.map(\.subject) == tls.chain.der.map { "\($0.count) bytes" })
        #expect(tls.trust.trust(at: .distantFuture) == .selfSigned)
        #expect(evidence.connectMilliseconds != nil)
        #expect(evidence.tlsMilliseconds != nil)
        #expect(log.serverNames == ["mx1.example.test"])
        #expect(
            log.messages == [
                "EHLO probe.example.test", "STARTTLS", "EHLO probe.example.test", "QUIT",
            ])
        #expect(log.connections == 1)
        let said = evidence.dialogue.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(said.first == "220 mx1 ESMTP")
        #expect(said.last == "221 bye")
    }

    @Test func speaksTLS12() async throws {
        let (evidence, _) = try await Self.converse(Self.acts(try TestIdentity.context(maximum: .v12)))
        #expect(evidence.outcome == .ok)
        #expect(evidence.tls?.version == "TLSv1.2")
    }

    @Test func tellsWhereTheServerClosed() async throws {
        let context = try TestIdentity.context()
        for (position, outcome, starttls) in [
            (0, .closed("banner"), .unknown), (1, .closed("EHLO"), .unknown), (2, .closed("STARTTLS"), .unknown),
            (3, .closed("EHLO after STARTTLS"), .offered), (4, .ok, .offered),
        ] as [(Int, ConnectionOutcome, STARTTLSStatus)] {
            for end in [Act.close, .reset] {
                let (evidence, log) = try await Self.converse(Self.acts(context, at: position, instead: [end]))
                // A reset right after the accept may overtake our notice of the connection.
                let isEarly = position == 0 && evidence.outcome == .closed("connect")
                #expect(evidence.outcome == outcome || isEarly)
                #expect(evidence.starttls == starttls)
                #expect(log.connections == 1)
                #expect((evidence.connectMilliseconds == nil) == (position == 0))
            }
        }
    }

    @Test func plainServersAreNoFailure() async throws {
        let (evidence, log) = try await Self.converse([
            [.say("220 mx1\r\n")], [.say("250-mx1\r\n250 XXXXXXXA\r\n")], [.say("221 bye\r\n"), .close],
        ])
        #expect(evidence.outcome == .ok)
        #expect(evidence.starttls == .masked("250 XXXXXXXA"))
        #expect(evidence.tls == nil)
        #expect(evidence.tlsMilliseconds == nil)
        #expect(log.messages == ["EHLO probe.example.test", "QUIT"])
    }

    @Test func injectedTextIsKeptOutOfTLS() async throws {
        let context = try TestIdentity.context()
        for injected in ["250 evil\r\n", "250-evil\r\n250 more\r\n"] {
            let (evidence, _) = try await Self.converse(
                Self.acts(context, at: 2, instead: [.say("220 go\r\n" + injected), .secure(context)]))
            #expect(evidence.outcome == .ok)
            #expect(evidence.starttls == .injected(injected.replacing("\r\n", with: "\\x0d\\x0a")))
            #expect(evidence.tls != nil)
        }
        let (later, log) = try await Self.converse(
            Self.acts(context, at: 2, instead: [.say("220 go\r\n"), .afterBytes([.say("454 no\r\n")])]))
        #expect(Self.isHandshakeFailure(later))
        #expect(later.starttls == .injected("454 no\\x0d\\x0a"))
        #expect(log.connections == 1)
    }

    @Test func aServerThatKnowsOldTLSOnlyIsTold() async throws {
        let legacy = try TestIdentity.context(minimum: .v10, maximum: .v11)
        let (evidence, log) = try await Self.converse(Self.acts(legacy))
        guard case .tls(let failure) = evidence.outcome else {
            Issue.record("\(evidence.outcome)")
            return
        }
        #expect(failure.kind == .legacyOnly)
        #expect(evidence.starttls == .offered)
        #expect(evidence.tls?.version == "TLSv1.1")
        #expect(evidence.tls?.chain.der.count == 1)
        #expect(evidence.tlsMilliseconds != nil)
        #expect(log.connections == 2)
        #expect(log.closed == 2)
    }

    @Test func handshakeFailuresAreTriedTwice() async throws {
        let context = try TestIdentity.context()
        for acts: [Act] in [
            [.say("220 go\r\n"), .afterBytes([.say("\u{1}\u{2}garbage that is no TLS at all, nor SMTP\r\n")])],
            [.say("220 go\r\n"), .afterBytes([.sayBytes([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])])],
            [.say("220 go\r\n"), .afterBytes([.close])],
            [.say("220 go\r\n"), .afterBytes([.reset])],
            [.say("220 go\r\n"), .close],
        ] {
            let (evidence, log) = try await Self.converse(Self.acts(context, at: 2, instead: acts))
            #expect(Self.isHandshakeFailure(evidence))
            #expect(evidence.starttls == .offered)
            #expect(evidence.tls == nil)
            #expect(log.connections == 2)
        }
    }

    @Test func aSecondTryThatWorksWithModernTLSIsNoLegacy() async throws {
        let context = try TestIdentity.context()
        let broken = Self.acts(context, at: 2, instead: [.say("220 go\r\n"), .close])
        let (evidence, _) = try await Self.converse(broken, Self.acts(context))
        #expect(Self.isHandshakeFailure(evidence))
        #expect(evidence.tls?.version == "TLSv1.3")
    }

    @Test func aRefusedPortIsTold() async throws {
        let port = try await ScriptedServer.deadPort()
        let evidence = try await Self.makeProbe().probe(try Self.key(port))
        #expect(evidence.outcome == .refused)
        #expect(evidence.starttls == .unknown)
        #expect(evidence.connectMilliseconds == nil)
        #expect(evidence.dialogue.lines.isEmpty)
    }

    @Test(arguments: [0, -1, 70_000]) func aPortThatIsNoneIsAnOutcome(port: Int) async throws {
        let evidence = try await Self.makeProbe().probe(try Self.key(port))
        #expect(evidence.outcome == .error("\(port) is no TCP port: use 1 to 65535"))
    }

    @Test func speaksIPv6() async throws {
        let acts = [[Act.say("220 mx1\r\n")], [.say("250 mx1\r\n")], [.close]]
        try await ScriptedServer.run([ScriptedServer.Script(acts: acts)], address: "::1") { server in
            let loopback = [UInt8](repeating: 0, count: 15) + [1]
            let evidence = try await Self.makeProbe().probe(try Self.key(server.port, address: loopback))
            #expect(evidence.outcome == .ok)
            #expect(evidence.starttls == .missing)
        }
    }
}
