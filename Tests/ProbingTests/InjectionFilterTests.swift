import TestSupport
import Testing

@testable import Probing

@Suite struct InjectionFilterTests {
    static let hello: [UInt8] = [0x16, 0x03, 0x03, 0x00, 0x31, 0x02, 0x0a, 0x32, 0x35, 0x30]

    struct Row: Sendable {
        let leftover: String
        let plain: String
        let tls: [UInt8]
        var injected: String
        var refusal: String?
    }

    static let table = [
        Row(leftover: "", plain: "", tls: hello, injected: ""),
        Row(leftover: "250 x\r\n", plain: "", tls: hello, injected: "250 x\r\n"),
        Row(leftover: "", plain: "250 x\r\n", tls: hello, injected: "250 x\r\n"),
        Row(leftover: "250 in", plain: "jected\r\n", tls: hello, injected: "250 injected\r\n"),
        Row(leftover: "250-a\r\n", plain: "250 b\n", tls: hello, injected: "250-a\r\n250 b\n"),
        Row(leftover: "", plain: "250\r\n", tls: hello, injected: "250\r\n"),
        Row(leftover: "any rubbish\n", plain: "", tls: hello, injected: "any rubbish\n"),
        Row(leftover: "", plain: "454 no TLS\r\n", tls: [], injected: "454 no TLS\r\n", refusal: "454 no TLS"),
        Row(leftover: "554 no\r\n", plain: "", tls: [], injected: "554 no\r\n", refusal: "554 no"),
        Row(leftover: "45", plain: "4 no\n", tls: [], injected: "454 no\n", refusal: "454 no"),
        // Not a reply: TLS is to fail on it.
        Row(leftover: "", plain: "", tls: Array("HTTP/1.1 400\r\n".utf8), injected: ""),
        Row(leftover: "", plain: "", tls: Array("2x0 odd\r\n".utf8), injected: ""),
        Row(leftover: "", plain: "", tls: Array("2500\r\n".utf8), injected: ""),
    ]

    @Test(arguments: table)
    func separatesPlainTextFromTLS(row: Row) {
        let bytes = Array(row.plain.utf8) + row.tls
        var splits: [[[UInt8]]] = [[bytes], bytes.map { [$0] }]
        for cut in bytes.indices { splits.append([Array(bytes[..<cut]), Array(bytes[cut...])]) }
        for pieces in splits {
            var filter = InjectionFilter(leftover: Array(row.leftover.utf8))
            var passed: [UInt8] = []
            for piece in pieces { passed += filter.pass(piece) }
            #expect(passed == row.tls)
            #expect(filter.injected == Array(row.injected.utf8))
            #expect(filter.refusal == row.refusal.map { Array($0.utf8) })
            #expect(filter.isDone == !row.tls.isEmpty)
            #expect(!filter.isFlooded)
        }
    }

    @Test func aFloodIsCutOff() {
        var filter = InjectionFilter(leftover: [])
        for _ in 0..<10_000 { #expect(filter.pass(Array("250 again\r\n".utf8)).isEmpty) }
        #expect(filter.isFlooded)
        #expect(filter.injected.count == Limits.injectedBytes)
        #expect(InjectionFilter(leftover: [UInt8](repeating: 0x61, count: 60_000)).isFlooded)
    }

    @Test func randomBytesPassOrStayButNeverVanish() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            var filter = InjectionFilter(leftover: [])
            let bytes = random.smtpLike(count: 200)
            let passed = filter.pass(bytes)
            #expect(bytes.suffix(passed.count).elementsEqual(passed))
            if filter.isDone { #expect(filter.injected + passed == bytes) }
        }
    }
}
