import Evidence
import MTASTS

/// What a finished dialogue hands over.
struct ProbeReport: Hashable, Sendable {
    let outcome: ConnectionOutcome
    let starttls: STARTTLSStatus
    let dialogue: SMTPDialogue
}

/// The conversation with one MX host as a machine without sockets and clocks: events in, actions out (RFC 5321,
/// RFC 3207). After `finish` it answers every event with nothing.
struct ProbeDialogue: ~Copyable {
    /// What is being waited for; the raw value is the word for it in an outcome.
    enum Step: String, Sendable {
        case banner
        case ehlo = "EHLO"
        case helo = "HELO"
        case starttls = "STARTTLS"
        case handshake = "TLS handshake"
        case secureEHLO = "EHLO after STARTTLS"
        case quit = "QUIT"
        case done
    }

    enum Action: Hashable, Sendable {
        case send([UInt8])
        /// Begin the handshake; from now on what is read goes through `screen`.
        case startTLS
        case finish(ProbeReport)
        case close
    }

    private(set) var step = Step.banner
    /// True once a complete banner was read, whatever it said.
    private(set) var hasBanner = false

    private let helo: String
    private var decoder = SMTPReplyDecoder()
    private var transcript = Transcript()
    private var filter = InjectionFilter(leftover: [])
    private var starttls = STARTTLSStatus.unknown
    private var maskedBanner: String?
    private var refusedEHLO: ConnectionOutcome?
    /// What `finish` will say once QUIT is through.
    private var verdict = ConnectionOutcome.ok

    /// - Parameter helo: the name said in EHLO; free of line ends.
    init(helo: String) {
        self.helo = helo
    }

    /// Takes what was read: plain text before STARTTLS, decrypted text after the handshake.
    mutating func received(_ bytes: some Collection<UInt8>) -> [Action] {
        guard step != .done else { return [] }
        decoder.append(bytes)
        return advance()
    }

    /// Takes what was read from the socket since `startTLS`; returns what is for TLS.
    mutating func screen(_ bytes: some Collection<UInt8>) -> (tls: [UInt8], actions: [Action]) {
        guard step == .handshake else { return (Array(bytes), []) }
        let tls = filter.pass(bytes)
        guard let end = screeningFailure() else { return (tls, []) }
        return ([], finish(.tls(TLSFailure(kind: .handshake, reason: end))))
    }

    /// True once the peer has begun to speak TLS: nothing needs to be screened any more.
    var isScreeningOver: Bool { filter.isDone }

    mutating func handshakeCompleted() -> [Action] {
        guard step == .handshake else { return [] }
        tellInjected()
        step = .secureEHLO
        // What TLS handed out before is read now.
        return say("EHLO \(helo)") + advance()
    }

    /// TLS broke: in the handshake or, since TLS 1.3 lets a server refuse our side of it late, after.
    mutating func tlsFailed(_ reason: String, _ kind: TLSFailure.Kind = .handshake) -> [Action] {
        ended(.tls(TLSFailure(kind: kind, reason: reason)))
    }

    /// The peer closed or reset the connection.
    mutating func closed() -> [Action] {
        if step == .handshake {
            return tlsFailed("the connection was closed in the handshake")
        }
        // Who refuses EHLO and hangs up has said all that HELO could have told.
        if step == .helo, let refusedEHLO { return ended(refusedEHLO) }
        return ended(.closed(step.rawValue))
    }

    /// The step's or the whole probe's time is over.
    mutating func timedOut() -> [Action] {
        if step == .handshake { return tlsFailed("no answer in the handshake", .silence) }
        return ended(.timeout(step.rawValue))
    }

    /// Our side gave up (cancelled, an error of the socket), in words.
    mutating func failed(_ reason: String) -> [Action] {
        ended(.error(reason))
    }

    private mutating func ended(_ outcome: ConnectionOutcome) -> [Action] {
        switch step {
        case .done: []
        case .quit: finish(verdict)
        default: finish(outcome)
        }
    }

    private mutating func advance() -> [Action] {
        var actions: [Action] = []
        while step != .done, step != .handshake, let event = decoder.next() {
            switch event {
            case .reply(let reply):
                for line in reply.lines { transcript.add(.server, line) }
                actions += answer(reply)
            case .malformed(let lines):
                for line in lines { transcript.add(.server, line) }
                let culprit = VisibleText.escape(lines.last ?? [], limit: Limits.quotedText)
                actions += ended(.error("\(step.rawValue): not an SMTP reply: \(culprit)"))
            case .limit(let reason):
                actions += ended(.error("\(step.rawValue): \(reason)"))
            }
        }
        return actions
    }

