import Evidence
import MTASTS
import Testing

@testable import Probing

/// One odd server: what it does, and what the probe must make of it.
struct DialogueRow: Sendable, CustomTestStringConvertible {
    let name: String
    let events: [DialogueDriver.Event]
    let outcome: ConnectionOutcome
    let starttls: STARTTLSStatus
    /// The verbs sent, in order.
    let sent: [String]
    /// False where it matters in which segments the bytes arrive.
    var isSegmentFree = true

    var testDescription: String { name }

    init(
        _ name: String, _ events: [DialogueDriver.Event], _ outcome: ConnectionOutcome, _ starttls: STARTTLSStatus,
        sent: [String], isSegmentFree: Bool = true
    ) {
        self.name = name
        self.events = events
        self.outcome = outcome
        self.starttls = starttls
        self.sent = sent
        self.isSegmentFree = isSegmentFree
    }

    static let hello = DialogueDriver.Event.server("220 mx1 ESMTP\r\n")
    static let offer = DialogueDriver.Event.server("250-mx1\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 HELP\r\n")
    static let plain = DialogueDriver.Event.server("250-mx1\r\n250-SIZE 1000\r\n250 HELP\r\n")
    static let go = DialogueDriver.Event.server("220 go\r\n")
    static let record = DialogueDriver.Event.bytes([0x16, 0x03, 0x03, 0x00, 0x02, 0x01, 0x02])
    static let bye = DialogueDriver.Event.server("221 bye\r\n")

    private static let silence = ConnectionOutcome.tls(
        TLSFailure(kind: .silence, reason: "no answer in the handshake"))

    private static func handshake(_ reason: String) -> ConnectionOutcome {
        .tls(TLSFailure(kind: .handshake, reason: reason))
    }

    static let banners = [
        DialogueRow("closed before the banner", [.closed], .closed("banner"), .unknown, sent: []),
        DialogueRow("no banner", [.timedOut], .timeout("banner"), .unknown, sent: []),
        DialogueRow("half a banner", [.server("220-mx"), .timedOut], .timeout("banner"), .unknown, sent: []),
        DialogueRow("cancelled", [.failed("cancelled")], .error("cancelled"), .unknown, sent: []),
        DialogueRow(
            "554 banner", [.server("554 5.7.1 go away\r\n"), bye], .banner(code: 554, text: "5.7.1 go away"), .unknown,
            sent: ["QUIT"]),
        DialogueRow(
            "421 banner and closed", [.server("421 busy\r\n"), .closed], .banner(code: 421, text: "busy"), .unknown,
            sent: ["QUIT"]),
        DialogueRow(
            "several lines of refusal", [.server("550-no\r\n550 way\r\n"), bye], .banner(code: 550, text: "no way"),
            .unknown, sent: ["QUIT"]),
        DialogueRow(
            "250 as banner", [.server("250 hi\r\n"), bye], .error("banner: answered 250: hi"), .unknown, sent: ["QUIT"]),
        DialogueRow(
            "another protocol", [.server("SSH-2.0-OpenSSH\r\n")],
            .error("banner: not an SMTP reply: SSH-2.0-OpenSSH"), .unknown, sent: []),
        DialogueRow(
            "endless banner lines", [.server(String(repeating: "220-more\r\n", count: 5_000))],
            .error("banner: more than 100 lines in one reply"), .unknown, sent: []),
        DialogueRow(
            "one endless line", [.server(String(repeating: "220 ", count: 5_000))],
            .error("banner: a line of more than 2048 bytes"), .unknown, sent: []),
        DialogueRow(
            "escape bytes", [.server("554 \u{1b}]0;x\u{7}\r\n"), bye], .banner(code: 554, text: "\\x1b]0;x\\x07"),
            .unknown, sent: ["QUIT"]),
    ]

