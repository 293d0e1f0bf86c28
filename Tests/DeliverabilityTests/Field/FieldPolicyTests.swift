import Evidence
import MTASTS
import Testing

@testable import Deliverability

/// The policy, its fetch and its match, rule by rule (RFC 8461 3.2, 3.3, 4.1, 4.2).
@Suite("The field: policy") struct FieldPolicyTests {
    private static let good =
        "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 604800\n"

    private static func twoModes(_ mx: String) -> String {
        "version: STSv1\nmode: testing\nmx: \(mx)\nmax_age: 604800\nmode: enforce\n"
    }

    private static func body(_ name: String, _ body: String, _ change: (inout FieldCase) -> Void) -> FieldCase {
        FieldCase(name) { $0.body = body }.expecting(change)
    }

    private static func valid(_ name: String, _ text: String) -> FieldCase {
        body(name, text) {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.state = .ok
            $0.silent = [.policyInvalid, .policyAmbiguous]
        }
    }

    /// Valid, and rejected or read otherwise by some known sender: who goes by the letter delivers.
    private static func split(_ name: String, _ text: String) -> FieldCase {
        body(name, text) {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.state = .warning
            $0.raises = [.policyAmbiguous]
            $0.silent = [.policyInvalid]
        }
    }

    private static func invalid(_ name: String, _ text: String, ambiguous: Bool? = nil) -> FieldCase {
        body(name, text) {
            $0.policy = .invalid
            $0.mtaSTS = Delivery.none
            $0.raises = ambiguous == true ? [.policyInvalid, .policyAmbiguous] : [.policyInvalid]
            $0.silent = ambiguous == false ? [.policyAmbiguous] : []
        }
    }

    private static func mx(_ value: String) -> FieldCase {
        invalid("mx \(VisibleText.printable(value))", good.replacing("mx: mx1.example.com", with: "mx: \(value)"))
    }

    private static func age(_ value: String) -> FieldCase {
        invalid("max_age \(value)", good.replacing("604800", with: value), ambiguous: true)
    }

    private static func fetch(
        _ name: String, _ failure: PolicyFetchFailure, _ status: PolicyReading.Status, _ code: FindingCode
    ) -> FieldCase {
        FieldCase(name) { $0.fetchFailure = failure }.expecting {
            $0.policy = status
            $0.mtaSTS = Delivery.none
            $0.raises = [code]
            $0.opportunistic = .delivers
            $0.silent = [.policyInvalid]
        }
    }

    private static func web(
        _ name: String, _ code: FindingCode, _ bend: @escaping @Sendable (inout Scene) -> Void
    ) -> FieldCase {
        FieldCase(name, bend).expecting {
            $0.policy = .unreachable
            $0.mtaSTS = Delivery.none
            $0.raises = [code]
        }
    }

