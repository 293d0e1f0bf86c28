import Testing

@testable import Probing

@Suite struct EHLOAnswerTests {
    static func answer(_ text: String) throws -> EHLOAnswer {
        var decoder = SMTPReplyDecoder()
        decoder.append(Array(text.utf8))
        guard case .reply(let reply) = decoder.next() else { throw NoReply() }
        return EHLOAnswer(reply)
    }

    struct NoReply: Error {}

    @Test(
        arguments: [
            ("250-mx1\r\n250 STARTTLS\r\n", true, nil),
            ("250-mx1\r\n250-StartTls\r\n250 HELP\r\n", true, nil),
            ("250-mx1\r\n250-STARTTLS \r\n250 HELP\r\n", true, nil),
            ("250-mx1\r\n250 STARTTLS REQUIRED\r\n", true, nil),
            ("250-mx1\r\n250- STARTTLS\r\n250 HELP\r\n", true, nil),
            ("250-mx1\r\n250-SIZE\r\n250 HELP\r\n", false, nil),
            ("250-mx1\r\n250 XSTARTTLS\r\n", false, nil),
            ("250-mx1\r\n250 STARTTLSX\r\n", false, nil),
            ("250 STARTTLS\r\n", false, nil),
            ("250 mx1 STARTTLS\r\n", false, nil),
            ("250-mx1\r\n250 XXXXXXXA\r\n", false, "250 XXXXXXXA"),
            ("250-mx1\r\n250-XXXXXXXX\r\n250 HELP\r\n", false, "250-XXXXXXXX"),
            ("250-mx1\r\n250-XXXA 1000\r\n250-STARTTLS\r\n250 XXXB\r\n", true, "250-XXXA 1000"),
            ("250-mx1\r\n250-********\r\n250 HELP\r\n", false, "250-********"),
            ("250-****\r\n250 HELP\r\n", false, "250-****"),
            ("250-mx1\r\n250-XEXCH50\r\n250-XFORWARD NAME\r\n250-X-EXPS GSSAPI\r\n250 XXL\r\n", false, nil),
        ] as [(String, Bool, String?)])
    func readsKeywords(text: String, offers: Bool, masked: String?) throws {
        let answer = try Self.answer(text)
        #expect(answer.offersSTARTTLS == offers)
        #expect(answer.maskedLine == masked)
    }

    @Test(arguments: [
        ("****", true), ("*****2***0*****", true), ("**** 220 ****", true), ("***", false), ("", false),
        ("mx1 **** ESMTP", false), ("2 0", false),
    ])
    func knowsMaskedText(text: String, isMasked: Bool) {
        #expect(EHLOAnswer.isMaskedText(text.utf8) == isMasked)
    }
}
