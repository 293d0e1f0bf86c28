import Testing

@testable import Probing

@Suite struct VisibleTextTests {
    @Test(
        arguments: [
            (Array("plain text".utf8), "plain text"),
            (Array("Grüße 👋".utf8), "Grüße 👋"),
            ([0x61, 0x1b, 0x5b, 0x32, 0x4a], "a\\x1b[2J"),
            ([0x61, 0xff, 0x62], "a\\xffb"),
            ([0xc3], "\\xc3"),
            ([0xe2, 0x82, 0x41], "\\xe2\\x82A"),
            ([0xc2, 0x85], "\\xc2\\x85"),
            ([0x0d, 0x0a, 0x00, 0x7f], "\\x0d\\x0a\\x00\\x7f"),
            ([], ""),
        ] as [([UInt8], String)])
    func showsEveryByte(bytes: [UInt8], text: String) {
        #expect(visibleText(bytes, limit: 100) == text)
    }

    @Test func isBounded() {
        #expect(visibleText([UInt8](repeating: 0x61, count: 1_000), limit: 10) == "aaaaaaaaaa")
        #expect(visibleText([UInt8](repeating: 0, count: 1_000), limit: 10).count == 10)
        #expect(visibleText(Array("👋👋👋".utf8), limit: 2) == "👋👋")
    }

    @Test func takesRandomBytes() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let bytes = random.bytes(count: Int.random(in: 0...200, using: &random))
            let text = visibleText(bytes, limit: 150)
            #expect(text.unicodeScalars.count <= 150)
            #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }
}
