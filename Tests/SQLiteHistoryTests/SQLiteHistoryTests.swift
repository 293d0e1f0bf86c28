import Deliverability
import Evidence
import Foundation
import GRDB
import MTASTS
import Polling
import Testing

@testable import SQLiteHistory

@Suite struct SQLiteHistoryTests {
    private let start = Past.start

    @Test func givesBackWhatItWasGiven() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let told: [Change]
        do {
            let history = try folder.open()
            #expect(await history.append([past.look(at: start)]).isEmpty)
            told = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
        }
        let change = try #require(told.first)
        #expect(change.id > 0 && change.stateAfter == .bouncing)
        let history = try folder.open()
        #expect(await history.memory(of: past.domain) == past.memory)
        #expect(await history.changes(most: 10) == [change])
        let verdict = try #require(await history.verdict(of: past.domain))
        #expect(verdict.state == .bouncing && verdict.findings == past.definite?.findings)
        // The next look by another run tells the repair against it.
        past.definite = verdict
        let repaired = await history.append([past.turn(offersTLS: true, at: start.addingTimeInterval(120))])
        #expect(repaired.first?.stateBefore == .bouncing && (repaired.first?.id ?? 0) > change.id)
        #expect(await history.memory(of: Past.name("other.example")) == nil)
        #expect(await history.verdict(of: Past.name("other.example")) == nil)
    }

    /// A certificate that is renewed turns nothing, and is kept all the same; those that take turns are kept once each.
    @Test func aRenewedChainIsKept() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        for (turn, leaf) in ["aa", "bb", "aa", "bb"].enumerated() {
            (past.leaf, past.der) = (leaf, Array("certificate \(leaf)".utf8))
            _ = await history.append([past.look(at: start.addingTimeInterval(Double(turn) * 300))])
        }
        await history.flush(all: true)
        let seen = try await history.database.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT CAST(b.body AS TEXT) || ' ' || CAST(s.first_seen AS INTEGER) FROM chain_seen s
                        JOIN chain_member m USING (chain) JOIN bytes b ON b.id = m.bytes
                        WHERE m.position = 0 AND s.subject LIKE 'mx%' ORDER BY s.first_seen
                    """)
        }
        let first = Int(start.timeIntervalSince1970)
        #expect(seen == ["certificate aa \(first)", "certificate bb \(first + 300)"])
    }

    @Test func acknowledgementsStayWithWhoAndWhen() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let moment = start.addingTimeInterval(90)
        do {
            let history = try folder.open()
            _ = await history.append([past.look(at: start)])
            let told = await history.append([past.turn(offersTLS: false, at: start.addingTimeInterval(60))])
            let seen = await history.acknowledge(told.map(\.id) + [999], at: moment)
            #expect(seen.map(\.acknowledgedAt) == [moment] && seen.map(\.acknowledgedBy) == ["op"])
        }
        let history = try SQLiteHistory(folder.place, user: "another")
        // The first word stands.
        let again = await history.acknowledge([1], at: moment.addingTimeInterval(60))
        #expect(again.map(\.acknowledgedAt) == [moment] && again.map(\.acknowledgedBy) == ["op"])
        #expect(try history.snapshot().changes == again)
    }

    @Test func theFirstFrameHasTheLastRows() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let moment = start.addingTimeInterval(60)
        do {
            let history = try folder.open()
            _ = await history.append([
                past.look(at: start),
                {
                    var other = Past("b.example")
                    return other.look(at: start)
                }(),
            ])
            _ = await history.append([past.turn(offersTLS: false, at: moment)])
        }
        let snapshot = try folder.open().snapshot()
        #expect(snapshot.statuses.map(\.domain.text).sorted() == ["b.example", "example.com"])
        let row = try #require(snapshot.statuses.first { $0.domain == past.domain })
        var expected = StatusDigest(
            DomainStatus(
                domain: past.domain, assessment: past.definite, evidence: past.evidence(at: moment), isIDOlder: true))
        #expect(row.digest == expected && row.digest.state == .bouncing && row.stateSince == moment)
        expected.why = "another"
        #expect(row.digest != expected)
        #expect(snapshot.changes.map(\.domain) == [past.domain])
    }

    @Test func anUnchangedLookMovesOnlyMoments() async throws {
        let folder = Folder()
        var past = Past("example.com")
        let history = try folder.open(batching: 5)
        _ = await history.append([past.look(at: start)])
        let before = try #require(await history.history(of: past.domain))
        // Waits for its turn, then is written with the others.
        _ = await history.append([past.look(at: start.addingTimeInterval(2))])
        #expect(try await history.history(of: past.domain)?.status?.digest.checkedAt == start)
        _ = await history.append([past.look(at: start.addingTimeInterval(8))])
        let after = try #require(await history.history(of: past.domain))
        #expect(after.status?.digest.checkedAt == start.addingTimeInterval(8))
        #expect(after.policies.map(\.lastSeen) == [start.addingTimeInterval(8)])
        #expect(after.policies.count == 1 && before.policies.count == 1)
        #expect(await (try folder.open()).memory(of: past.domain) == past.memory)
    }

    @Test func everyVersionIsKeptAndBodiesOnce() async throws {
        let folder = Folder()
        let history = try folder.open()
        var (one, two) = (Past("one.example"), Past("two.example"))
        _ = await history.append([one.look(at: start), two.look(at: start)])
        one.id = "2"
        one.maxAge = 86_400
        one.recordSince = start.addingTimeInterval(60)
        one.policySince = start.addingTimeInterval(60)
        one.der = Array("another certificate".utf8)
        one.sessionSince = start.addingTimeInterval(60)
        _ = await history.append([one.look(at: start.addingTimeInterval(60))])
        let past = try #require(await history.history(of: one.domain))
        #expect(past.policies.map(\.value.id) == ["2", "1"])
        #expect(past.policies.map(\.value.maxAge) == [86_400, 604_800])
        #expect(past.policies.map(\.value.body) == [one.body, Past("one.example").body])
        #expect(past.records.map(\.value) == ["2", "1"])
        #expect(past.mxSets.map(\.value) == [["10 mx.one.example"]])
        let later = try #require(await history.history(of: one.domain, since: start.addingTimeInterval(3_600)))
        #expect(later.policies.map(\.value.id) == ["2"])
        // Three certificates in all, though six chains were shown.
        let certificates = try await history.database.read { db in
            try Int.fetchOne(db, sql: "SELECT count(DISTINCT bytes) FROM chain_member")
        }
        #expect(certificates == 3)
    }

    @Test func theLastEvidenceIsKeptWhole() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        _ = await history.append([past.look(at: start)])
        await history.flush()
        let stored = try await history.database.read { db in
            try Row.fetchAll(db, sql: "SELECT key, body, chain FROM fact ORDER BY key").map { row in
                (row[0] as String, try JSONDecoder().decode(FactValue.self, from: row[1]), row[2] as Int64?)
            }
        }
        #expect(
            stored.map(\.0) == [
                "addresses mx.example.com", "mx example.com", "policy example.com", "record example.com",
                "session mx.example.com 127.0.0.1 25",
            ])
        let chain = [Array("a certificate".utf8), Array("the issuer".utf8)]
        let der = try await history.database.read { db in
            try Data.fetchAll(
                db, sql: "SELECT b.body FROM chain_member m JOIN bytes b ON b.id = m.bytes ORDER BY m.position")
        }
        #expect(der.map { [UInt8]($0) } == chain)
        guard case .policy(let fetch) = try #require(stored.first { $0.0 == "policy example.com" }).1 else {
            Issue.record("no policy")
            return
        }
        #expect(
            FactValue.policy(fetch).with(certificates: chain)
                == .policy(try #require(past.evidence(at: start).policy).value))
    }

    @Test func hostsAreRemembered() async throws {
        let folder = Folder()
        let host = Past.name("mx.example.com")
        var memory = HostMemory(host: host)
        do {
            let history = try folder.open()
            await history.remember([host: memory])
            await history.flush()
        }
        let history = try folder.open()
        #expect(await history.memory(ofHost: host) == memory)
        #expect(await history.memory(ofHost: Past.name("mx2.example.com")) == nil)
        memory.moments = [start]
        #expect(memory.moments.isEmpty)
    }

    /// A program that is killed loses no more of the running hour than its last minute, and an unchanged look writes
    /// no sample more than once a minute.
    @Test func theRunningHourIsWritten() async throws {
        let folder = Folder()
        let history = try folder.open()
        var past = Past("example.com")
        let start = Past.start
        func looks() async throws -> [Int]? { try await history.history(of: past.domain)?.samples.map(\.looks) }
        for second in [0, 20, 40.0] {
            _ = await history.append([past.look(at: start.addingTimeInterval(second))])
            await history.flush()
        }
        #expect(try await looks() == [1])
        _ = await history.append([past.look(at: start.addingTimeInterval(60))])
        await history.flush()
        #expect(try await looks() == [4])
        _ = await history.append([past.look(at: start.addingTimeInterval(360))])
        await history.flush()
        #expect(try await looks() == [5])
        // An orderly end writes the rest.
        _ = await history.append([past.look(at: start.addingTimeInterval(370))])
        await history.flush(all: true)
        #expect(try await looks() == [6])
        // An hour that has turned is written even so.
        _ = await history.append([past.look(at: start.addingTimeInterval(3_590))])
        for second in [3_595, 3_605.0] { _ = await history.append([past.look(at: start.addingTimeInterval(second))]) }
        await history.flush()
        #expect(try await looks() == [8])
    }
}