    static let text: [FieldCase] = [
        valid("LF", good), valid("CRLF", good.replacing("\n", with: "\r\n")),
        valid("mixed line ends", good.replacing("enforce\n", with: "enforce\r\n")),
        valid("no final newline", String(good.dropLast())),
        invalid("a blank line", good.replacing("mode", with: "\nmode"), ambiguous: true),
        invalid("two newlines at the end", good + "\n", ambiguous: true),
        body(
            "a blank line before a bad mx: the lenient reading bounces",
            "\n" + good.replacing("mx1", with: "a").replacing("mx2", with: "b")
        ) {
            $0.policy = .invalid
            $0.state = .bouncing
            $0.raises = [.policyAmbiguous]
        },
        invalid("white space before a key", good.replacing("mode", with: "  mode")),
        invalid("white space before the colon", good.replacing("mode:", with: "mode :")),
        invalid("a byte order mark", "\u{feff}" + good), invalid("a comment", "# ours\n" + good),
        invalid("a YAML list", good.replacing("mx: mx1", with: "mx:\n  - mx1")),
        invalid("key=value", good.replacing("mode: ", with: "mode=")),
        split("a tab after the colon", good.replacing("mode: ", with: "mode:\t")),
        valid("trailing blanks", good.replacing("enforce", with: "enforce \t")),
        body("max_age 0 is valid, and told", good.replacing("604800", with: "0")) {
            $0.policy = .valid
            $0.raises = [.policyMaxAgeZero]
        },
        age("31557601"), age("00000604800"), age("+604800"), age("604800.0"), age("604,800"),
        valid("max_age 31557600 is the limit", good.replacing("604800", with: "31557600")),
        body("mode none without mx is valid, and some reject it", "version: STSv1\nmode: none\nmax_age: 86400\n") {
            $0.policy = .valid
            $0.mtaSTS = Delivery.none
            $0.state = .unprotected
            $0.raises = [.policyAmbiguous]
        },
        body("mode none with mx lines is read alike", good.replacing("enforce", with: "none")) {
            $0.policy = .valid
            $0.state = .unprotected
            $0.silent = [.policyAmbiguous]
        },
        invalid("enforce without mx", "version: STSv1\nmode: enforce\nmax_age: 604800\n"),
        invalid("testing without mx", "version: STSv1\nmode: testing\nmax_age: 604800\n"),
        invalid("mode Enforce", good.replacing("enforce", with: "Enforce")),
        invalid("mode enforced", good.replacing("enforce", with: "enforced"), ambiguous: false),
        invalid("mode test", good.replacing("enforce", with: "test"), ambiguous: false),
        mx("*"), mx("*.*.e"), mx("mx*.e"), mx(".e"), mx("mx1.example.com."), mx("_dc.example.com"),
        mx("mx1.example.com mx2.example.com"), mx("m\u{fc}.example"),
        body("an mx that can match no MX is told, and makes one sender reject the file", good + "mx: 192.0.2.1\n") {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.state = .warning
            $0.raises = [.policyMXUnused, .policyAmbiguous]
        },
        split("UTF-8 in an extension", good + "note: caf\u{e9}\n"),
        split("a colon in an extension", good + "note: a:b\n"),
        split("of a repeated mode the first counts, and some take the last", good + "mode: none\n"),
        split("a repeated mode of the same value", good + "mode: enforce\n"),
        body(
            "mode testing, then enforce, with no MX listed: who takes the last refuses all", twoModes("old.example.com")
        ) {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.enforced = .refused
            $0.state = .bouncing
            $0.raises = [.policyAmbiguous, .policyTesting]
        },
        body(
            "mode testing, then enforce, with one MX listed: who takes the last refuses the other",
            twoModes("mx1.example.com")
        ) {
            $0.mtaSTS = .delivers
            $0.state = .risk
            $0.raises = [.policyAmbiguous]
        },
        body("mode testing, then enforce, with every MX listed: nobody refuses", twoModes("*.example.com")) {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.state = .warning
            $0.raises = [.policyAmbiguous]
        },
        valid("a key in capitals that one sender reads, with another max_age", good + "MAX_AGE: 1209600\n"),
        valid("a key in capitals that one sender reads, with a line that no MX needs", good + "MX: mx3.example.com\n"),
        valid("an unknown key is ignored", good + "priority: 1\n"),
        valid("the case of an mx does not matter", good.replacing("mx1", with: "MX1")),
    ]

    static let fetches: [FieldCase] = [
        FieldCase("text/plain with parameters") { $0.contentType = "text/plain; charset=utf-8" }.expecting {
            $0.policy = .valid
            $0.silent = [.policyContentType]
        },
        FieldCase("another Content-Type is rejected, and some senders do not look") { $0.contentType = "text/html" }
            .expecting {
                $0.policy = .rejected
                $0.mtaSTS = Delivery.none
                $0.state = .warning
                $0.raises = [.policyContentType, .policyAmbiguous]
                $0.silent = [.policyInvalid]
            },
        FieldCase("another Content-Type: those who do not look bounce") {
            $0.contentType = nil
            $0.patterns = ["old.example.com"]
        }.expecting {
            $0.policy = .rejected
            $0.mtaSTS = Delivery.none
            $0.state = .bouncing
            $0.raises = [.policyContentType, .policyAmbiguous]
        },
        fetch("404", .status(404), .rejected, .policyHTTPStatus),
        fetch("204", .status(204), .rejected, .policyHTTPStatus),
        fetch("503", .status(503), .rejected, .policyHTTPStatus),
        fetch(
            "a redirect is never followed", .redirect(status: 301, location: "https://www.example.com/"), .rejected,
            .policyRedirect),
        fetch("over 64 KiB", .tooLarge, .rejected, .policyTooLarge),
        fetch("over the deadline", .timeout("body"), .unreachable, .policyUnreachable),
        FieldCase("slower than senders wait is told") { $0.fetchMilliseconds = 5_000 }.expecting {
            $0.policy = .valid
            $0.raises = [.policySlow]
        },
        web("policy host: expired", .policyHostCertificateExpired) { $0.policyTrust = Scene.trusted(days: -1) },
        web("policy host: not trusted", .policyHostCertificateUntrusted) {
            $0.policyTrust = Scene.always(.untrusted(root: "CN=x"))
        },
        web("policy host: the CN is never consulted", .policyHostCertificateNameMismatch) { $0.policyNames = [] },
        web("policy host: not yet valid", .policyHostCertificateUntrusted) {
            $0.policyTrust = Scene.trusted(days: 100)
        },
        web("policy host: another name", .policyHostCertificateNameMismatch) { $0.policyNames = ["www.example.com"] },
        FieldCase("policy host: a wildcard covers the left-most label") { $0.policyNames = ["*.example.com"] }.expecting
        {
            $0.policy = .valid
            $0.state = .ok
        },
        web("policy host: a wildcard covers one label only", .policyHostCertificateNameMismatch) {
            $0.policyNames = ["*.com"]
        },
    ]

