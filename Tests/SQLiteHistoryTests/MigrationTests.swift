import Deliverability
import Foundation
import GRDB
import MTASTS
import Polling
import Testing

@testable import SQLiteHistory

@Suite struct MigrationTests {
    @Test func theFirstShapeIsBroughtToThePresentOne() async throws {
        let folder = Folder()
        try FileManager.default.createDirectory(atPath: folder.place.directory, withIntermediateDirectories: true)
        try VersionOne.write(folder.place.database)
        let history = try folder.open()
        let domain = Past.name("example.com")
        let snapshot = try history.snapshot()
        #expect(snapshot.statuses.map(\.digest.state) == [.bouncing])
        #expect(snapshot.statuses.map(\.digest.checkedAt) == [Past.start.addingTimeInterval(300)])
        let change = try #require(snapshot.changes.first)
        #expect(change.id == 7 && change.code == .starttlsRemoved && change.acknowledgedAt == nil)
        #expect(change.turns == [.init(sender: .mtaSTS, from: .delivers, to: .refused)])
        #expect(change.news == nil)
        let memory = try #require(await history.memory(of: domain))
        #expect(memory.hadMXRecords && memory.state?.value == .bouncing)
        #expect(memory.state?.since == Past.start.addingTimeInterval(60))
        #expect(await history.verdict(of: domain)?.why == "no STARTTLS on mx")
        let past = try #require(await history.history(of: domain))
        #expect(past.policies.map(\.value.id) == ["20261124"] && past.records.count == 1)
        #expect(past.policies.map(\.value.body) == [Array("version: STSv1".utf8)])
        #expect(past.mxSets.map(\.value) == [["10 mx.example.com"]])
        #expect(past.samples.isEmpty)
        // And it is written on, under identifiers that go on.
        var later = Past("example.com")
        later.definite = await history.verdict(of: domain)
        let told = await history.append([later.look(at: Past.start.addingTimeInterval(600))])
        await history.flush(all: true)
        #expect(told.first?.id == 8 && told.first?.stateBefore == .bouncing)
        #expect(told.first?.news == [])
        #expect(await history.changes(most: 1) == told)
        #expect(try await history.history(of: domain)?.samples.count == 1)
        #expect(try await history.faults().isEmpty)
    }

    @Test func everyShapeIsReachedInTheSameWay() throws {
        let (old, new) = (Folder(), Folder())
        try FileManager.default.createDirectory(atPath: old.place.directory, withIntermediateDirectories: true)
        try VersionOne.write(old.place.database)
        func schema(_ folder: Folder) throws -> [String] {
            try folder.open().database.pool.read { db in
                try String.fetchAll(
                    db,
                    sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' ORDER BY sql")
            }
        }
        #expect(try schema(old) == schema(new))
    }
}
