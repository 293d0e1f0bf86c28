import Deliverability
import MTASTS
import Testing

@testable import Settings

@Suite struct SettingsFileTests {
    private func parse(
        _ text: String, environment: [String: String] = [:]
    ) throws(SettingsError) -> SettingsValues {
        try SettingsFile.parse(Array(text.utf8), path: "/etc/x/config.toml", environment: environment)
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try parse(text)
            return []
        } catch {
            return error.description.split(separator: "\n").map { String($0.dropFirst("/etc/x/config.toml:".count)) }
        }
    }

    @Test func readsEverySetting() throws {
        let values = try parse(
            """
            resolver = ["127.0.0.1@5353", "::1"]
            recursive = false
            allow-private = true
            trust-anchor = "/etc/anchor"
            ca-file = "ca.pem"
            smtp-port = 2525
            https-port = 8443
            helo = "Probe.example"
            timeout = "20s"
            state-dir = "~/state"
            interval = 90
            theme = "dark"
            control-hosts = ["a.example", "m\u{fc}.example"]
            [keys]
            recheck = "x"
            """, environment: ["HOME": "/home/op"])
        #expect(values.resolvers.map(\.description) == ["127.0.0.1@5353", "::1@53"])
        #expect(values.recursive == false)
        #expect(values.allowPrivate == true)
        #expect(values.trustAnchor == "/etc/anchor")
        #expect(values.caFile == "/etc/x/ca.pem")
        #expect(values.stateDirectory == "/home/op/state")
        #expect(values.smtpPort == 2525)
        #expect(values.httpsPort == 8443)
        #expect(values.helo?.text == "probe.example")
        #expect(values.timeout == .seconds(20))
        #expect(values.interval == .seconds(90))
        #expect(values.theme == "dark")
        #expect(values.controlHosts.map(\.text) == ["a.example", "xn--m-eha.example"])
        #expect(values.keys == ["recheck": ["x"]])
    }

    @Test func aSenderKeepsItsKindOfCacheUnlessAnotherIsSaid() throws {
        func entry(_ line: String, _ name: String) throws -> QueueLifetimes.Entry? {
            try parse("[queue-lifetimes]\n" + line).queueLifetimes?.entries.first { $0.name == name }
        }
        #expect(try entry("Stalwart = \"1h\"", "Stalwart")?.holders == [.id])
        #expect(try entry("Stalwart = { keeps = \"1h\" }", "Stalwart")?.holders == [.id])
        #expect(try entry("Postfix = { keeps = \"5d\", holders = \"expiry\" }", "Postfix")?.holders == [.expiry])
        #expect(try entry("ours = { keeps = \"1h\", classes = \"cached\" }", "ours")?.holders == [.id, .expiry])
    }

    @Test func anEmptyFileSaysNothing() throws {
        #expect(try parse("") == SettingsValues())
        #expect(try parse("# only a comment\n") == SettingsValues())
        #expect(try parse("resolver = \"::1\"").resolvers.count == 1)
    }

    @Test(arguments: [
        ("resolvers = \"::1\"", "1:1: no such key 'resolvers'; known here: resolver,"),
        ("\n  recursive = \"yes\"", "2:3: 'recursive' must be true or false"),
        ("resolver = [\"::1\",\n  \"nope\"]", "2:3: resolver 'nope': not an IP address"),
        ("resolver = 5", "1:1: 'resolver' must be a string or an array of strings"),
        ("resolver = [\"::1\", 5]", "1:20: 'resolver' must hold strings only"),
        ("smtp-port = 0", "1:1: 'smtp-port' must be a whole number from 1 to 65535"),
        ("https-port = 70000", "1:1: 'https-port' must be a whole number from 1 to 65535"),
        ("https-port = 44.3", "1:14: a number is whole"),
        ("timeout = \"soon\"", "1:1: 'timeout' must be a length of time such as \"30s\" or \"5m\", from 1s to 10m"),
        ("timeout = \"1h\"", "1:1: 'timeout' must be a length of time"),
        ("interval = true", "1:1: 'interval' must be a length of time"),
        ("helo = \"not a name\"", "1:1: helo 'not a name' is not a host name"),
        ("helo = [\"a.example\"]", "1:1: 'helo' must be a host name in quotes"),
        ("control-hosts = [\"a.example\", \"_x.example\"]", "1:31: control-hosts '_x.example' is not a host name"),
        ("theme = \"a b\"", "1:1: 'theme' must be the name of a theme"),
        ("ca-file = \"\"", "1:1: 'ca-file' must name a path"),
        ("keys = 5", "1:1: 'keys' must be a table"),
        ("[keys]\nfly = \"x\"", "2:1: no action 'fly'"),
        ("[keys]\nrecheck = \"no key\"", "2:1: 'no key' for recheck names no key"),
        ("[keys]\nrecheck = \"x\"\npause = [\"x\"]", "is asked for by"),
        ("queue-lifetimes = \"5d\"", "1:1: 'queue-lifetimes' must be a table"),
        ("[queue-lifetimes]\nPostfix = \"soon\"", "2:1: 'Postfix' must be a length of time"),
        ("[queue-lifetimes]\nPostfix = \"91d\"", "from 0s to 90d"),
        ("[queue-lifetimes]\n\"our relay\" = \"2d\"", "2:1: a sender that is not known needs its classes"),
        ("[queue-lifetimes]\nours = false", "2:1: no sender 'ours' to leave out"),
        ("[queue-lifetimes]\nours = { keeps = \"2d\" }", "2:1: 'classes' is missing"),
        ("[queue-lifetimes]\nours = { classes = [\"dane\"] }", "2:1: 'keeps' is missing"),
        ("[queue-lifetimes]\nExim = { keeps = \"2d\", from = 1 }", "2:24: no such key 'from'"),
        (
            "[queue-lifetimes]\nours = { keeps = \"2d\", classes = [\"dane\", \"all\"] }",
            "2:43: no class of senders 'all'"
        ),
        (
            "[queue-lifetimes]\nExim = { keeps = \"2d\", holders = [\"id\", \"ids\"] }",
            "2:41: no kind of holder 'ids'; there are id, expiry"
        ),
        ("recursive = true\nrecursive = false", "2:"),
        ("recursive = ", "1:"),
        ("theme = \"dark", "1:"),
        ("a\u{0}b = 1", "1:2: a NUL byte"),
        ("x = \"caf\u{e9}\u{0}\"", "1:10: a NUL byte"),
        ("[&keys]", "1:2: the name of a table"),
        ("[[ =]]", "1:4: the name of a table"),
        ("a = [ }", "1:7: a value or the closing ]"),
        ("a = [ 1979-05-27T)7:32:00Z ]", "1:7: a number is whole"),
        ("timeout = 8!i------- 9 ", "1:11: a number is whole"),
        ("x = 05-27T07:3htt'", "1:5: a number is whole"),
        ("timeout = 1.5", "1:11: a number is whole"), ("timeout = 0x1f", "1:11: a number is whole"),
        ("timeout = + ", "1:11: a number is whole"), ("a = [ 1, -2_0, 3e4 ]", "1:16: a number is whole"),
    ])
    func refusesWithLineAndColumn(text: String, expected: String) {
        let found = problems(text)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(expected) == true, "\(found)")
    }

    @Test func queueLifetimesChangeTheStandardTable() throws {
        let values = try parse(
            """
            [queue-lifetimes]
            "Exchange Online" = "12h"
            Stalwart = false
            Exim = { keeps = "0s", classes = ["mta-sts"] }
            "our relay" = { keeps = "2d", classes = ["mta-sts", "dane"] }
            """)
        let entries = try #require(values.queueLifetimes).entries
        let named = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
        let usual = try #require(QueueLifetimes.standard.entries.first { $0.name == "Exchange Online" })
        #expect(
            named["Exchange Online"]
                == .init("Exchange Online", seconds: 43_200, classes: usual.classes, holders: usual.holders))
        #expect(named["Stalwart"] == nil && named["Postfix"]?.seconds == 5 * 86_400)
        #expect(named["Exim"] == .init("Exim", seconds: 0, classes: [.mtaSTS]))
        #expect(named["our relay"] == .init("our relay", seconds: 172_800, classes: [.mtaSTS, .dane]))
        #expect(entries.count == QueueLifetimes.standard.entries.count)
    }

    @Test func tellsEveryProblemInTheOrderOfTheFile() {
        let found = problems("nope = 1\n\nsmtp-port = -1\ntimeout = 0\n[keys]\nfly = []\n[other]\n")
        #expect(found.map { String($0.prefix { $0 != " " }) } == ["1:1:", "3:1:", "4:1:", "6:1:", "7:2:"])
    }

    @Test func bytesOfTheFileAreMadeVisible() {
        let found = problems("\"a\\u001B[2J\" = 1")
        #expect(found.first?.contains(#"\x1b[2J"#) == true)
        for byte in UInt8(1)...UInt8.max {
            do {
                _ = try SettingsFile.parse(Array("theme = \"".utf8) + [byte] + Array("\" x".utf8), path: "p")
            } catch {
                #expect(error.description.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
            }
        }
    }

    @Test func deepNestingIsRefusedNotFollowed() {
        let deep = String(repeating: "[", count: 50_000)
        #expect(problems("theme = " + deep).count == 1)
        let tables = String(repeating: "{ a = ", count: 50_000)
        #expect(problems("theme = " + tables).count == 1)
    }

    @Test func aNamedFileMustExistTheStandardOneNeedNot() throws {
        let folder = try TemporaryFolder()
        let environment = ["XDG_CONFIG_HOME": folder.path]
        #expect(try SettingsFile.load(environment: environment) == SettingsValues())
        #expect(throws: SettingsError.self) {
            try SettingsFile.load(path: folder.path + "/none.toml", environment: environment)
        }
        try folder.write("stswatch/config.toml", "theme = \"mono\"")
        #expect(try SettingsFile.load(environment: environment).theme == "mono")
        #expect(try SettingsFile.load(environment: [:]) == SettingsValues())
    }

    @Test func theStandardPathFollowsTheEnvironment() {
        #expect(
            SettingsFile.standardPath(environment: ["XDG_CONFIG_HOME": "/c", "HOME": "/h"]) == "/c/stswatch/config.toml"
        )
        #expect(
            SettingsFile.standardPath(environment: ["XDG_CONFIG_HOME": "rel", "HOME": "/h"])
                == "/h/.config/stswatch/config.toml")
        #expect(SettingsFile.standardPath(environment: [:]) == nil)
    }
}
