import Evidence

/// Keeps what both sides said, within the bounds that `SMTPDialogue` promises; the first lines are the ones kept.
struct Transcript: Sendable {
    private(set) var dialogue = SMTPDialogue()

    mutating func add(_ speaker: SMTPDialogue.Line.Speaker, _ bytes: some Collection<UInt8>) {
        guard dialogue.lines.count < Limits.transcriptLines else { return }
        dialogue.lines.append(SMTPDialogue.Line(speaker, bytes: Array(bytes.prefix(Limits.transcriptLine))))
    }
}
