import Evidence
import MTASTS
import Polling
import Testing

@testable import UnboundDNS

/// What the resolver says of itself, and that its own trouble is never the domain's.
@Suite(.timeLimit(.minutes(5))) struct UnboundResolverHealthTests {
    @Test func aForwarderThatLostItsNetworkFailsNobody() async throws {
        // It still knows the root's SOA, and says SERVFAIL to everything else.
        let server = try ScriptedServer { $0.otherwise = .message(rcode: 2) }
        let resolver = try resolver(asking: server)
        #expect(try await resolver.mx(name("cut-off.example"), fresh: false).failure == .timeout)
        guard case .dead(let reason) = await resolver.health() else {
            Issue.record("not dead")
            return
        }
        #expect(reason.contains("SERVFAIL") && reason.contains("--resolver"))
    }

    @Test func aResolverThatRefusesUsFailsNobody() async throws {
        let server = try ScriptedServer { $0.set(".", 6, .message(rcode: 5)) }
        let resolver = try resolver(asking: server)
        #expect(try await resolver.mx(name("refused-us.example"), fresh: false).failure == .timeout)
        guard case .dead(let reason) = await resolver.health() else {
            Issue.record("not dead")
            return
        }
        #expect(reason.contains("refused"))
    }

    @Test func silenceIsDeath() async throws {
        let server = try ScriptedServer {
            $0.set(".", 6, .silence)
            $0.otherwise = .silence
        }
        let resolver = try resolver(asking: server, timeout: .milliseconds(300))
        guard case .dead(let reason) = await resolver.health() else {
            Issue.record("not dead")
            return
        }
        #expect(reason.contains("127.0.0.1@\(server.port)"))
    }

    @Test func aServerThatComesBackIsAskedAgain() async throws {
        let server = try ScriptedServer { script in
            script.set(".", 6, .silence)
            script.set("back.example", 16, .silence)
        }
        let resolver = try resolver(asking: server, timeout: .seconds(1))
        guard case .dead = await resolver.health() else {
            Issue.record("not dead")
            return
        }
        server.edit { script in
            script.set(".", 6, .message(answers: [.soa(".")]))
            script.set("back.example", 16, [.txt("back.example", "again")])
        }
        _ = await resolver.health()
        #expect(try await resolver.txt(name("back.example"), fresh: false).value == [TXTRecord("again")])
    }

    @Test func withoutAnchorNothingIsValidated() async throws {
        guard case .unvalidated(let reason) = await (try resolver(asking: ScriptedServer())).health() else {
            Issue.record("not unvalidated")
            return
        }
        #expect(reason.contains("--trust-anchor"))
    }

    @Test func manyWhoAskCauseOneLook() async throws {
        let server = try ScriptedServer()
        let resolver = try resolver(asking: server)
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { _ = await resolver.confirmedHealth() } }
        }
        #expect(server.count(".", 6) == 1)
    }
}
