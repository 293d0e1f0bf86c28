import Testing

@testable import MTASTS

@Suite struct STSPolicyParserTests {
    private func parse(_ text: String) -> STSPolicyResult { STSPolicyParser.parse(Array(text.utf8)) }

    private static let head = "version: STSv1\nmode: enforce\n"
    private static let good = head + "mx: mx1.shop.test\nmax_age: 604800\n"

    @Test func readsAPolicy() throws {
        let result = parse(
            "version: STSv1\r\nmode: testing\r\nmx: mx1.shop.test\r\nmx: *.Relay.test\r\nmax_age: 86400\r\n")
        let policy = try #require(result.policy)
        #expect(policy.mode == .testing)
        #expect(policy.maxAge == 86400)
        #expect(policy.mx.map(\.text) == ["mx1.shop.test", "*.Relay.test"])
        #expect(policy.mx.map(\.isWildcard) == [false, true])
        #expect(result.errors.isEmpty)
        #expect(result.disagreements.isEmpty)
        #expect(result.lenient == nil)
        #expect(!result.isAmbiguous)
    }

    @Test(arguments: [
        ("no final line end", head + "mx: a.test\nmax_age: 1"),
        ("mixed line ends", "version: STSv1\r\nmode: enforce\nmx: a.test\r\nmax_age: 604800\n"),
        ("tab after the colon", "version:\tSTSv1\nmode:\t enforce\nmx:\ta.test\nmax_age:\t604800\n"),
        ("no blank after the colon", "version:STSv1\nmode:enforce\nmx:a.test\nmax_age:604800\n"),
        ("trailing blanks", "version: STSv1 \nmode: enforce\t\nmx: a.test  \nmax_age: 604800 \t\r\n"),
        ("any order", "mx: a.test\nmax_age: 604800\nmode: enforce\nversion: STSv1\n"),
        ("unknown keys", good + "x-note: caf\u{e9} \u{2713}: a: b\nA.b-c_9: !~\n"),
        ("max_age zero", head + "mx: a.test\nmax_age: 0\n"),
        ("max_age at the limit", head + "mx: a.test\nmax_age: 31557600\n"),
        ("max_age with leading zeros", head + "mx: a.test\nmax_age: 0000604800\n"),
        ("mode none without mx", "version: STSv1\nmode: none\nmax_age: 86400\n"),
        ("a later mode is ignored, whatever it says", good + "mode: bogus\nmax_age: x\nversion: 9\n"),
        ("an address fits the grammar", head + "mx: 192.0.2.1\nmax_age: 604800\n"),
        ("one label", head + "mx: localhost\nmx: *.test\nmax_age: 604800\n"),
        ("digits and hyphens", head + "mx: 1-a--b.9.test\nmax_age: 604800\n"),
        ("A-label", head + "mx: xn--mx-eka.test\nmax_age: 604800\n"),
    ])
    func acceptsWhatTheGrammarAllows(name: String, text: String) {
        let result = parse(text)
        #expect(result.isValid, "\(name): \(result.errors)")
        #expect(result.errors.isEmpty)
    }

