import Testing

@testable import MTASTS

@Suite struct TLSRPTParserTests {
    private func parse(_ records: String...) -> TLSRPTResult {
        TLSRPTParser.parse(records: records.map { Array($0.utf8) })
    }

    @Test(arguments: [
        ("v=TLSRPTv1; rua=mailto:tls@a.test", ["mailto:tls@a.test"]),
        ("v=TLSRPTv1;rua=mailto:tls@a.test;", ["mailto:tls@a.test"]),
        (
            "v=TLSRPTv1; rua=mailto:tls@a.test , https://r.a.test/v1?x=1&y=%2C;",
            ["mailto:tls@a.test", "https://r.a.test/v1?x=1&y=%2C"]
        ),
        ("v=TLSRPTv1; rua=MAILTO:tls@a.test", ["MAILTO:tls@a.test"]),
        ("v=TLSRPTv1; x=y; rua=mailto:tls@a.test; rua=mailto:other@a.test", ["mailto:tls@a.test"]),
        ("v=TLSRPTv1; rua=ftp://a.test/,mailto:tls@a.test", ["mailto:tls@a.test"]),
        ("v=TLSRPTv1; rua=https://[2001:db8::1]:8443/report", ["https://[2001:db8::1]:8443/report"]),
    ])
    func readsValidRecords(text: String, rua: [String]) {
        guard case .valid(let record, let lenient, _) = parse(text) else {
            Issue.record("\(text): \(parse(text))")
            return
        }
        #expect(record.rua == rua)
        #expect(!lenient)
    }

    @Test func aBlankBeforeTheFirstSemicolonIsLenient() {
        let text = "v=TLSRPTv1 ; rua=mailto:a@b.test"
        #expect(
            parse(text) == .valid(TLSRPTRecord(rua: ["mailto:a@b.test"]), lenient: true, raw: Array(text.utf8)))
    }

    @Test(arguments: ["", "v=TLSRPTv1", "V=TLSRPTv1; rua=mailto:a@b.test", "v=TLSRPTv2; rua=mailto:a@b.test"])
    func discardsWhatIsNoRecordOfThisKind(text: String) {
        #expect(parse(text) == .missing)
    }

    @Test func severalRecordsAreUnusable() {
        #expect(
            parse("v=TLSRPTv1; rua=mailto:a@b.test", "v=TLSRPTv1; rua=mailto:a@b.test")
                == .multiple([
                    Array("v=TLSRPTv1; rua=mailto:a@b.test".utf8), Array("v=TLSRPTv1; rua=mailto:a@b.test".utf8),
                ]))
    }

    @Test(arguments: [
        ("v=TLSRPTv1;", 12, "no rua"),
        ("v=TLSRPTv1; rua=", 17, "end of field"),
        ("v=TLSRPTv1; rua=tls@a.test", 17, "tls@a.test"),
        ("v=TLSRPTv1; rua=http://a.test/", 17, "http://a.test/"),
        ("v=TLSRPTv1; rua=mailto:", 24, "end of URI"),
        ("v=TLSRPTv1; rua=mailto:tls", 24, "tls"),
        ("v=TLSRPTv1; rua=mailto:@a.test", 24, "@a.test"),
        ("v=TLSRPTv1; rua=https:a.test", 23, "a.test"),
        ("v=TLSRPTv1; rua=https:///x", 23, "///x"),
        ("v=TLSRPTv1; rua=mailto:a@b.test,", 33, "end of URI"),
        ("v=TLSRPTv1; rua=mailto:a@b.test,,mailto:c@b.test", 33, "end of URI"),
        ("v=TLSRPTv1; rua=mailto:a!b@c.test", 25, "!b@c.test"),
        ("v=TLSRPTv1; rua=mailto:a%4@c.test", 25, "%4@c.test"),
        ("v=TLSRPTv1; rua=mailto:a@b.test mailto:c@b.test", 32, " mailto:c@b.test"),
        ("v=TLSRPTv1; rua=<mailto:a@b.test>", 17, "<mailto:a@b.test>"),
    ])
    func tellsWhereAnInvalidRecordLeavesTheGrammar(text: String, column: Int, found: String) {
        guard case .invalid(let errors, _) = parse(text) else {
            Issue.record("\(text): \(parse(text))")
            return
        }
        #expect(errors.first?.column == column)
        #expect(errors.first?.found == found)
    }

    @Test func survivesEveryByteAnywhere() {
        let good = Array("v=TLSRPTv1; rua=mailto:a@b.test,https://c.test/%2C; x=y".utf8)
        for index in good.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = good
                bytes[index] = byte
                if case .invalid(let errors, _) = TLSRPTParser.parse(records: [bytes]) {
                    #expect(!errors.isEmpty)
                    #expect(errors.allSatisfy { (1...bytes.count + 1).contains($0.column) })
                }
            }
        }
    }
}
