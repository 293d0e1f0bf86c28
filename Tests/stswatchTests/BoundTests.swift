import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import SQLiteHistory
import Settings
import TestSupport
import Testing

@testable import stswatch

/// A monitor keeps its history under its bound by itself, while more and more is written.
@Suite(.timeLimit(.minutes(5))) struct BoundTests {
    /// What a certificate weighs.
    private static let bytes = 64_000

    private struct Watched {
        let domain: DomainName
        var memory = DomainMemory()

        /// A look that finds another record, policy and certificate than the one before.
        mutating func look(_ turn: Int, at now: Date) -> HistoryEntry {
            let body = "version: STSv1\nmode: enforce\nmx: mx.\(domain)\nmax_age: \(86_400 + turn)\n"
            let der = [UInt8](repeating: 0x30, count: BoundTests.bytes) + Array("\(domain) \(turn)".utf8)
            let tls = TLSSession(
                version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: [der]), certificates: [],
                trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
            let fetch = PolicyFetch(
                host: domain, status: 200, contentType: "text/plain", body: Array(body.utf8), tls: tls)
            let evidence = DomainEvidence(
                domain: domain,
                record: Observed(
                    DNSAnswer(.found([TXTRecord("v=STSv1; id=\(turn)")]), dnssec: .insecure, ttl: 300), since: now,
                    at: now),
                policy: Observed(fetch, since: now, at: now))
            memory = memory.observing(evidence, now: now)
            return HistoryEntry(
                domain: domain, changes: [], memory: memory,
                assessment: memory.stamp(assess(evidence, memory: memory, now: now)), evidence: evidence)
        }
    }

    @Test func theHistoryStaysUnderItsBound() async throws {
        let folder = try Tool.temporaryFolder("stswatch-bound")
        defer { try? FileManager.default.removeItem(at: folder) }
        var values = SettingsValues()
        values.stateDirectory = folder.path
        let opened = MonitorHistory(values)
        let history = try #require(opened.history)
        // The least that the settings take.
        let (time, network, retention) = (ManualTime(), RestlessNetwork(), Retention(bytes: 16 << 20))
        let poller = Poller(
            settings: PollSettings(), resolver: network, fetcher: network, prober: network, judge: network,
            history: history, time: time, tell: { _ in })
        let monitor = Monitor(
            poller: poller, history: opened, retention: retention, time: time, tell: { _ in })
        let running = Task { await monitor.run() }
        defer { running.cancel() }

        var watched = try (0..<20).map { Watched(domain: try #require(DomainName("domain-\($0).example"))) }
        var (turn, prunings) = (0, 0)
        while turn * Self.bytes < 3 * retention.bytes {
            turn += 1
            let index = turn % watched.count
            _ = await history.append([watched[index].look(turn, at: time.now + Double(turn))])
            #expect(history.bytes <= retention.bytes)
            guard history.bytes > retention.brim else { continue }
            prunings += 1
            let isPruned = try await Patience.wait(within: 120) {
                time.advance(2)
                return history.bytes <= retention.brim
            }
            try #require(isPruned, "\(history.bytes) bytes")
        }
        #expect(prunings > 1)
        #expect(try await history.faults().isEmpty)
        for watched in watched { #expect(await history.memory(of: watched.domain) == watched.memory) }
    }
}
