import Dashboard
import Testing

@testable import Settings

@Suite struct TOMLKeyScannerTests {
    private func place(_ text: String, _ path: String...) -> String? {
        TOMLKeyScanner(Array(text.utf8)).positions[path].map { "\($0.line):\($0.column)" }
    }

    @Test func findsKeysOfEveryKind() {
        let text = """
            # comment with = and [x]
            plain = 1
              "quoted.name" = 'a # b = c'
            a.b . "c" = 2   # trailing
            long = \"\"\"
            fake = 1
            [fake]
            \"\"\" # end
            list = [ 1, [ 2, 3 ],
              { in = 1 } ] # x
            inline = { hex = "#aabbcc", "deep" = { x.y = true } }
            [table]
            key = 5
            [ "t.2" . sub ]
            key = 6
            [[rows]]
            name = "\u{e9}"
            """
        #expect(place(text, "plain") == "2:1")
        #expect(place(text, "quoted.name") == "3:3")
        #expect(place(text, "a") == "4:1")
        #expect(place(text, "a", "b") == "4:3")
        #expect(place(text, "a", "b", "c") == "4:7")
        #expect(place(text, "fake") == nil)
        #expect(place(text, "list") == "9:1")
        #expect(place(text, "list", "1", "1") == "9:18")
        #expect(place(text, "list", "2", "in") == "10:5")
        #expect(place(text, "inline", "hex") == "11:12")
        #expect(place(text, "inline", "deep", "x", "y") == "11:42")
        #expect(place(text, "table") == "12:2")
        #expect(place(text, "table", "key") == "13:1")
        #expect(place(text, "t.2", "sub", "key") == "15:1")
        #expect(place(text, "rows", "name") == "17:1")
    }

    @Test func columnsCountCharacters() {
        #expect(place("x = [\"\u{e9}\u{e9}\", \"b\"]", "x", "1") == "1:12")
    }

    @Test(arguments: ShippedThemes.names)
    func everyKeyTheParserFindsHasAPlace(name: String) throws {
        let text = try ShippedThemes.text(name)
        let source = try ThemeFile.parse(Array(text.utf8), path: name).source
        let positions = TOMLKeyScanner(Array(text.utf8)).positions
        for role in source.roles.keys { #expect(positions[["roles", role]] != nil) }
        for (color, entry) in source.palette where entry.c16 != nil {
            #expect(positions[["palette", color, "c16"]] != nil)
        }
    }

    /// By the way back it would take minutes.
    @Test(arguments: [
        (String(repeating: "a.", count: 100_000) + "a = 1", "1:65"),
        ("[" + String(repeating: "a.", count: 100_000) + "a]", "1:66"),
        ("a = " + String(repeating: "[", count: 100_000), "1:37"),
        ("a = " + String(repeating: "{ a = ", count: 20_000), "1:193"),
    ])
    func whatIsTooDeepIsRefusedAtItsPlace(text: String, place: String) {
        #expect(throws: SettingsError.self) { try SettingsFile.parse(Array(text.utf8), path: "p") }
        let flaw = TOMLKeyScanner(Array(text.utf8)).flaw
        #expect(flaw?.reason == "more than 32 levels deep")
        #expect(flaw.map { "\($0.position.line):\($0.position.column)" } == place)
    }

    @Test func whatIsAsDeepAsAllowedIsRead() {
        let text = String(repeating: "a.", count: 31) + "a = 1"
        #expect(TOMLKeyScanner(Array(text.utf8)).flaw == nil)
    }

    @Test func whatIsNoUTF8IsToldWithItsPlace() {
        for (bytes, place) in [
            (Array("theme = \"ä".utf8) + [0xff], "1:11"), (Array("# x\n\nt = '".utf8) + [0xc3, 0x27], "3:6"),
            ([0x80], "1:1"),
        ] as [([UInt8], String)] {
            do {
                _ = try TOMLText(path: "p", bytes: bytes)
                Issue.record("taken")
            } catch {
                #expect(error.description == "p:\(place): not UTF-8 text")
            }
        }
    }

    @Test func endsOnEveryTruncationAndByte() throws {
        let text = Array("a.\"b\" = { x = [1, '''y''', \"\"\"z\\\"\"\"\"] } # c\n[[t]]\nk = 1\n".utf8)
        for count in 0...text.count { _ = TOMLKeyScanner(Array(text[..<count])) }
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = text
                bytes[index] = byte
                #expect(TOMLKeyScanner(bytes).positions.count < 100)
            }
        }
    }
}
