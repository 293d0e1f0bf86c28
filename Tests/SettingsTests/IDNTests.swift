import MTASTS
import Testing

@testable import Settings

@Suite struct IDNTests {
    @Test(arguments: [
        ("m\u{fc}nchen.example", "xn--mnchen-3ya.example"),
        ("MU\u{308}NCHEN.example", "xn--mnchen-3ya.example"),
        ("stra\u{df}e.example", "xn--strae-oqa.example"),
        ("\u{4f8b}\u{3048}.\u{30c6}\u{30b9}\u{30c8}", "xn--r8jz45g.xn--zckzah"),
        ("b\u{fc}cher\u{3002}example", "xn--bcher-kva.example"),
        ("Example.COM.", "example.com"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
    ])
    func toASCII(text: String, expected: String) throws {
        #expect(try IDN.toASCII(text.utf8).get().text == expected)
    }

    @Test(arguments: ["a\u{202e}b.example", "\u{ad}.example", "\u{308}a.example", "a..b\u{e9}.example"])
    func refusesWhatHasNoALabelForm(text: String) {
        #expect(throws: IDN.Failure.self) { try IDN.toASCII(text.utf8).get() }
    }

    @Test func refusesBytesThatAreNoUTF8AndNUL() {
        #expect(throws: IDN.Failure.self) { try IDN.toASCII([0xff, 0xfe, 0x61]).get() }
        #expect(throws: IDN.Failure.self) { try IDN.toASCII([0xc3, 0xa9, 0x00, 0x61]).get() }
    }

    @Test func toUnicodeGivesTheULabelAndLeadsBack() throws {
        let name = try #require(DomainName("xn--mnchen-3ya.example"))
        #expect(IDN.toUnicode(name) == "m\u{fc}nchen.example")
        // Wherever the label stands, whatever stands before it.
        let inner = try #require(DomainName("mx-xn.xn--mnchen-3ya.example"))
        #expect(IDN.toUnicode(inner) == "mx-xn.m\u{fc}nchen.example")
    }

    /// No A-label; no valid Punycode; a joiner; a label that does not lead back to itself (upper-case content).
    @Test(arguments: ["example.com", "xn--0.example", "xn--ab-j1t.example", "xn--Mnchen-3Ya.xn--99999999.example"])
    func toUnicodeIsSilentWhereThereIsNothingToShow(text: String) throws {
        #expect(IDN.toUnicode(try #require(DomainName(text))) == nil)
    }

    @Test func whatIsShownHoldsNothingThatActs() throws {
        // Every Punycode label of a base letter and one scalar, over ranges full of format and bidi characters.
        for value in Array(0x200b...0x2069) + Array(0xfe00...0xfe0f) + Array(0xe0001...0xe0010) + Array(0x80...0xa0) {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            guard let name = try? IDN.toASCII("a\(scalar)b.example".utf8).get(), let shown = IDN.toUnicode(name)
            else { continue }
            for part in shown.unicodeScalars {
                #expect(part.properties.generalCategory != .format)
                #expect(part.properties.generalCategory != .control)
            }
        }
    }
}