    static let greetings = [
        DialogueRow("closed at EHLO", [hello, .closed], .closed("EHLO"), .unknown, sent: ["EHLO"]),
        DialogueRow("silent at EHLO", [hello, .timedOut], .timeout("EHLO"), .unknown, sent: ["EHLO"]),
        DialogueRow(
            "EHLO put off", [hello, .server("451 later\r\n"), bye], .banner(code: 451, text: "later"), .unknown,
            sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "EHLO answered 354", [hello, .server("354 what\r\n"), bye], .error("EHLO: answered 354: what"), .unknown,
            sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "an old server", [hello, .server("502 what\r\n250 mx1\r\n"), bye], .ok, .missing,
            sent: ["EHLO", "HELO", "QUIT"]),
        DialogueRow(
            "EHLO and HELO refused", [hello, .server("550 no\r\n"), .server("550 still no\r\n"), bye],
            .banner(code: 550, text: "still no"), .unknown, sent: ["EHLO", "HELO", "QUIT"]),
        DialogueRow(
            "EHLO refused and closed", [hello, .server("554 no\r\n"), .closed], .banner(code: 554, text: "no"),
            .unknown, sent: ["EHLO", "HELO"]),
        DialogueRow(
            "silent at HELO", [hello, .server("500 what\r\n"), .timedOut], .timeout("HELO"), .unknown,
            sent: ["EHLO", "HELO"]),
        DialogueRow("no STARTTLS", [hello, plain, bye], .ok, .missing, sent: ["EHLO", "QUIT"]),
        DialogueRow("no 221", [hello, plain, .timedOut], .ok, .missing, sent: ["EHLO", "QUIT"]),
        DialogueRow("closed at QUIT", [hello, plain, .closed], .ok, .missing, sent: ["EHLO", "QUIT"]),
        DialogueRow("rubbish at QUIT", [hello, plain, .server("??\r\n")], .ok, .missing, sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "masked keyword", [hello, .server("250-mx1\r\n250 XXXXXXXA\r\n"), bye], .ok, .masked("250 XXXXXXXA"),
            sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "masked lines", [hello, .server("250-mx1\r\n250-****\r\n250 HELP\r\n"), bye], .ok, .masked("250-****"),
            sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "masked banner", [.server("220 *****2***0****\r\n"), plain, bye], .ok, .masked("220 *****2***0****"),
            sent: ["EHLO", "QUIT"]),
        DialogueRow(
            "masked banner, EHLO blocked", [.server("220 ******\r\n500 what\r\n250 mx\r\n"), bye], .ok,
            .masked("220 ******"), sent: ["EHLO", "HELO", "QUIT"]),
        DialogueRow(
            "masked banner, STARTTLS passes", [.server("220 ******\r\n"), offer, .server("454 no\r\n"), bye], .ok,
            .refused(code: 454, text: "no"), sent: ["EHLO", "STARTTLS", "QUIT"]),
        DialogueRow(
            "keyword in lower case", [hello, .server("250-mx1\r\n250 starttls\r\n"), .server("454 no\r\n"), bye], .ok,
            .refused(code: 454, text: "no"), sent: ["EHLO", "STARTTLS", "QUIT"]),
        DialogueRow(
            "rubbish in the answer", [hello, .server("250-mx1\r\n+OK\r\n")], .error("EHLO: not an SMTP reply: +OK"),
            .unknown, sent: ["EHLO"]),
    ]

