@testable import Probing

/// SMTP replies, cut out of one stream however it is cut into reads.
enum ReplyFuzzer {
    static func run(_ input: [UInt8]) {
        let whole = events(of: [input[...]])
        let middle = input.count / 2
        demand(whole == events(of: [input[..<middle], input[middle...]]), "two halves tell what the whole tells")
        demand(whole == events(of: input.indices.map { input[$0...$0] }), "single bytes tell what the whole tells")
        for case .reply(let reply) in whole.events {
            demand((200...599).contains(reply.code), "a reply's code is one")
            demand((1...Limits.replyLines).contains(reply.lines.count), "a reply has 1 to 100 lines")
            demand(reply.lines.allSatisfy { $0.count <= Limits.replyLine }, "no line is longer than promised")
            demandNoControls(reply.text, limit: Limits.quotedText, "a reply's text")
            if let masked = EHLOAnswer(reply).maskedLine {
                demandNoControls(masked, limit: Limits.quotedText, "a masked line")
            }
        }
    }

    private struct Told: Equatable {
        var events: [SMTPReplyDecoder.Event] = []
        var unfinished: [[UInt8]] = []
    }

    private static func events(of pieces: [ArraySlice<UInt8>]) -> Told {
        var decoder = SMTPReplyDecoder()
        var told = Told()
        for piece in pieces {
            decoder.append(piece)
            while let event = decoder.next() { told.events.append(event) }
        }
        // After a broken limit it is the pieces that decide how much is left over.
        if case .limit = told.events.last { return told }
        let (lines, rest) = decoder.drain()
        told.unfinished = lines + [rest]
        return told
    }
}