    /// name, text, line, column, found, expected (a part of it)
    static let broken: [(String, String, Int, Int, String, String)] = [
        ("empty file", "", 1, 1, "empty file", "version"),
        ("a single line end", "\n", 1, 1, "empty line", "blank lines"),
        ("blank line in the middle", head + "\nmx: a.test\nmax_age: 9\n", 3, 1, "empty line", "blank lines"),
        ("two line ends at the end", good + "\n", 5, 1, "empty line", "blank lines"),
        ("blank CRLF line at the end", good + "\r\n", 5, 1, "empty line", "blank lines"),
        ("line of blanks", good + "  \n", 5, 1, "  ", "blank lines"),
        ("indented", "  version: STSv1\nmode: none\nmax_age: 9\n", 1, 1, "  version: STSv1", "no white space"),
        ("white space before the colon", good + "x : y\n", 5, 2, " : y", "no white space"),
        ("comment", "# policy\n" + good, 1, 1, "# policy", "comments"),
        ("comment behind a value", head + "mx: a.test # main\nmax_age: 9\n", 3, 11, " # main", "one host a line"),
        ("comment behind max_age", head + "mx: a.test\nmax_age: 9 # s\n", 4, 11, " # s", "digits"),
        ("key=value", "version: STSv1\nmode=enforce\nmx: a.test\nmax_age: 9\n", 2, 5, "=enforce", "`:`"),
        ("no colon", good + "hello\n", 5, 6, "end of line", "`:`"),
        ("YAML list", head + "mx:\n- a.test\nmax_age: 9\n", 3, 4, "end of line", "a value"),
        ("front matter", "---\n" + good, 1, 1, "---", "YAML"),
        ("key too long", good + "k23456789012345678901234567890123: v\n", 5, 33, "3: v", "32 bytes"),
        ("empty value", good + "note:\n", 5, 6, "end of line", "a value"),
        ("control in an extension", good + "note: a\u{1}b\n", 5, 8, "\\x01b", "printable"),
        ("tab in an extension", good + "note: a\tb\n", 5, 8, "\\x09b", "tabs"),
        ("C1 control", good + "note: a\u{85}b\n", 5, 8, "\\xc2\\x85b", "printable"),
        ("bare CR in a line", good + "note: a\rb\n", 5, 8, "\\x0db", "printable"),
        ("CR at the end of the file", head + "mx: a.test\nmax_age: 9\r", 4, 11, "\\x0d", "printable"),
        ("version 2", "version: STSv2\nmode: none\nmax_age: 9\n", 1, 10, "STSv2", "`STSv1`"),
        ("version in lower case", "version: stsv1\nmode: none\nmax_age: 9\n", 1, 10, "stsv1", "`STSv1`"),
        ("key in upper case", "Version: STSv1\nmode: none\nmax_age: 9\n", 4, 1, "end of file", "version: STSv1"),
        ("mode in upper case", "version: STSv1\nmode: Enforce\nmx: a.test\nmax_age: 9\n", 2, 7, "Enforce", "`enforce`"),
        ("mode enforced", "version: STSv1\nmode: enforced\nmx: a.test\nmax_age: 9\n", 2, 7, "enforced", "`enforce`"),
        ("mode test", "version: STSv1\nmode: test\nmx: a.test\nmax_age: 9\n", 2, 7, "test", "`testing`"),
        ("mode missing", "version: STSv1\nmx: a.test\nmax_age: 9\n", 4, 1, "end of file", "mode"),
        ("max_age missing", head + "mx: a.test\n", 4, 1, "end of file", "max_age"),
        ("mx missing", head + "max_age: 9\n", 4, 1, "end of file", "mx"),
        ("max_age over the limit", head + "mx: a.test\nmax_age: 31557601\n", 4, 10, "31557601", "at most 31557600"),
        ("max_age of 11 digits", head + "mx: a.test\nmax_age: 00000604800\n", 4, 20, "0", "10 digits"),
        ("max_age signed", head + "mx: a.test\nmax_age: +604800\n", 4, 10, "+604800", "digits"),
        ("max_age negative", head + "mx: a.test\nmax_age: -1\n", 4, 10, "-1", "digits"),
        ("max_age decimal", head + "mx: a.test\nmax_age: 604800.0\n", 4, 16, ".0", "digits"),
        ("max_age with a comma", head + "mx: a.test\nmax_age: 604,800\n", 4, 13, ",800", "digits"),
        ("max_age with a unit", head + "mx: a.test\nmax_age: 7d\n", 4, 11, "d", "digits"),
        ("mx star", head + "mx: *\nmax_age: 9\n", 3, 5, "*", "whole first label"),
        ("mx star dot", head + "mx: *.\nmax_age: 9\n", 3, 7, "end of line", "after `*.`"),
        ("mx two stars", head + "mx: *.*.a.test\nmax_age: 9\n", 3, 7, "*.a.test", "only once"),
        ("mx star inside", head + "mx: mx*.a.test\nmax_age: 9\n", 3, 7, "*.a.test", "only once"),
        ("mx leading dot", head + "mx: .a.test\nmax_age: 9\n", 3, 5, ".a.test", "before the dot"),
        ("mx dot", head + "mx: .\nmax_age: 9\n", 3, 5, ".", "before the dot"),
        ("mx trailing dot", head + "mx: a.test.\nmax_age: 9\n", 3, 11, ".", "no dot at the end"),
        ("mx two dots", head + "mx: a..test\nmax_age: 9\n", 3, 7, ".test", "before the dot"),
        ("mx underscore", head + "mx: _mx.a.test\nmax_age: 9\n", 3, 5, "_mx.a.test", "underscore"),
        ("mx two hosts", head + "mx: a.test b.test\nmax_age: 9\n", 3, 11, " b.test", "one host a line"),
        ("mx two hosts with a comma", head + "mx: a.test, b.test\nmax_age: 9\n", 3, 11, ", b.test", "one host"),
        ("mx U-label", head + "mx: m\u{fc}.test\nmax_age: 9\n", 3, 6, "\\xc3\\xbc.test", "A-labels"),
        ("mx hyphen first", head + "mx: -a.test\nmax_age: 9\n", 3, 5, "-a.test", "begins with"),
        ("mx hyphen last", head + "mx: a-.test\nmax_age: 9\n", 3, 5, "a-.test", "ends with"),
        ("mx URL", head + "mx: https://a.test\nmax_age: 9\n", 3, 10, "://a.test", "letter, digit"),
        ("mx priority", head + "mx: 10 a.test\nmax_age: 9\n", 3, 7, " a.test", "one host"),
        ("mx address in brackets", head + "mx: [192.0.2.1]\nmax_age: 9\n", 3, 5, "[192.0.2.1]", "letter, digit"),
        ("mx template", head + "mx: <domain>.a.test\nmax_age: 9\n", 3, 5, "<domain>.a.test", "letter, digit"),
        (
            "mx label too long", head + "mx: \(String(repeating: "a", count: 64)).test\nmax_age: 9\n", 3, 5,
            String(repeating: "a", count: 61) + "...", "63 bytes"
        ),
        ("byte order mark", "\u{feff}" + good, 1, 1, "\\xef\\xbb\\xbf", "byte order mark"),
        ("HTML", "<!DOCTYPE html>\n<html></html>\n", 1, 1, "<!DOCTYPE html>", "HTML"),
        ("CR line ends", "version: STSv1\rmode: none\rmax_age: 9\r", 1, 15, "\\x0d", "not CR alone"),
        ("rich text", "{\\rtf1\n" + good, 1, 1, "{\\\\rtf1", "letter or digit"),
    ]

