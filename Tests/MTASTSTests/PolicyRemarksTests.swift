import Testing

@testable import MTASTS

@Suite struct PolicyRemarksTests {
    private func codes(_ text: String) -> [LintRemark.Code] {
        STSPolicyParser.parse(Array(text.utf8)).remarks.map(\.code)
    }

    private func codes(mx: String...) -> [LintRemark.Code] {
        codes("version: STSv1\nmode: enforce\n" + mx.map { "mx: \($0)\n" }.joined() + "max_age: 604800\n")
    }

    @Test(
        arguments: [
            ("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\n", []),
            ("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800", [.noFinalNewline]),
            ("version: STSv1\r\nmode: enforce\nmx: a.test\nmax_age: 604800\n", [.lineEndsMixed]),
            ("version: STSv1 \nmode:  enforce\nmx: a.test\nmax_age: 604800\n", [.trailingBlanks, .wideGap]),
            ("version: STSv1\nmode: testing\nmx: a.test\nmax_age: 604799\n", [.testing, .maxAgeUnderWeek]),
            ("version: STSv1\nmode: none\nmax_age: 86399\n", [.modeNone, .maxAgeShort]),
            ("version: STSv1\nmode: none\nmx: a.test\nmax_age: 0\n", [.modeNone, .mxWithModeNone, .maxAgeZero]),
            ("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\nmode: none\n", [.duplicateKey]),
            (
                "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\nnote: x\nMX: b.test\n",
                [.unknownKey, .unknownKey]
            ),
            (
                "---\nlayout: none\n---\nversion: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\n",
                [.frontMatter, .unknownKey]
            ),
            ("{\\rtf1\nversion: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\n", [.richText]),
            ("version: STSv1\nmode: [enforce|testing|none]\nmx: a.test\nmax_age: 604800\n", [.unfilledTemplate]),
        ] as [(String, [LintRemark.Code])])
    func remarksOnTheFile(text: String, expected: [LintRemark.Code]) {
        #expect(codes(text) == expected)
    }

    @Test func remarksOnPatterns() {
        #expect(codes(mx: "mx.shop.test", "*.relay.test") == [])
        #expect(codes(mx: "MX.shop.test") == [.mxUpperCase])
        #expect(codes(mx: "mx.shop.test", "MX.SHOP.test") == [.mxDuplicate, .mxUpperCase])
        #expect(codes(mx: "192.0.2.1") == [.mxAddress])
        #expect(codes(mx: "localhost") == [.mxSingleLabel])
        #expect(codes(mx: "mail.yourdomain.net", "mx.example.com") == [.mxPlaceholder, .mxPlaceholder])
        #expect(codes(mx: "smtp.gmail.com") == [.mxSubmissionHost])
        #expect(codes(mx: "abc.mx-verification.google.com") == [.mxVerificationHost])
        #expect(codes(mx: "shop.co.test.mail.protection.outlook.com") == [.mxMicrosoftDots])
        #expect(codes(mx: "shop-co-test.mail.protection.outlook.com") == [])
        #expect(codes(mx: "*.mail.protection.outlook.com") == [.mxSharedWildcard])
        #expect(codes(mx: "*.google.com") == [.mxWildcardDepth])
    }

    @Test func aKeyInTheWrongCaseSaysWhichIsMeant() {
        let remarks = STSPolicyParser.parse(Array("Mode: enforce\n".utf8)).remarks
        #expect(remarks.first?.severity == .warning)
        #expect(remarks.first?.text.contains("`mode` is meant") == true)
    }

    @Test func remarksStandInTheOrderOfTheFile() {
        let result = STSPolicyParser.parse(
            Array("mx: MX.shop.test\nnote: x\nmode: testing \nversion: STSv1\nmax_age: 60".utf8))
        #expect(result.remarks.map { $0.line ?? 0 } == [0, 1, 2, 3, 3, 5])
    }
}
