import Deliverability
import FoundationEssentials
import MTASTS
import Polling
import Testing

@testable import Settings

@Suite struct WatchListTests {
    private func parse(_ text: String) -> WatchList { WatchList.parse(Array(text.utf8)) }

    @Test func readsDomainsTagsAndComments() {
        let list = parse(
            """
            # customers

            Example.com
            b.example   @customers @gold  # since 2019
            \tc.example.\t@a.b-c_9
            m\u{fc}nchen.example #not a tag
            """)
        #expect(list.problems.isEmpty)
        #expect(
            list.entries.map(\.domain.text) == ["example.com", "b.example", "c.example", "xn--mnchen-3ya.example"])
        #expect(list.entries.map(\.tags) == [[], ["customers", "gold"], ["a.b-c_9"], []])
        #expect(list.entries.map(\.line) == [3, 4, 5, 6])
    }

    @Test func readsOptions() throws {
        let list = parse(
            "a.example @x interval=30s expect=enforce mute=2026-12-01T02:00Z/4h mute=2026-12-05T02:00:30Z/1d # night\n")
        #expect(list.problems.isEmpty)
        let entry = try #require(list.entries.first)
        #expect(entry.tags == ["x"])
        #expect(entry.options.interval == 30)
        #expect(entry.options.expects == .enforce)
        let night = Date(timeIntervalSince1970: 1_796_090_400)
        #expect(entry.options.mutes.first == MaintenanceWindow(start: night, end: night + 14_400))
        #expect(entry.options.mutes.last?.end == night + 4 * 86_400 + 30 + 86_400)
        #expect(entry.options.isMuted(at: night) && entry.options.isMuted(at: night + 14_399))
        #expect(!entry.options.isMuted(at: night + 14_400) && !entry.options.isMuted(at: night - 1))
    }

    @Test(
        arguments: [
            "interval=0", "interval=x", "interval=", "expect=none", "expect=Enforce", "mute=now/4h",
            "mute=2026-12-01T02:00Z",
            "mute=2026-12-01T02:00Z/0s", "mute=2026-12-01T02:00+01:00/4h", "mute=2026-13-01T02:00Z/4h", "color=red",
            "=x",
        ])
    func aBadOptionIsReportedAndTheDomainIsWatched(_ option: String) {
        let list = parse("a.example \(option) @x\n")
        #expect(list.entries.map(\.options) == [WatchOptions()])
        #expect(list.entries.map(\.tags) == [["x"]])
        #expect(list.problems.map(\.line) == [1])
        #expect(list.problems.first?.text == option)
    }

    @Test func optionsOfASecondLineCountForNothingAndAreTold() {
        let list = parse("a.example interval=30s\na.example interval=60s\n")
        #expect(list.entries.map(\.options.interval) == [30])
        #expect(list.problems.first?.reason.contains("count for nothing") == true)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyLineEndCounts(end: String) {
        let list = parse(["a.example", "", "b.example", "bad", "c.example"].joined(separator: end) + end)
        #expect(list.entries.map(\.line) == [1, 3, 5])
        #expect(list.problems.map(\.line) == [4])
    }

    @Test func aByteOrderMarkIsSkipped() {
        let list = WatchList.parse([0xef, 0xbb, 0xbf] + Array("a.example\n".utf8))
        #expect(list.entries.map(\.domain.text) == ["a.example"])
        #expect(list.problems.isEmpty)
    }

    @Test func whatIsBadIsReportedAndWhatIsGoodIsKept() {
        let list = parse(
            """
            good.example
            user@bad.example
            https://bad.example/
            bad
            GOOD.example
            also.example @ok stray @no! @\(String(repeating: "t", count: 33))
            @lonely
            two.example three.example
            """)
        #expect(list.entries.map(\.domain.text) == ["good.example", "also.example", "two.example"])
        #expect(list.entries.map(\.tags) == [[], ["ok"], []])
        #expect(list.problems.map(\.line) == [2, 3, 4, 5, 6, 6, 6, 7, 8])
        #expect(list.problems[0].text == "user@bad.example")
        #expect(list.problems[3].reason == "listed on line 1 already")
        #expect(list.problems[4].text == "stray")
        #expect(list.problems[7].reason.contains("without a domain"))
        #expect(list.problems[8].text == "three.example")
    }

    @Test func aDuplicateAddsItsTags() {
        let list = parse("a.example @x\nm\u{fc}.example\nA.example @y @x\nxn--m-eha.example\n")
        #expect(list.entries.map(\.tags) == [["x", "y"], []])
        #expect(list.problems.map(\.line) == [3, 4])
        #expect(list.problems[0].reason.contains("its tags are added"))
        #expect(list.problems[1].reason == "listed on line 2 already")
    }

    @Test func hostileBytesAreReportedVisibly() {
        let bytes: [UInt8] = Array("a.example\n".utf8) + [0x61, 0x00, 0x62, 0x0a, 0xff, 0xfe, 0x0a, 0x1b, 0x5b, 0x0a]
        let list = WatchList.parse(bytes + Array("\u{202e}x.example\nb.example\n".utf8))
        #expect(list.entries.map(\.domain.text) == ["a.example", "b.example"])
        #expect(list.problems.map(\.line) == [2, 3, 4, 5])
        #expect(list.problems[0].text == #"a\x00b"#)
        #expect(list.problems[1].text == #"\xff\xfe"#)
        #expect(list.problems[1].reason == "not UTF-8 text")
        for problem in list.problems {
            #expect(problem.description.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        }
    }

    @Test func aVeryLongLineIsOneProblem() {
        let list = parse("a.example\n\(String(repeating: "x ", count: 500_000))\nb.example")
        #expect(list.entries.count == 2)
        #expect(list.problems.map(\.line) == [2])
        #expect(list.problems[0].text.utf8.count <= 64)
    }

    @Test func everyLineIsAccountedForInALongList() {
        let count = 100_000
        let text = (0..<count).map { $0 % 10 == 9 ? "bad_\($0).example" : "d\($0).example @t\($0 % 7)" }
            .joined(separator: "\n")
        let list = parse(text)
        #expect(list.entries.count == count / 10 * 9)
        #expect(list.problems.count == count / 10)
        #expect(list.entries.last?.line == count - 1)
    }

    @Test func nothingIsNothing() {
        #expect(parse("") == WatchList(entries: [], problems: []))
        #expect(parse("\n \n# x\n") == WatchList(entries: [], problems: []))
    }
}