    @Test(arguments: broken)
    func tellsWhereAFileLeavesTheGrammar(
        name: String, text: String, line: Int, column: Int, found: String, expected: String
    ) throws {
        let result = parse(text)
        #expect(!result.isValid)
        let error = try #require(result.errors.first)
        #expect((error.line, error.column) == (line, column), "\(name): \(error)")
        #expect(error.found == found, "\(name)")
        #expect(error.expected.contains(expected), "\(name): \(error.expected)")
    }

    @Test func tellsEveryErrorInTheOrderOfTheFileAndWhatIsMissingLast() {
        let errors = parse("# note\nmode: maybe\n\nmx: a_b\nmax_age: 1y\n").errors
        #expect(errors.map(\.line) == [1, 2, 3, 4, 5, 6])
        #expect(errors.map(\.column) == [1, 7, 1, 6, 11, 1])
    }

    @Test(arguments: [
        ("UTF-16LE with a mark", [0xff, 0xfe] as [UInt8], false),
        ("UTF-16BE with a mark", [0xfe, 0xff], true),
        ("UTF-16LE", [], false),
        ("UTF-16BE", [], true),
    ])
    func utf16IsOneError(name: String, mark: [UInt8], isBigEndian: Bool) {
        let bytes = mark + Self.good.utf8.flatMap { isBigEndian ? [0, $0] : [$0, 0] }
        let result = STSPolicyParser.parse(bytes)
        #expect(result.errors.count == 1)
        #expect(result.errors.first?.expected.contains("UTF-16") == true, "\(name)")
        #expect(result.fields == PolicyFields())
    }

