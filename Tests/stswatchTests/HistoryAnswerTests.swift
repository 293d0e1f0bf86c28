import Dashboard
import Deliverability
import Foundation
import GRDB
import Glibc
import MTASTS
import Polling
import TestSupport
import Testing

@testable import SQLiteHistory
@testable import stswatch

/// What the screen is told of a domain's history.
@Suite(.timeLimit(.minutes(5))) struct HistoryAnswerTests {
    private static let remedy = "give --state-dir."
    private let start = Date(timeIntervalSince1970: 1_795_521_600)
    private let folder: URL
    private let (one, two): (DomainName, DomainName)

    init() throws {
        folder = try Tool.temporaryFolder("stswatch-answer")
        (one, two) = (try #require(DomainName("one.example")), try #require(DomainName("two.example")))
    }

    private var place: HistoryPlace { HistoryPlace(directory: folder.path) }

    /// Both domains are looked at; the first one turns.
    private func fill(_ history: any HistoryStore) async -> [Change] {
        var (first, second) = (Looks(one), Looks(two))
        _ = await history.append([first.look(at: start), second.look(at: start)])
        var changes: [Change] = []
        for step in 1...2 {
            let now = start.addingTimeInterval(Double(step) * 60)
            changes += await history.append([first.look(at: now, offersTLS: step == 2)])
        }
        changes += await history.append([second.look(at: start.addingTimeInterval(180), offersTLS: false)])
        return changes
    }

    @Test func aFileTellsWhatItHoldsOfThisDomainAlone() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = try SQLiteHistory(place, user: "op")
        let changes = await fill(history)
        #expect(changes.map(\.domain) == [one, one, two])
        guard case .kept(let kept?) = await history.answer(about: one, remedy: Self.remedy) else {
            Issue.record("nothing is kept")
            return
        }
        #expect(kept.domain == one && kept.changes == [changes[1], changes[0]])
        #expect(kept.policies.map(\.value.id) == ["20261124"] && kept.policies[0].goneAt == nil)
        #expect(kept.mxSets.count == 1 && kept.certificates.isEmpty)
        // The last state that was shown goes with it.
        #expect(kept.status?.domain == one && kept.status?.digest.state == .ok)
    }

    @Test func aFileThatNeverSawTheDomainHasNothing() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = try SQLiteHistory(place, user: "op")
        _ = await fill(history)
        let other = try #require(DomainName("other.example"))
        guard case .kept(nil) = await history.answer(about: other, remedy: Self.remedy) else {
            Issue.record("something is kept of a stranger")
            return
        }
    }

    @Test func aFileThatCannotBeReadIsOneSentence() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = try SQLiteHistory(place, user: "op")
        _ = await fill(history)
        // As a failing disk would: a table that is not there cannot be asked.
        try await history.database.pool.write { try $0.execute(sql: "DROP TABLE policy_version") }
        guard case .failed(let sentence) = await history.answer(about: one, remedy: Self.remedy) else {
            Issue.record("it is told as if it were whole")
            return
        }
        #expect(sentence.hasPrefix("the history \(place.database) cannot be used"))
        #expect(sentence.contains("policy_version") && !sentence.contains("\n"))
    }

    @Test func whatThereIsNoRoomForIsToldFromMemory() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try #require(mkfifo(place.database + "-shm", 0o600) == 0)
        let time = ManualTime()
        let history = try SQLiteHistory(place, user: "op", waits: true, time: time)
        let changes = await fill(history)
        guard case .waiting(let known?, let trouble) = await history.answer(about: one, remedy: Self.remedy) else {
            Issue.record("nothing is known of it")
            return
        }
        #expect(known.domain == one && known.changes == [changes[1], changes[0]])
        #expect(known.policies.map(\.value.id) == ["20261124"])
        #expect(known.samples.map(\.looks) == [3] && known.samples[0].bounced == 1)
        #expect(trouble.hasPrefix("the history \(place.database) cannot"))
        // Once it is in the file it comes from there.
        try FileManager.default.removeItem(atPath: place.database + "-shm")
        time.advance(60)
        #expect(await history.flush() == 0)
        guard case .kept(let kept?) = await history.answer(about: one, remedy: Self.remedy) else {
            Issue.record("nothing is kept")
            return
        }
        #expect(kept.changes == known.changes)
    }

    @Test func whatIsKeptNowhereIsToldFromMemoryWithTheRemedy() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let history = TransientHistory(user: "op")
        let changes = await fill(history)
        guard case .unkept(let known?, Self.remedy) = await history.answer(about: one, remedy: Self.remedy) else {
            Issue.record("nothing is known of it")
            return
        }
        #expect(known.changes == [changes[1], changes[0]])
        #expect(known.samples.map(\.looks) == [3] && known.samples[0].bounced == 1)
        let other = try #require(DomainName("other.example"))
        guard case .unkept(nil, Self.remedy) = await history.answer(about: other, remedy: Self.remedy) else {
            Issue.record("something is known of a stranger")
            return
        }
    }
}
