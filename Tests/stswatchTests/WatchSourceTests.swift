import Dashboard
import Foundation
import MTASTS
import Settings
import Testing

@testable import stswatch

/// The list that is watched: the file, and what was added and removed by hand.
@Suite struct WatchSourceTests {
    @Test func whatWasDoneByHandOutlivesAReload() throws {
        let folder = try Tool.temporaryFolder("stswatch-list")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("list")
        func write(_ names: String...) throws {
            try names.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
        }
        func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }
        try write("a.example", "b.example")
        var source = try WatchSource(path: file.path)
        func watched() -> [String] { source.watched.map(\.domain.text) }
        func add(_ text: String) throws -> Bool {
            source.add(WatchListEntry(domain: try name(text), tags: ["hand"], line: 1))
        }
        #expect(try add("mine.example") && !add("mine.example") && !add("a.example"))
        #expect(source.watched.map(\.tags) == [[], [], ["hand"]])
        source.remove(try name("b.example"))
        #expect(watched() == ["a.example", "mine.example"])
        try write("a.example", "b.example", "c.example")
        source.reload()
        #expect(watched() == ["a.example", "c.example", "mine.example"])
        // Each the other way round.
        #expect(try add("b.example"))
        source.remove(try name("mine.example"))
        try write("b.example", "mine.example")
        source.reload()
        #expect(watched() == ["b.example"])
    }
}