    @Test func aByteOrderMarkIsOneErrorAndTheRestIsRead() {
        let result = STSPolicyParser.parse([0xef, 0xbb, 0xbf] + Array((Self.good + "x=y\n").utf8))
        #expect(result.errors.map(\.line) == [1, 5])
        #expect(result.fields.version?.column == 13)
        #expect(result.fields.mode?.text == "enforce")
    }

    @Test func readsInPartWhatIsInvalid() {
        let fields = parse("version: STSv1\nmode: [testing]\nmx: a.test\nmx: b_c.test\nmx:\nmax_age: 604,800 \n").fields
        #expect(fields.mode?.text == "[testing]")
        #expect(fields.maxAge?.text == "604,800")
        #expect(fields.mx.map(\.text) == ["a.test", "b_c.test"])
        #expect(fields.mx.map(\.line) == [3, 4])
        #expect(fields.maxAge?.column == 10)
    }

    @Test func aFileOverTheLimitIsOneErrorAndNotRead() {
        let long = Self.good + String(repeating: "x: y\n", count: STSPolicyParser.greatestSize / 5)
        let result = parse(long)
        #expect(result.errors.count == 1)
        #expect(result.errors.first?.expected.contains("65536") == true)
        #expect(result.disagreements.isEmpty)
    }

    @Test func theNumberOfErrorsAndRemarksIsLimited() {
        let lines = String(repeating: "\n", count: 60_000)
        let result = parse(lines)
        #expect(result.errors.count == STSPolicyParser.mostErrors)
        #expect(result.furtherErrors == 60_000 + 4 - STSPolicyParser.mostErrors)
        let unknown = parse(Self.good + String(repeating: "a: b\n", count: 10_000))
        #expect(unknown.isValid)
        #expect(unknown.remarks.count == 100)
    }

    @Test func survivesEveryByteAnywhere() {
        let good = Array("version: STSv1\r\nmode: none\nmx: *.a.test\nx: y\nmax_age: 86400".utf8)
        for index in good.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = good
                bytes[index] = byte
                let result = STSPolicyParser.parse(bytes)
                let isSound = result.errors.allSatisfy { error in
                    error.line >= 1 && error.column >= 1 && error.found.utf8.count <= 64
                        && error.found.utf8.allSatisfy { (0x20...0x7e).contains($0) }
                }
                if result.isValid != result.errors.isEmpty || !isSound {
                    Issue.record("byte \(byte) at \(index): \(result.errors)")
                }
            }
        }
    }

    @Test func survivesEveryTruncation() {
        let good = Array(Self.good.utf8)
        for count in 0...good.count {
            let result = STSPolicyParser.parse(Array(good[..<count]))
            // max_age: 6, 60 ... 604800, with and without the line end.
            #expect(result.isValid == (count >= good.count - 6))
        }
    }

    /// Many hosts at once are covered as each of them is.
    @Test func coversManyAsOne() throws {
        let text = "version: STSv1\nmode: enforce\nmx: *.a.test\nmx: b.test\nmx: B.c.test\nmax_age: 1\n"
        let policy = try #require(STSPolicyParser.parse(Array(text.utf8)).policy)
        let hosts = ["x.a.test", "a.test", "x.y.a.test", "b.test", "x.b.test", "b.c.test"].compactMap { DomainName($0) }
        #expect(hosts.count == 6)
        #expect(policy.covered(hosts) == Set(hosts.filter(policy.covers)))
        #expect(policy.covered(hosts) == Set([hosts[0], hosts[3], hosts[5]]))
    }
}
