import Evidence
import Testing

@testable import Probing

/// Servers that are slow, endless or many, and callers that go away.
@Suite(.timeLimit(.minutes(5))) struct SMTPProbeDeadlineTests {
    typealias Act = ScriptedServer.Act

    static func deadlines(_ change: (inout ProbeDeadlines) -> Void) -> ProbeDeadlines {
        var deadlines = ProbeDeadlines()
        change(&deadlines)
        return deadlines
    }

    @Test func aSilentServerTimesOut() async throws {
        let (evidence, log) = try await SMTPProbeTests.converse(
            [[]], deadlines: Self.deadlines { $0.banner = .milliseconds(50) })
        #expect(evidence.outcome == .timeout("banner"))
        #expect(log.connections == 1)
    }

    @Test func drippingBytesDoNotProlongAStep() async throws {
        let (banner, _) = try await SMTPProbeTests.converse(
            [[.drip("220-and so on ")]], deadlines: Self.deadlines { $0.banner = .milliseconds(200) })
        #expect(banner.outcome == .timeout("banner"))
    }

    @Test func theWholeProbeHasAnEnd() async throws {
        let (evidence, _) = try await SMTPProbeTests.converse(
            [[.drip("220-x\r\n")]], deadlines: ProbeDeadlines(timeout: .milliseconds(200)))
        #expect(evidence.outcome == .timeout("banner") || evidence.outcome == .timeout("connect"))
    }

    @Test func noTimeAtAllIsATimeout() async throws {
        try await ScriptedServer.run([ScriptedServer.Script(acts: [[]])]) { server in
            let probe = try SMTPProbeTests.makeProbe(ProbeDeadlines(timeout: .zero))
            let evidence = await probe.probe(try SMTPProbeTests.key(server.port))
            #expect(evidence.outcome == .timeout("banner") || evidence.outcome == .timeout("connect"))
        }
    }

    @Test func theFarewellIsNotWaitedFor() async throws {
        let (evidence, _) = try await SMTPProbeTests.converse(
            SMTPProbeTests.acts(try TestIdentity.context(), at: 4, instead: []),
            deadlines: Self.deadlines { $0.quit = .milliseconds(50) })
        #expect(evidence.outcome == .ok)
        #expect(evidence.starttls == .offered)
    }

    @Test(arguments: [
        ("220-again and again\r\n", "banner: more than 100 lines in one reply"),
        ("220 no line end ", "banner: a line of more than 2048 bytes"),
    ])
    func aFloodIsCutOff(text: String, reason: String) async throws {
        let (evidence, log) = try await SMTPProbeTests.converse([[.flood(text)]])
        #expect(evidence.outcome == .error(reason))
        #expect(log.closed == 1)
    }

    @Test func aFloodInPlaceOfTLSIsCutOff() async throws {
        let context = try TestIdentity.context()
        for (text, connections) in [("250 evil\r\n", 1), ("\u{16}\u{3}\u{3}\u{40}\u{0}", 2)] {
            let (evidence, log) = try await SMTPProbeTests.converse(
                SMTPProbeTests.acts(context, at: 2, instead: [.say("220 go\r\n"), .afterBytes([.flood(text)])]))
            #expect(SMTPProbeTests.isHandshakeFailure(evidence))
            #expect(log.connections == connections)
        }
    }

    @Test func cancellationClosesTheConnection() async throws {
        try await ScriptedServer.run([ScriptedServer.Script(acts: [[.say("220 mx1\r\n")]])]) { server in
            let probe = try SMTPProbeTests.makeProbe()
            let key = try SMTPProbeTests.key(server.port)
            let task = Task { await probe.probe(key) }
            await server.log.wait { $0.messages.count == 1 }
            task.cancel()
            await server.log.wait { $0.closed == 1 }
            #expect(await task.value.outcome == .error("cancelled"))
            #expect(server.log.entries.connections == 1)
        }
    }

    @Test func aProbeOfACancelledTaskEndsAtOnce() async throws {
        try await ScriptedServer.run([ScriptedServer.Script(acts: [[]])]) { server in
            let probe = try SMTPProbeTests.makeProbe()
            let key = try SMTPProbeTests.key(server.port)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await probe.probe(key)
            }
            #expect(await task.value.outcome == .error("cancelled"))
        }
    }

    @Test func manyProbesRunBesideOneAnother() async throws {
        let script = ScriptedServer.Script(acts: SMTPProbeTests.acts(try TestIdentity.context()))
        try await ScriptedServer.run([script]) { server in
            let probe = try SMTPProbeTests.makeProbe()
            let key = try SMTPProbeTests.key(server.port)
            let outcomes = await withTaskGroup(of: SessionEvidence.self) { group in
                for _ in 0..<300 { group.addTask { await probe.probe(key) } }
                return await group.reduce(into: [:] as [ConnectionOutcome: Int]) { $0[$1.outcome, default: 0] += 1 }
            }
            #expect(outcomes == [.ok: 300])
            await server.log.wait { $0.closed == 300 }
        }
    }
}
