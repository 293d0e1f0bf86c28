import Glibc
import Testing

@testable import MailLab

/// Random damage to what servers send, over real sockets, in a process of its own so that its memory can be weighed.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct CorruptionTests {
    @Test func `corrupted SMTP servers: every probe ends in time, the memory stays`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            try await CorruptionRun.smtp(CorruptionRun.count)
        }
        try Self.show(result)
    }

    @Test func `corrupted policy hosts: every fetch ends in time, the memory stays`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            try await CorruptionRun.policy(CorruptionRun.count)
        }
        try Self.show(result)
    }

    @Test func `corrupted name servers: every lookup ends in time, the memory stays`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            try await CorruptionRun.dns(CorruptionRun.count)
        }
        try Self.show(result)
    }

    /// Prints the figures; a run that came to none did not run to its end.
    private static func show(_ result: ExitTest.Result?) throws {
        let text = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
        let figures = text.split(separator: "\n").filter { $0.contains("VmRSS") }
        for line in figures { print(line) }
        let told = String(decoding: result?.standardErrorContent.suffix(4_000) ?? [], as: UTF8.self)
        if figures.count != 1 { print(told) }
        #expect(figures.count == 1 && result?.exitStatus == .exitCode(EXIT_SUCCESS), "\(told)")
    }

    @Test func `the same seed draws the same faults, and each kind does what it says`() {
        let (one, other) = (LabFaults(seed: 7), LabFaults(seed: 7))
        let drawn = (0..<400).map { _ in one.next().fault }
        #expect(drawn == (0..<400).map { _ in other.next().fault })
        #expect(Set(drawn.map(\.kind)) == Set(LabFault.Kind.allCases))
        let bytes = (0..<3_000).map { UInt8(truncatingIfNeeded: $0) }
        for fault in drawn {
            let spoiled = fault.applied(to: bytes, at: 0)
            switch fault.kind {
            case .flip: #expect(zip(spoiled, bytes).filter { $0 != $1 }.count == 1)
            case .drop: #expect(spoiled.count == 3_000 - fault.count)
            case .duplicate, .insert: #expect(spoiled.count == 3_000 + fault.count)
            case .truncate, .mute: #expect(spoiled == Array(bytes[..<fault.offset]))
            }
        }
    }
}
