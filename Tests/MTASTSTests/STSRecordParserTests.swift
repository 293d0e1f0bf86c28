import Testing

@testable import MTASTS

@Suite struct STSRecordParserTests {
    private func parse(_ records: String...) -> STSRecordResult {
        STSRecordParser.parse(records: records.map { Array($0.utf8) })
    }

    @Test(arguments: [
        ("v=STSv1; id=20260101T000000", "20260101T000000"),
        ("v=STSv1; id=20260101T000000;", "20260101T000000"),
        ("v=STSv1;id=a", "a"),
        ("v=STSv1;\t id=a \t; \t", "a"),
        ("v=STSv1; id=ABCDEFGHIJKLMNOPQRSTUVWXYZ012345;", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"),
        ("v=STSv1; id=a; id=b", "a"),
        ("v=STSv1; id=a; id=b-c.d", "a"),
        ("v=STSv1; x.y-z_1=!~:<>; id=a", "a"),
    ])
    func readsValidRecords(text: String, id: String) {
        guard case .valid(let record, let lenient, let raw) = parse(text) else {
            Issue.record("\(text): \(parse(text))")
            return
        }
        #expect(record.id == id)
        #expect(!lenient)
        #expect(raw == Array(text.utf8))
    }

    @Test func keepsExtensionsInOrder() {
        guard case .valid(let record, _, _) = parse("v=STSv1; b=2; id=a; a=1; b=3;") else {
            Issue.record("invalid")
            return
        }
        #expect(record.extensions.map(\.name) == ["b", "a", "b"])
        #expect(record.extensions.map(\.value) == ["2", "1", "3"])
    }

    @Test(arguments: ["v=STSv1 ; id=a", "v=STSv1\t;id=a"])
    func aBlankBeforeTheFirstSemicolonIsLenient(text: String) {
        guard case .valid(let record, let lenient, _) = parse(text) else {
            Issue.record("\(parse(text))")
            return
        }
        #expect(record.id == "a")
        #expect(lenient)
    }

    @Test(arguments: [
        "", "V=STSv1; id=a", "v=stsv1; id=a", "id=a; v=STSv1;", " v=STSv1; id=a", "v=STSv1", "v=STSv12; id=a",
        "v=STSv1 id=a", "v=spf1 -all", "v =STSv1; id=a", "\"v=STSv1; id=a\"",
    ])
    func discardsWhatIsNoRecordOfThisKind(text: String) {
        #expect(parse(text) == .missing)
        #expect(parse(text, "v=STSv1; id=a") == parse("v=STSv1; id=a"))
    }

    @Test func noRecordsAreMissing() {
        #expect(STSRecordParser.parse(records: []) == .missing)
    }

    @Test func severalRecordsAreUnusable() {
        #expect(
            parse("v=STSv1; id=a", "v=spf1 -all", "v=STSv1; id=b")
                == .multiple([
                    Array("v=STSv1; id=a".utf8), Array("v=STSv1; id=b".utf8),
                ]))
        // Even where only one of them is well-formed, or both are the same.
        #expect(
            parse("v=STSv1; id=a", "v=STSv1; junk")
                == .multiple([
                    Array("v=STSv1; id=a".utf8), Array("v=STSv1; junk".utf8),
                ]))
        #expect(
            parse("v=STSv1 ; id=a", "v=STSv1 ; id=b")
                == .multiple([
                    Array("v=STSv1 ; id=a".utf8), Array("v=STSv1 ; id=b".utf8),
                ]))
    }

    @Test func aRecordThatIsOneOnlyByTheABNFMakesTheOtherLenient() {
        guard case .valid(let record, let lenient, _) = parse("v=STSv1 ; id=b", "v=STSv1; id=a") else {
            Issue.record("unusable")
            return
        }
        #expect(record.id == "a")
        #expect(lenient)
    }

    @Test(arguments: [
        ("v=STSv1;", 9, "no id"),
        ("v=STSv1; ", 10, "no id"),
        ("v=STSv1; x=y", 13, "no id"),
        ("v=STSv1; ID=a", 14, "no id"),
        ("v=STSv1; id=", 13, "end of field"),
        ("v=STSv1; id", 12, "end of field"),
        ("v=STSv1; id=a-b", 14, "-b"),
        ("v=STSv1; id=a_b", 14, "_b"),
        ("v=STSv1; id=2026.1", 17, ".1"),
        ("v=STSv1; id=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", 45, "6"),
        ("v=STSv1;; id=a", 9, "; id=a"),
        ("v=STSv1; ; id=a", 10, "; id=a"),
        ("v=STSv1; id=a;;", 15, ";"),
        ("v=STSv1; id=a b=c", 14, " b=c"),
        ("v=STSv1; id=a ", 14, " "),
        ("v=STSv1; id =a", 12, " =a"),
        ("v=STSv1; id=a=b", 14, "=b"),
        ("v=STSv1; -x=1; id=a", 10, "-x=1"),
        ("v=STSv1; abcdefghijklmnopqrstuvwxyz0123456=1; id=a", 42, "6=1"),
        ("v=STSv1; x=caf\u{e9}; id=a", 15, "\\xc3\\xa9"),
        ("v=STSv1; id=\u{e9}", 13, "\\xc3\\xa9"),
        ("v=STSv1; id=a\"", 14, "\""),
    ])
    func tellsWhereAnInvalidRecordLeavesTheGrammar(text: String, column: Int, found: String) {
        guard case .invalid(let errors, let raw) = parse(text) else {
            Issue.record("\(text): \(parse(text))")
            return
        }
        #expect(errors.first?.line == 1)
        #expect(errors.first?.column == column)
        #expect(errors.first?.found == found)
        #expect(errors.first?.expected.isEmpty == false)
        #expect(raw == Array(text.utf8))
    }

    @Test func tellsEveryErrorInOrder() {
        guard case .invalid(let errors, _) = parse("v=STSv1; =x;; id=a-b; y") else {
            Issue.record("not invalid")
            return
        }
        #expect(errors.map(\.column) == [10, 13, 19, 24])
    }

    @Test func idsDifferByCase() {
        guard case .valid(let upper, _, _) = parse("v=STSv1; id=A"),
            case .valid(let lower, _, _) = parse("v=STSv1; id=a")
        else {
            Issue.record("invalid")
            return
        }
        #expect(upper != lower)
    }

    @Test func survivesEveryByteAnywhere() {
        let good = Array("v=STSv1; id=abc; x=y;".utf8)
        for index in good.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = good
                bytes[index] = byte
                if case .invalid(let errors, _) = STSRecordParser.parse(records: [bytes]) {
                    #expect(!errors.isEmpty)
                    #expect(errors.allSatisfy { (1...bytes.count + 1).contains($0.column) })
                }
            }
        }
    }
}