    static let upgrades = [
        DialogueRow(
            "STARTTLS put off", [hello, offer, .server("454 4.7.0 later\r\n"), bye], .ok,
            .refused(code: 454, text: "4.7.0 later"), sent: ["EHLO", "STARTTLS", "QUIT"]),
        DialogueRow(
            "STARTTLS refused, no 221", [hello, offer, .server("502 no\r\n"), .timedOut], .ok,
            .refused(code: 502, text: "no"), sent: ["EHLO", "STARTTLS", "QUIT"]),
        DialogueRow(
            "STARTTLS answered 250", [hello, offer, .server("250 ok\r\n"), bye], .ok, .refused(code: 250, text: "ok"),
            sent: ["EHLO", "STARTTLS", "QUIT"]),
        DialogueRow(
            "closed at STARTTLS", [hello, offer, .closed], .closed("STARTTLS"), .unknown, sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "silent at STARTTLS", [hello, offer, .timedOut], .timeout("STARTTLS"), .unknown,
            sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "closed in the handshake", [hello, offer, go, .closed],
            handshake("the connection was closed in the handshake"), .offered, sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "silent in the handshake", [hello, offer, go, .timedOut], silence, .offered,
            sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "an alert", [hello, offer, go, record, .tlsError("handshake failure")], handshake("handshake failure"),
            .offered, sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "all well", [hello, offer, go, record, .secured, offer, bye], .ok, .offered,
            sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
        DialogueRow(
            "all well, no 221", [hello, offer, go, record, .secured, offer, .timedOut], .ok, .offered,
            sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
        DialogueRow(
            "closed under TLS", [hello, offer, go, record, .secured, .closed], .closed("EHLO after STARTTLS"),
            .offered, sent: ["EHLO", "STARTTLS", "EHLO"]),
        DialogueRow(
            "silent under TLS", [hello, offer, go, record, .secured, .timedOut], .timeout("EHLO after STARTTLS"),
            .offered, sent: ["EHLO", "STARTTLS", "EHLO"]),
        DialogueRow(
            "refused under TLS", [hello, offer, go, record, .secured, .server("554 no\r\n"), bye],
            .banner(code: 554, text: "no"), .offered, sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
        DialogueRow(
            "a late alert of TLS 1.3", [hello, offer, go, record, .secured, .tlsError("certificate required")],
            handshake("certificate required"), .offered, sent: ["EHLO", "STARTTLS", "EHLO"]),
        DialogueRow(
            "TLS breaks after QUIT", [hello, offer, go, record, .secured, offer, .tlsError("bad record")], .ok,
            .offered, sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
    ]

    static let injections = [
        DialogueRow(
            "injected with the 220",
            [hello, offer, .server("220 go\r\n250 evil\r\n"), record, .secured, offer, bye], .ok,
            .injected("250 evil\\x0d\\x0a"), sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
        DialogueRow(
            "injected after the 220", [hello, offer, go, .server("250 evil\r\n"), record, .secured, offer, bye], .ok,
            .injected("250 evil\\x0d\\x0a"), sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"]),
        DialogueRow(
            "rubbish with the 220", [hello, offer, .server("220 go\r\nrubbish\n"), record, .secured, offer, bye], .ok,
            .injected("rubbish\\x0a"), sent: ["EHLO", "STARTTLS", "EHLO", "QUIT"], isSegmentFree: false),
        DialogueRow(
            "a refusal after the 220", [hello, offer, go, .server("454 no TLS\r\n")],
            handshake("an SMTP reply in place of TLS: 454 no TLS"), .injected("454 no TLS\\x0d\\x0a"),
            sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "a refusal with the 220", [hello, offer, .server("220 go\r\n454 no TLS\r\n")],
            handshake("an SMTP reply in place of TLS: 454 no TLS"), .injected("454 no TLS\\x0d\\x0a"),
            sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "injected, then silent", [hello, offer, go, .server("250 evil\r\n"), .timedOut],
            silence, .injected("250 evil\\x0d\\x0a"), sent: ["EHLO", "STARTTLS"]),
        DialogueRow(
            "injected without end", [hello, offer, go, .server(String(repeating: "250 evil\r\n", count: 6_000))],
            handshake("more than 2048 bytes of plain text in place of TLS"),
            .injected(
                VisibleText.escape(
                    String(repeating: "250 evil\r\n", count: 60).utf8, limit: Limits.quotedText)),
            sent: ["EHLO", "STARTTLS"]),
    ]

    static let all = banners + greetings + upgrades + injections
}
