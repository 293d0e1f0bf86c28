import Dashboard
import Foundation
import MTASTS
import Settings
import Testing

@testable import stswatch

/// The list that is watched: the file, and what was added and removed by hand.
@Suite struct WatchSourceTests {
    /// Whatever a look at the list meets while somebody writes it, it is read again when it is whole.
    @Test func aListThatWasEmptyOrGoneIsReadWhenItIsBack() throws {
        let folder = try Tool.temporaryFolder("stswatch-list")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("list")
        func write(_ text: String) throws { try text.write(to: file, atomically: true, encoding: .utf8) }
        try write("a.example\n")
        var source = try WatchSource(path: file.path)
        #expect(!source.isStale)
        for (loss, back) in [
            ({ try write("") }, "b.example"), ({ try FileManager.default.removeItem(at: file) }, "c.example"),
        ]
            as [(() throws -> Void, String)]
        {
            try loss()
            #expect(source.isStale)
            source.reload()
            #expect(source.problems.count == 1 && source.watched.count == 1 && !source.isStale)
            try write("\(back)\n")
            #expect(source.isStale)
            source.reload()
            #expect(source.watched.map(\.domain.text) == [back] && source.problems.isEmpty && !source.isStale)
        }
    }

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
