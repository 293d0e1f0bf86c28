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
