import Evidence
import FoundationEssentials
import Testing

@testable import Probing

@Suite struct PolicyAnswerTests {
    static func answer(
        status: Int = 200, _ headers: [(String, String)] = [], bodies: [[UInt8]] = [], isEnded: Bool = true
    ) -> PolicyAnswer {
        var answer = PolicyAnswer()
        answer.secured()
        answer.head(status: status, headers: headers.map { (name: $0.0, value: $0.1) })
        for body in bodies { answer.body(body) }
        if isEnded { answer.end() }
        return answer
    }

    @Test func gathersABody() {
        let answer = Self.answer(
            [("Content-Type", "text/plain; charset=utf-8"), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")],
            bodies: [Array("version".utf8), Array(": STSv1".utf8)])
        #expect(answer.failure == nil)
        #expect(answer.status == 200)
        #expect(answer.contentType == "text/plain; charset=utf-8")
        #expect(answer.serverDate == Date(timeIntervalSince1970: 784_111_777))
        #expect(answer.body == Array("version: STSv1".utf8))
    }

    @Test(
        arguments: [
            (404, [], .status(404)), (204, [], .status(204)), (101, [], .status(101)), (503, [], .status(503)),
            (301, [("LOCATION", "https://a.example/x")], .redirect(status: 301, location: "https://a.example/x")),
            (302, [], .redirect(status: 302, location: "")), (304, [], .redirect(status: 304, location: "")),
            (399, [("location", "/")], .redirect(status: 399, location: "/")),
            (200, [("content-encoding", "gzip")], .malformed("compressed body")),
            (200, [("content-encoding", "identity"), ("Content-Encoding", "br")], .malformed("compressed body")),
            (200, [("content-length", "65537")], .tooLarge),
            (404, [("content-encoding", "gzip"), ("content-length", "99999999")], .status(404)),
        ] as [(Int, [(String, String)], PolicyFetchFailure)])
    func refusesByTheHead(status: Int, headers: [(String, String)], failure: PolicyFetchFailure) {
        let answer = Self.answer(status: status, headers, bodies: [[0x61]])
        #expect(answer.failure == failure)
        #expect(answer.step == .done)
        #expect(answer.body == nil)
        #expect(answer.status == status)
    }

    @Test func takesExactly64KiB() {
        let piece = [UInt8](repeating: 0x61, count: 1_024)
        let full = Self.answer([("content-length", "65536")], bodies: [[UInt8]](repeating: piece, count: 64))
        #expect(full.failure == nil)
        #expect(full.body?.count == 65_536)
        let over = Self.answer(bodies: [[UInt8]](repeating: piece, count: 64) + [[0x61]])
        #expect(over.failure == .tooLarge)
        #expect(over.body == nil)
    }

    @Test func identityIsNoCompression() {
        #expect(Self.answer([("Content-Encoding", "Identity")]).failure == nil)
        #expect(Self.answer([("Content-Encoding", "")]).failure == nil)
    }

    @Test func boundsWhatItKeeps() {
        let long = String(repeating: "e\u{301}", count: 5_000)
        #expect(Self.answer([("content-type", long)]).contentType?.unicodeScalars.count == 200)
        guard case .redirect(_, let location) = Self.answer(status: 302, [("location", long)]).failure else {
            Issue.record("no redirect")
            return
        }
        #expect(location.unicodeScalars.count == 1_000)
    }

    @Test func keepsPrintableASCIIOnly() {
        let odd = "text/plain\u{202e}; \u{fffd}"
        let shown = "text/plain\\xe2\\x80\\xae; \\xef\\xbf\\xbd"
        #expect(Self.answer([("content-type", odd)]).contentType == shown)
        #expect(
            Self.answer(status: 302, [("location", odd)]).failure == .redirect(status: 302, location: shown))
    }

    @Test func theFirstContentTypeCounts() {
        #expect(
            Self.answer([("Content-Type", "text/plain"), ("content-type", "text/html")]).contentType == "text/plain")
        #expect(Self.answer().contentType == nil)
        #expect(Self.answer([("date", "yesterday")]).serverDate == nil)
    }

    @Test func closingIsToldByTheStep() {
        var first = PolicyAnswer()
        first.closed()
        #expect(first.failure == .tls("the connection was closed in the handshake"))
        var second = PolicyAnswer()
        second.secured()
        second.closed()
        #expect(second.failure == .malformed("the connection was closed before the end of the headers"))
        var third = Self.answer([("content-length", "2")], bodies: [[0x61]], isEnded: false)
        third.closed()
        #expect(third.failure == .malformed("the connection was closed before the end of the body"))
        #expect(third.body == nil)
        var chunked = Self.answer([("transfer-encoding", "chunked")], bodies: [[0x61]], isEnded: false)
        chunked.closed()
        #expect(chunked.body == nil)
        // Where only the end of the connection ends it, how TLS was closed is nobody's concern.
        var open = Self.answer(bodies: [[0x61]], isEnded: false)
        open.closed()
        #expect(open.failure == nil && open.body == [0x61])
        var fourth = Self.answer(bodies: [[0x61]])
        fourth.closed()
        fourth.timedOut()
        #expect(fourth.failure == nil)
        #expect(fourth.body == [0x61])
    }

    @Test func timeoutsNameTheStep() {
        var first = PolicyAnswer()
        first.timedOut()
        #expect(first.failure == .timeout("TLS handshake"))
        var second = PolicyAnswer()
        second.secured()
        second.timedOut()
        #expect(second.failure == .timeout("headers"))
        var third = Self.answer(isEnded: false)
        third.timedOut()
        #expect(third.failure == .timeout("body"))
    }
}
