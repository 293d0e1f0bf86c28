import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Synchronization
import Testing

@testable import MailLab

/// Two servers behind one address that take connections in turn, one of them with a certificate that is over.
@Suite(.timeLimit(.minutes(5))) struct TwoServersTests {
    private static let place = "127.77.9.1"

    private struct World {
        let bench: HostileDNSBench
        let server: LabSMTPServer
        let probe: SMTPProbe
        let judge: OpenSSLChainJudge
        let good: LabIdentity
    }

    /// One MX host without DANE at one address.
    private static func run(_ body: (World) async throws -> Void) async throws {
        let authority = try LabAuthority()
        let good = try authority.good(HostileDNSBench.mxHost)
        let now = Date()
        let over = try authority.issue(
            [HostileDNSBench.mxHost], from: now.addingTimeInterval(-9 * 86_400), until: now.addingTimeInterval(-60))
        let server = try await LabSMTPServer.start(
            at: [try address(place)],
            as: LabMXSetup(hostName: HostileDNSBench.mxHost, identity: good, others: [over]))
        let judge = OpenSSLChainJudge(store: try .pem(authority.rootPEM))
        let probe = SMTPProbe(
            group: MultiThreadedEventLoopGroup.singleton, judge: judge, client: try .client(),
            permissive: try .client(permissive: true), helo: try name("tester.example"), deadlines: ProbeDeadlines())
        try await HostileDNSBench.run { zone in
            zone.records[HostileDNSBench.domain] = [.mx(10, HostileDNSBench.mxHost)]
            zone.records["_25._tcp.mx1.harbour.example"] = nil
        } body: { bench in
            try await body(World(bench: bench, server: server, probe: probe, judge: judge, good: good))
        }
        await server.stop()
    }

    @Test func `connections meet both in turn`() async throws {
        try await Self.run { world in
            let key = SessionKey(
                address: world.server.addresses[0], port: world.server.port,
                serverName: try name(HostileDNSBench.mxHost))
            var trusted: [Bool] = []
            for _ in 0..<4 {
                let session = await world.probe.probe(key)
                trusted.append(try #require(session.tls).trust.trust(at: Date()) == .trusted)
            }
            #expect(trusted == [true, false, true, false])
        }
    }

    /// The watch tells the bad one, once, as what is met by chance, for as long as it is met, and its end after it was
    /// taken out.
    @Test func `the watch neither hides the bad one nor turns with each look`() async throws {
        try await Self.run { world in
            var settings = PollSettings()
            (settings.allowPrivate, settings.smtpPort) = (true, world.server.port)
            (settings.interval, settings.problemInterval) = (0.2, 0.1)
            settings.confirmation = Confirmation(givenDelay: 0.02, absentDelays: [0.1], policyDelay: 300)
            let statuses = Recorded<DomainStatus>()
            let changes = Recorded<Change>()
            let poller = Poller(
                settings: settings, resolver: world.bench.resolver, fetcher: GoodPolicyHost(), prober: world.probe,
                judge: world.judge, history: TransientHistory(), time: SystemTime()
            ) { event in
                switch event {
                case .assessed(let all): for status in all { statuses.append(status) }
                case .changed(let all): for change in all { changes.append(change) }
                default: break
                }
            }
            func wait(until holds: () -> Bool) async throws {
                while !holds() { try await Task.sleep(for: .milliseconds(5)) }
            }
            await poller.handle(.watch([WatchEntry(domain: try name(HostileDNSBench.domain))]))
            let running = Task { await poller.run() }
            defer { running.cancel() }
            try await wait { statuses.all.last?.state == .risk }
            let codes = statuses.all.last?.assessment?.findings.map(\.code) ?? []
            #expect(codes.contains(.certificateExpired))
            #expect(statuses.all.last?.assessment?.mtaSTS.delivery == .partial)
            let (told, met) = (changes.all.count, world.server.connections(to: world.server.addresses[0]))
            try await wait { world.server.connections(to: world.server.addresses[0]) >= met + 20 }
            #expect(statuses.all.last?.state == .risk && changes.all.count == told)
            try await world.server.set(
                LabMXSetup(hostName: HostileDNSBench.mxHost, identity: world.good), at: world.server.addresses[0])
            try await wait { statuses.all.last?.state != .risk && statuses.all.last?.state != .unknown }
            #expect(changes.all.last?.stateBefore == .risk)
        }
    }
}
