import Testing

@testable import MTASTS

@Suite struct PolicyEditTests {
    private let body =
        "version: STSv1\r\nmode: enforce\r\nmx: mx1.a.test\r\nmx: *.B.test\r\nnote: kept\r\nmax_age: 86400"

    private func edited(_ body: String?, _ bend: (inout PolicyEdit) throws -> Void) rethrows -> String {
        var edit = PolicyEdit()
        try bend(&edit)
        return String(decoding: edit.applied(to: body.map { Array($0.utf8) }), as: UTF8.self)
    }

    private func pattern(_ text: String) throws -> MXPattern { try #require(MXPattern(text: text)) }

    @Test func nothingPlannedIsTheSameBytes() {
        #expect(edited(body) { _ in } == body)
        #expect(PolicyEdit().isEmpty)
    }

    @Test func eachLineKeepsItsPlaceItsEndAndItsStrangers() throws {
        let text = try edited(body) {
            $0.mode = .testing
            $0.removedMX = [try pattern("*.b.TEST")]
            $0.addedMX = [try pattern("mx9.c.test"), try pattern("*.d.test")]
            $0.maxAge = 604_800
        }
        #expect(
            text == "version: STSv1\r\nmode: testing\r\nmx: mx1.a.test\r\nmx: mx9.c.test\r\nmx: *.d.test\r\n"
                + "note: kept\r\nmax_age: 604800")
        #expect(STSPolicyParser.parse(Array(text.utf8)).isValid)
    }

    @Test func aLineAfterTheLastOneGivesThatAnEnd() throws {
        let text = try edited("version: STSv1\nmax_age: 86400\nmode: none") { $0.addedMX = [try pattern("a.test")] }
        #expect(text == "version: STSv1\nmax_age: 86400\nmode: none\nmx: a.test\n")
    }

    @Test func allMXLinesMayGoAndComeAfterTheMode() throws {
        let text = try edited(body) {
            $0.removedMX = [try pattern("mx1.a.test"), try pattern("*.b.test")]
            $0.addedMX = [try pattern("new.test")]
        }
        #expect(text == "version: STSv1\r\nmode: enforce\r\nmx: new.test\r\nnote: kept\r\nmax_age: 86400")
    }

    @Test("Where there is no policy a file is begun", arguments: [nil, "", "<html>\n<body>gone</body>\n", "\u{0}\n\n"])
    func begun(_ body: String?) throws {
        let text = try edited(body) {
            $0.mode = .testing
            $0.addedMX = [try pattern("mx1.a.test")]
            $0.maxAge = 604_800
        }
        #expect(text == "version: STSv1\nmode: testing\nmx: mx1.a.test\nmax_age: 604800\n")
        #expect(STSPolicyParser.parse(Array(text.utf8)).isValid)
    }

    @Test func anInvalidFileIsMendedByTheLineThatIsWrong() {
        let broken = "version: STSv1\nmode: enforced\nmx: a.test\nmax_age: 86400\n"
        #expect(!STSPolicyParser.parse(Array(broken.utf8)).isValid)
        let text = edited(broken) { $0.mode = .enforce }
        #expect(STSPolicyParser.parse(Array(text.utf8)).policy?.mode == .enforce)
    }

    @Test func aPatternIsReadToTheLetter() {
        #expect(MXPattern(text: "*.a.test")?.isWildcard == true)
        for text in ["", "*.", "a b", "*a.test", "mx..test", "b\u{fc}cher.test"] {
            #expect(MXPattern(text: text) == nil)
        }
    }
}
