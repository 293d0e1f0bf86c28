import Evidence
import TestSupport
import Testing

@testable import Probing

@Suite struct ProbeDialogueTests {
    @Test(arguments: DialogueRow.all)
    func judgesTheServer(row: DialogueRow) {
        let driver = DialogueDriver()
        driver.play(row.events)
        #expect(driver.reports.map(\.outcome) == [row.outcome])
        #expect(driver.reports.map(\.starttls) == [row.starttls])
        #expect(
            driver.sent.compactMap { $0.split(whereSeparator: { " \r\n".contains($0) }).first.map(String.init) }
                == row.sent)
        #expect(driver.closes == 1)
        #expect(driver.step == .done)
    }

    @Test(arguments: DialogueRow.all.filter(\.isSegmentFree), [1, 2, 3, 7])
    func piecesChangeNothing(row: DialogueRow, pieces: Int) {
        let whole = DialogueDriver()
        whole.play(row.events)
        let cut = DialogueDriver()
        cut.play(row.events, pieces: pieces)
        #expect(cut.reports.map(\.outcome) == [row.outcome])
        #expect(cut.reports.map(\.starttls) == [row.starttls])
        #expect(cut.sent == whole.sent)
        #expect(cut.tlsBytes == whole.tlsBytes)
    }

    @Test func keepsTheWholeConversation() throws {
        let driver = DialogueDriver()
        driver.play([
            .server("220 mx1\r\n"), .server("250-mx1\r\n250 STARTTLS\r\n"), .server("220 go\r\n250 evil\r\n"),
            DialogueRow.record, .secured, .server("250 mx1\r\n"), .server("221 bye"), .closed,
        ])
        let lines = try #require(driver.reports.first).dialogue.lines
        #expect(
            lines.map { ($0.speaker == .client ? "> " : "< ") + String(decoding: $0.bytes, as: UTF8.self) } == [
                "< 220 mx1", "> EHLO probe.example", "< 250-mx1", "< 250 STARTTLS", "> STARTTLS", "< 220 go",
                "< 250 evil", "> EHLO probe.example", "< 250 mx1", "> QUIT", "< 221 bye",
            ])
    }

    @Test func endsCommandsWithCRLFAndSendsNoMail() {
        for row in DialogueRow.all {
            let driver = DialogueDriver()
            driver.play(row.events)
            for line in driver.sent {
                #expect(
                    ["EHLO probe.example\r\n", "HELO probe.example\r\n", "STARTTLS\r\n", "QUIT\r\n"].contains(line))
            }
        }
    }

    @Test func injectedBytesNeverReachTLS() {
        let driver = DialogueDriver()
        driver.play([
            DialogueRow.hello, DialogueRow.offer, .server("220 go\r\n250 one\r\n"), .server("250 two\r\n"),
            DialogueRow.record,
        ])
        #expect(driver.tlsBytes == [0x16, 0x03, 0x03, 0x00, 0x02, 0x01, 0x02])
        #expect(driver.tlsStarts == 1)
    }

    @Test func keepsItsTranscriptWithinBounds() throws {
        let driver = DialogueDriver()
        let long = String(repeating: "x", count: 2_000)
        let hundred = String(repeating: "220-\(long.prefix(500))\r\n", count: 99) + "220 \(long)\r\n"
        let offers = String(repeating: "250-a\r\n", count: 99) + "250 STARTTLS\r\n"
        driver.play([.server(hundred), .server(offers), DialogueRow.go, DialogueRow.record, .secured])
        driver.play([.server(String(repeating: "250-a\r\n", count: 99) + "250 a\r\n"), .closed])
        let report = try #require(driver.reports.first)
        #expect(report.dialogue.lines.count == 200)
        #expect(report.dialogue.lines.map(\.bytes.count).max() == 1_000)
    }

    @Test func tellsWhenTheBannerWasThere() {
        var dialogue = ProbeDialogue(helo: "a.example")
        _ = dialogue.received(Array("220-half\r\n".utf8))
        let hasHalf = dialogue.hasBanner
        #expect(!hasHalf)
        _ = dialogue.received(Array("220 whole\r\n".utf8))
        let hasBanner = dialogue.hasBanner
        #expect(hasBanner)
    }

    @Test func randomServersAreSurvived() {
        var random = SeededGenerator(seed: 11)
        for round in 0..<1_500 {
            let driver = DialogueDriver()
            if round.isMultiple(of: 3) { driver.play([DialogueRow.hello, DialogueRow.offer, DialogueRow.go]) }
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                let event: DialogueDriver.Event =
                    switch Int.random(in: 0..<12, using: &random) {
                    case 0: .secured
                    case 1: .bytes(random.bytes(count: 50))
                    default: .bytes(random.smtpLike(count: 60))
                    }
                driver.play(event, pieces: Int.random(in: 1...80, using: &random))
            }
            driver.play(.closed, pieces: 1)
            driver.play(.timedOut, pieces: 1)
            #expect(driver.reports.count == 1)
            #expect(driver.closes == 1)
            #expect(driver.sent.count <= 5)
            #expect(driver.tlsStarts <= 1)
            #expect((driver.reports.first?.dialogue.lines.count ?? 0) <= 200)
        }
    }
}
