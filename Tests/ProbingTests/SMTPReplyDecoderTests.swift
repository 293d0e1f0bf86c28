import MTASTS
import TestSupport
import Testing

@testable import Probing

@Suite struct SMTPReplyDecoderTests {
    /// Short notation: `220 hi` for a reply, `bad: LINE` for a malformed one, `limit: WORDS`.
    static func read(_ pieces: [[UInt8]]) -> [String] {
        var decoder = SMTPReplyDecoder()
        var seen: [String] = []
        for piece in pieces {
            decoder.append(piece)
            while let event = decoder.next() {
                switch event {
                case .reply(let reply): seen.append("\(reply.code) \(reply.text)")
                case .malformed(let lines): seen.append("bad: \(VisibleText.escape(lines.last ?? [], limit: 100))")
                case .limit(let words): seen.append("limit: \(words)")
                }
            }
        }
        return seen
    }

    static let table: [(input: String, events: [String])] = [
        ("220 mx1 ready\r\n", ["220 mx1 ready"]),
        ("220\r\n", ["220 "]),
        ("220 \r\n", ["220 "]),
        ("220 bare\n", ["220 bare"]),
        ("250-mx1\r\n250-SIZE 1\r\n250 HELP\r\n", ["250 mx1 SIZE 1 HELP"]),
        ("250-\r\n250 \r\n", ["250  "]),
        ("250-one\n250 two\r\n354 go\r\n", ["250 one two", "354 go"]),
        ("250-one\r\n251 two\r\n", ["251 one two"]),
        ("220-only a beginning\r\n", []),
        ("220 no end", []),
        ("", []),
        ("\r\n", ["bad: "]),
        ("hello\r\n", ["bad: hello"]),
        ("22 short\r\n", ["bad: 22 short"]),
        ("2200 long\r\n", ["bad: 2200 long"]),
        ("220_odd\r\n", ["bad: 220_odd"]),
        ("199 low\r\n", ["bad: 199 low"]),
        ("600 high\r\n", ["bad: 600 high"]),
        ("250-one\r\nrubbish\r\n", ["bad: rubbish"]),
        ("250-one\r\nrubbish\r\n250 new\r\n", ["bad: rubbish", "250 new"]),
        ("220 esc\u{1b}[2J\r\n", ["220 esc\\x1b[2J"]),
        ("220 a\rb\r\n", ["220 a\\x0db"]),
    ]

    @Test(arguments: table)
    func readsWholeInput(row: (input: String, events: [String])) {
        #expect(Self.read([Array(row.input.utf8)]) == row.events)
    }

    @Test(arguments: table)
    func fragmentationChangesNothing(row: (input: String, events: [String])) {
        let bytes = Array(row.input.utf8)
        #expect(Self.read(bytes.map { [$0] }) == row.events)
        for cut in bytes.indices {
            #expect(Self.read([Array(bytes[..<cut]), Array(bytes[cut...])]) == row.events)
        }
    }

    @Test(
        arguments: [
            ("220 x\r\n", []), ("220 x\n", [.bareLF]), ("250-a\r\n251 b\r\n", [.codesDiffer]),
            ("220 \u{e9}\r\n", [.eightBit]),
            ("250-\u{e9}\n220 b\r\n", [.bareLF, .eightBit, .codesDiffer]),
        ] as [(String, Set<SMTPReply.Oddity>)])
    func notesWhatItTolerates(input: String, oddities: Set<SMTPReply.Oddity>) {
        var decoder = SMTPReplyDecoder()
        decoder.append(Array(input.utf8))
        guard case .reply(let reply) = decoder.next() else {
            Issue.record("no reply in \(input)")
            return
        }
        #expect(reply.oddities == oddities)
    }

    @Test func keepsEightBitBytesRaw() {
        var decoder = SMTPReplyDecoder()
        decoder.append([0x32, 0x32, 0x30, 0x20, 0xff, 0x80, 0x0d, 0x0a])
        guard case .reply(let reply) = decoder.next() else {
            Issue.record("no reply")
            return
        }
        #expect(reply.lines == [[0x32, 0x32, 0x30, 0x20, 0xff, 0x80]])
        #expect(reply.text == "\\xff\\x80")
    }

    @Test func boundsALine() {
        let fits = "220 " + String(repeating: "x", count: Limits.replyLine - 4)
        #expect(Self.read([Array((fits + "\n").utf8)]).first?.hasPrefix("220 xxx") == true)
        let words = "limit: a line of more than 2048 bytes"
        #expect(Self.read([Array((fits + "x\n").utf8)]) == [words])
        #expect(Self.read([Array((fits + "x").utf8)]) == [words])
        #expect(Self.read([[UInt8](repeating: 0x61, count: 1_000_000)]) == [words])
    }

    @Test func boundsTheLinesOfAReply() {
        let line = Array("250-x\r\n".utf8)
        let hundred = [[UInt8]](repeating: line, count: 99) + [Array("250 x\r\n".utf8)]
        #expect(Self.read(hundred).count == 1)
        #expect(Self.read(hundred).first?.hasPrefix("250 x") == true)
        #expect(Self.read([[UInt8]](repeating: line, count: 500)) == ["limit: more than 100 lines in one reply"])
    }

    @Test func boundsTheConnection() {
        let reply = Array(("250 " + String(repeating: "x", count: 1_018) + "\r\n").utf8)
        #expect(reply.count == 1_024)
        let seen = Self.read([[UInt8]](repeating: reply, count: 200))
        #expect(seen.count == 65)
        #expect(seen.last == "limit: more than 65536 bytes")
    }

    @Test func drainGivesWhatWasNotTold() {
        var decoder = SMTPReplyDecoder()
        decoder.append(Array("220 go\r\n250-inj".utf8))
        #expect(decoder.next() != nil)
        #expect(decoder.drain().rest == Array("250-inj".utf8))
        decoder.append(Array("250-begun\r\n250".utf8))
        #expect(decoder.next() == nil)
        let (lines, rest) = decoder.drain()
        #expect(lines == [Array("250-begun".utf8)])
        #expect(rest == Array("250".utf8))
        decoder.append(Array("250 fresh\r\n".utf8))
        guard case .reply(let reply) = decoder.next() else {
            Issue.record("no reply after draining")
            return
        }
        #expect(reply.lines.count == 1)
    }

    @Test func randomBytesAreReadAlikeInAnyPieces() {
        var random = SeededGenerator(seed: 1)
        for round in 0..<400 {
            let bytes = round.isMultiple(of: 2) ? random.smtpLike(count: 600) : random.bytes(count: 600)
            let whole = Self.read([bytes])
            var pieces: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...40, using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(Self.read(pieces) == whole)
        }
    }
}