    static let matches: [FieldCase] = [
        FieldCase("*.example.com matches mx1.example.com") { $0.patterns = ["*.example.com"] }.expecting {
            $0.mtaSTS = .delivers
            $0.silent = [.mxUnlisted, .mxNoneListed, .policyMXUnused]
        },
        FieldCase("*.example.com does not match example.com") {
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("example.com"))])
            $0.hosts = [Scene.Host("example.com", "192.0.2.1")]
            $0.patterns = ["*.example.com"]
        }.expecting {
            $0.mtaSTS = .refused
            $0.raises = [.mxNoneListed]
        },
        FieldCase("*.example.com does not match a.b.example.com") {
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("a.b.example.com"))])
            $0.hosts = [Scene.Host("a.b.example.com", "192.0.2.1")]
            $0.patterns = ["*.example.com"]
        }.expecting {
            $0.mtaSTS = .refused
            $0.raises = [.mxNoneListed]
        },
        FieldCase("the name in the MX record is matched, though it is a CNAME") {
            $0.hosts[0].addresses = HostAddresses(
                ipv4: DNSAnswer(
                    .found([Scene.address("192.0.2.1")]), dnssec: .insecure, aliases: [Scene.name("x.example.net")]),
                ipv6: DNSAnswer(.noData, dnssec: .insecure))
        }.expecting {
            $0.mtaSTS = .delivers
            $0.raises = [.mxCNAME]
            $0.silent = [.mxUnlisted]
        },
        FieldCase("an implicit MX is matched by the domain's own name") {
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com", "192.0.2.9")]
        }.expecting {
            $0.mx = .implicit
            $0.mtaSTS = .refused
            $0.raises = [.mxNoneListed]
        },
        FieldCase("a wildcard over one label too few matches no MX") {
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("a.b.example.com"))])
            $0.hosts = [Scene.Host("a.b.example.com", "192.0.2.1")]
            $0.patterns = ["a.b.example.com", "*.example.com"]
        }.expecting {
            $0.policy = .valid
            $0.mtaSTS = .delivers
            $0.raises = [.policyMXUnused]
        },
        FieldCase("an implicit MX that the policy names") {
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com", "192.0.2.9")]
            $0.patterns = ["example.com"]
        }.expecting {
            $0.mx = .implicit
            $0.mtaSTS = .delivers
            $0.silent = [.mxNoneListed, .mxUnlisted]
        },
        FieldCase("the certificate must name the host, not the pattern") {
            $0.patterns = ["*.example.com"]
            for index in $0.hosts.indices { $0.hosts[index].sessions[0].names = ["example.com"] }
        }.expecting {
            $0.mtaSTS = .refused
            $0.raises = [.certificateNameMismatch]
        },
        FieldCase("TLS 1.1 is too old for the policy") {
            for index in $0.hosts.indices { $0.hosts[index].sessions[0].version = "TLSv1.1" }
        }.expecting {
            $0.mtaSTS = .refused
            $0.opportunistic = .delivers
        },
    ]

    /// What is wrong is said with its place: line, column and what was found there.
    @Test(
        "where an invalid policy leaves the grammar",
        arguments: [
            ("white space before a key", "mode", "  mode", 2, 1), ("before the colon", "mode:", "mode :", 2, 5),
            ("key=value", "mode: ", "mode=", 2, 5), ("mode Enforce", "enforce", "Enforce", 2, 7),
            ("a signed max_age", "604800", "+604800", 5, 10),
            ("an mx with a trailing dot", "mx1.example.com", "a.b.", 3, 8),
        ])
    func places(_ row: (name: String, from: String, to: String, line: Int, column: Int)) throws {
        let scene = Scene().with { $0.body = Self.good.replacing(row.from, with: row.to) }
        let finding = try #require(scene.finding(.policyInvalid))
        #expect(finding.evidence.hasPrefix("line \(row.line), column \(row.column): found "), "\(finding.evidence)")
        #expect(finding.evidence.contains(", expected "))
    }

    @Test("mode none without mx lines is told where an enforce version is held") func noneWithoutMX() {
        let withdrawn = Scene().with {
            $0.remember(ago: 3_600)
            $0.publish("2")
            $0.body = "version: STSv1\nmode: none\nmax_age: 86400\n"
        }
        #expect(withdrawn.codes.contains(.policyWithdrawnUnsafely))
        let kept = withdrawn.with { $0.body = Self.good.replacing("enforce", with: "none") }
        #expect(!kept.codes.contains(.policyWithdrawnUnsafely))
    }

    @Test(arguments: text) func textIsReadSo(_ row: FieldCase) { row.verify() }
    @Test(arguments: fetches) func fetchIsTakenSo(_ row: FieldCase) { row.verify() }
    @Test(arguments: matches) func hostsAreMatchedSo(_ row: FieldCase) { row.verify() }
}