    private mutating func answer(_ reply: SMTPReply) -> [Action] {
        switch step {
        case .banner: answerBanner(reply)
        case .ehlo: answerEHLO(reply)
        case .helo: answerHELO(reply)
        case .starttls: answerSTARTTLS(reply)
        case .secureEHLO: quit(reply.code == 250 ? .ok : refusal(reply))
        case .quit: finish(verdict)
        case .handshake, .done: []
        }
    }

    private mutating func answerBanner(_ reply: SMTPReply) -> [Action] {
        hasBanner = true
        guard reply.code == 220 else { return quit(refusal(reply)) }
        if let first = reply.lines.first, EHLOAnswer.isMaskedText(first.dropFirst(4)) {
            maskedBanner = VisibleText.escape(first, limit: Limits.quotedText)
        }
        step = .ehlo
        return say("EHLO \(helo)")
    }

    private mutating func answerEHLO(_ reply: SMTPReply) -> [Action] {
        if reply.isPermanentFailure {
            // An old server: HELO is the way to tell it from one that turns us away (RFC 5321 3.2).
            refusedEHLO = refusal(reply)
            step = .helo
            return say("HELO \(helo)")
        }
        guard reply.code == 250 else { return quit(refusal(reply)) }
        let offer = EHLOAnswer(reply)
        if offer.offersSTARTTLS {
            step = .starttls
            return say("STARTTLS")
        }
        starttls = (offer.maskedLine ?? maskedBanner).map { .masked($0) } ?? .missing
        return quit(.ok)
    }

    private mutating func answerHELO(_ reply: SMTPReply) -> [Action] {
        guard reply.code == 250 else { return quit(refusal(reply)) }
        starttls = maskedBanner.map { .masked($0) } ?? .missing
        return quit(.ok)
    }

    private mutating func answerSTARTTLS(_ reply: SMTPReply) -> [Action] {
        guard reply.code == 220 else {
            starttls = .refused(code: reply.code, text: reply.text)
            return quit(.ok)
        }
        starttls = .offered
        step = .handshake
        // What came with the 220 was not protected by TLS and must not count as said under it (RFC 3207 6).
        filter = InjectionFilter(leftover: decoder.drain().rest)
        if let end = screeningFailure() { return finish(.tls(TLSFailure(kind: .handshake, reason: end))) }
        return [.startTLS]
    }

    /// Why no handshake is to be expected, judging by the plain text that came in its place.
    private func screeningFailure() -> String? {
        if let line = filter.refusal {
            return "an SMTP reply in place of TLS: \(VisibleText.escape(line, limit: Limits.quotedText))"
        }
        return filter.isFlooded ? "more than \(Limits.injectedBytes) bytes of plain text in place of TLS" : nil
    }

    private mutating func tellInjected() {
        for line in filter.injected.split(separator: UInt8(ascii: "\n")) {
            transcript.add(.server, line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        }
    }

    private func refusal(_ reply: SMTPReply) -> ConnectionOutcome {
        if reply.isFailure { return .banner(code: reply.code, text: reply.text) }
        return .error("\(step.rawValue): answered \(reply.code): \(reply.text)")
    }

    private mutating func say(_ command: String) -> [Action] {
        transcript.add(.client, Array(command.utf8))
        return [.send(Array("\(command)\r\n".utf8))]
    }

    private mutating func quit(_ outcome: ConnectionOutcome) -> [Action] {
        verdict = outcome
        step = .quit
        return say("QUIT")
    }

    private mutating func finish(_ outcome: ConnectionOutcome) -> [Action] {
        if step == .handshake { tellInjected() }
        step = .done
        if !filter.injected.isEmpty {
            starttls = .injected(VisibleText.escape(filter.injected, limit: Limits.quotedText))
        }
        // An unfinished reply is evidence too: of a tarpit, or of a peer that was cut off.
        let (lines, rest) = decoder.drain()
        for line in lines { transcript.add(.server, line) }
        if !rest.isEmpty { transcript.add(.server, rest) }
        return [.finish(ProbeReport(outcome: outcome, starttls: starttls, dialogue: transcript.dialogue)), .close]
    }
}
