import Testing

@testable import MTASTS

@Suite struct KnownSenderTests {
    private static let names = KnownSender.allCases.map(\.rawValue)

    private func parse(_ text: String) -> STSPolicyResult { STSPolicyParser.parse(Array(text.utf8)) }

    private func accepting(_ text: String) -> Set<String> {
        Set(parse(text).disagreements.filter(\.accepts).map(\.sender))
    }

    private static let good = "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\n"

    @Test func onAPlainPolicyAllAgree() {
        #expect(parse(Self.good).disagreements.isEmpty)
        #expect(parse(Self.good.replacing("\n", with: "\r\n")).disagreements.isEmpty)
        #expect(parse(Self.good + "note: x\n").disagreements.isEmpty)
    }

    @Test func whereNobodyAcceptsAllAgreeToo() {
        let result = parse(Self.good.replacing("enforce", with: "enforced"))
        #expect(!result.isValid)
        #expect(result.disagreements.isEmpty)
        #expect(result.lenient == nil)
    }

    @Test func aBlankLineSplitsThem() throws {
        for text in [Self.good + "\n", Self.good.replacing("mx:", with: "\nmx:"), Self.good + "\r\n"] {
            let result = parse(text)
            #expect(result.isAmbiguous)
            #expect(Set(Self.names).subtracting(accepting(text)) == ["mox", "go-mtasts (maddy)"])
            let lenient = try #require(result.lenient)
            #expect(lenient == STSPolicy(mode: .enforce, maxAge: 604_800, mx: parse(Self.good).policy?.mx ?? []))
            #expect(result.disagreements.map(\.sender) == Self.names)
        }
    }

    @Test func anExcessiveMaxAgeSplitsThem() {
        let text = Self.good.replacing("604800", with: "99999999")
        #expect(
            Set(Self.names).subtracting(accepting(text)) == ["postfix-mta-sts-resolver", "mailauth (ZoneMTA)"])
        #expect(parse(text).lenient?.maxAge == STSPolicy.greatestMaxAge)
        #expect(!accepting(Self.good.replacing("604800", with: "9999999999")).contains("mox"))
    }

    @Test(arguments: [
        (
            "+604800",
            ["postfix-mta-sts-resolver", "chasquid", "go-mtasts (maddy)", "KumoMTA", "Stalwart", "mailauth (ZoneMTA)"]
        ),
        ("604,800", ["Stalwart"]),
        ("604800.5", ["Stalwart", "mailauth (ZoneMTA)"]),
        ("604_800", ["postfix-mta-sts-resolver", "Stalwart"]),
        (
            "00000604800",
            [
                "postfix-mta-sts-resolver", "postfix-tlspol", "chasquid", "go-mtasts (maddy)", "KumoMTA", "Stalwart",
                "mailauth (ZoneMTA)",
            ]
        ),
    ])
    func eachReadsNumbersAsItsLanguageDoes(age: String, senders: [String]) {
        #expect(accepting(Self.good.replacing("604800", with: age)) == Set(senders))
    }

    @Test func modeNoneWithoutMXIsValidYetSomeReject() {
        let result = parse("version: STSv1\nmode: none\nmax_age: 86400\n")
        #expect(result.isValid)
        #expect(!result.isAmbiguous)
        #expect(result.disagreements.filter { !$0.accepts }.map(\.sender) == ["chasquid", "Stalwart"])
    }

    @Test func maxAgeZeroIsValidYetOneRejects() {
        let result = parse(Self.good.replacing("604800", with: "0"))
        #expect(result.isValid)
        #expect(result.disagreements.filter { !$0.accepts }.map(\.sender) == ["chasquid"])
    }

    @Test func aRepeatedModeIsReadThreeWays() {
        let result = parse(Self.good + "mode: none\n")
        #expect(result.policy?.mode == .enforce)
        let modes = Dictionary(uniqueKeysWithValues: result.disagreements.map { ($0.sender, $0.reading?.mode) })
        #expect(modes["mox"] == .enforce)
        #expect(modes["chasquid"] == STSPolicy.Mode.none)
        #expect(modes["KumoMTA"] == .some(nil))
        #expect(result.disagreements.filter(\.differs).map(\.sender).contains("chasquid"))
    }

    @Test func whiteSpaceAroundKeysSplitsThem() {
        let indented = Self.good.replacing("mode", with: "  mode")
        #expect(accepting(indented) == ["postfix-tlspol", "chasquid", "KumoMTA", "Stalwart", "mailauth (ZoneMTA)"])
        #expect(accepting(Self.good.replacing("mode:", with: "mode :")) == accepting(indented))
    }

    @Test func aCommentSwallowsTheNextKeyInStalwart() throws {
        let result = parse("version: STSv1\n# the mode\nmode: enforce\nmx: a.test\nmax_age: 604800\n")
        let stalwart = try #require(result.disagreements.first { $0.sender == "Stalwart" })
        #expect(stalwart.reading?.mode == STSPolicy.Mode.none)
        #expect(result.disagreements.first { $0.sender == "chasquid" }?.reading?.mode == .enforce)
        #expect(result.disagreements.first { $0.sender == "KumoMTA" }?.accepts == false)
        // The worst reading counts.
        #expect(result.lenient?.mode == .enforce)
    }

    @Test func aSecondColonSpoilsALineForOne() {
        let result = parse(Self.good + "note: a: b\n")
        #expect(result.isValid)
        #expect(result.disagreements.filter { !$0.accepts }.map(\.sender) == ["go-mtasts (maddy)"])
    }

    @Test func aByteOrderMarkIsWhiteSpaceForOne() {
        #expect(accepting("\u{feff}" + Self.good).isSuperset(of: ["mailauth (ZoneMTA)"]))
        #expect(!accepting("\u{feff}" + Self.good).contains("chasquid"))
    }

    @Test func patternsThatMatchNothingLeaveAnEnforcingReadingWithoutHosts() throws {
        let result = parse(Self.good.replacing("a.test", with: "a.test b.test"))
        #expect(result.isAmbiguous)
        let lenient = try #require(result.lenient)
        #expect(lenient.mode == .enforce)
        #expect(lenient.mx.isEmpty)
        #expect(result.disagreements.first { $0.sender == "postfix-tlspol" }?.accepts == false)
    }

    @Test func anUnderscoreIsComparedAsText() throws {
        let host = try #require(DomainName("_dc.a.test"))
        #expect(parse(Self.good.replacing("a.test", with: "_dc.a.test")).lenient?.covers(host) == true)
    }

    @Test func caseOfModeAndKeysMattersToAllButOne() {
        #expect(accepting(Self.good.replacing("enforce", with: "Enforce")) == ["mailauth (ZoneMTA)"])
    }

    @Test func linesThatEndInCRAloneAreReadByOne() {
        #expect(accepting(Self.good.replacing("\n", with: "\r")) == ["postfix-mta-sts-resolver"])
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    }
}
