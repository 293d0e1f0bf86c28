import Evidence

@testable import Probing

/// A whole conversation: the input is what the server says; a NUL and a letter is something else that happens.
enum DialogueFuzzer {
    static func run(_ input: [UInt8]) {
        let whole = play(input, pieces: .max)
        let single = play(input, pieces: 1)
        // Where plain text came together with the 220, the pieces matter: it is then a finding of its own.
        guard !whole.didHandshake, !single.didHandshake else { return }
        demand(whole.report?.outcome == single.report?.outcome, "the pieces do not change the outcome")
        demand(whole.report?.starttls == single.report?.starttls, "the pieces do not change what STARTTLS was")
    }

    private struct Play {
        var report: ProbeReport?
        var didHandshake = false
        var sent = 0
        var closes = 0

        mutating func note(_ actions: [ProbeDialogue.Action]) {
            for action in actions {
                demand(closes == 0, "nothing is done after the close")
                switch action {
                case .send(let bytes):
                    sent += 1
                    demand(report == nil, "nothing is said after the report")
                    demand(bytes.suffix(2) == [13, 10], "a command ends its line")
                    demand(bytes.dropLast(2).allSatisfy { (0x20...0x7e).contains($0) }, "a command is one line")
                case .startTLS:
                    demand(!didHandshake, "one handshake at most")
                    didHandshake = true
                case .finish(let found):
                    demand(report == nil, "one report")
                    report = found
                case .close:
                    demand(report != nil, "the report comes before the close")
                    closes += 1
                }
            }
        }
    }

    private static func play(_ input: [UInt8], pieces: Int) -> Play {
        var dialogue = ProbeDialogue(helo: "probe.example")
        var play = Play()
        var index = 0
        while index < input.count {
            let end = input[index...].firstIndex(of: 0) ?? input.count
            var rest = input[index..<end]
            while !rest.isEmpty {
                let piece = rest.prefix(pieces)
                rest = rest.dropFirst(pieces)
                if dialogue.step == .handshake {
                    play.note(dialogue.screen(piece).actions)
                } else {
                    play.note(dialogue.received(piece))
                }
            }
            guard end + 1 < input.count else { break }
            switch input[end + 1] {
            case UInt8(ascii: "c"): play.note(dialogue.closed())
            case UInt8(ascii: "f"): play.note(dialogue.failed("cancelled"))
            case UInt8(ascii: "h"): play.note(dialogue.handshakeCompleted())
            case UInt8(ascii: "t"): play.note(dialogue.timedOut())
            case UInt8(ascii: "x"): play.note(dialogue.tlsFailed("no shared cipher"))
            default: play.note(dialogue.received([0]))
            }
            index = end + 2
        }
        play.note(dialogue.timedOut())
        demand(dialogue.step == .done, "time over is the end")
        judge(play)
        return play
    }

    private static func judge(_ play: Play) {
        demand(play.closes == 1, "every conversation ends once")
        demand(play.sent <= 6, "no more is said than a dialogue has steps")
        guard let report = play.report else { return }
        let lines = report.dialogue.lines
        demand(lines.count <= Limits.transcriptLines, "the transcript has at most 200 lines")
        demand(lines.allSatisfy { $0.bytes.count <= Limits.transcriptLine }, "its lines have at most 1,000 bytes")
        switch report.outcome {
        case .timeout(let text), .closed(let text), .banner(_, let text), .error(let text):
            demandNoControls(text, limit: Limits.quotedText + 60, "an outcome")
        case .tls(let failure): demandNoControls(failure.reason, limit: Limits.quotedText + 60, "an outcome")
        case .ok, .refused, .unreachable, .notProbed: break
        }
        switch report.starttls {
        case .masked(let text), .refused(_, let text), .injected(let text):
            demandNoControls(text, limit: Limits.quotedText, "what became of STARTTLS")
        case .offered, .missing, .unknown: break
        }
    }
}
