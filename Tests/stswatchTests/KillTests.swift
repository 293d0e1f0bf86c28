import Deliverability
import Foundation
import Glibc
import MTASTS
import SQLiteHistory
import Testing

/// The program is killed in the middle of a busy sweep, again and again on the same history: whatever it had shown is
/// there at the next start, and the file is whole.
@Suite(.serialized) struct KillTests {
    /// How often; `STSWATCH_KILLS=200` for the long run.
    static let kills = ProcessInfo.processInfo.environment["STSWATCH_KILLS"].flatMap { Int($0) } ?? 8

    /// What a run told before it was killed; a last line that is not whole does not count.
    private struct Told {
        var changes: Set<Int> = []
        var acknowledged: Set<Int> = []
        var versions: Set<String> = []

        init(_ output: String) throws {
            var lines = output.split(separator: "\n", omittingEmptySubsequences: false)
            _ = lines.popLast()
            for line in lines {
                let words = line.split(separator: " ")
                switch words.first {
                case "change": changes.formUnion(words.dropFirst().compactMap { Int($0) })
                case "acknowledged": acknowledged.formUnion(words.dropFirst().compactMap { Int($0) })
                case "version": versions.insert(words.dropFirst().joined(separator: " "))
                default: throw Tool.Failure(description: "the sweep says: \(line)")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(10 + kills / 4))) func nothingThatWasShownIsLost() async throws {
        let folder = try Tool.temporaryFolder("stswatch-kill")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = HistoryPlace(directory: folder.path)
        var generator = SystemRandomNumberGenerator()
        var (shown, versions, acknowledged) = (0, 0, 0)
        // A machine that is slow to begin is given longer, until something is shown.
        var scale = 1.0
        for kill in 0..<Self.kills {
            // From before the file is open to well into the sweep.
            let seconds = Double.random(in: 0.02...0.9, using: &generator) * scale
            let sweep = try await Program.sweep(["--state-dir", folder.path], seconds: seconds)
            let told = try Told(sweep.text)
            #expect(sweep.complaint == "")
            let missing = try await Self.missing(told, place)
            #expect(missing.isEmpty, "after kill \(kill + 1): \(missing.prefix(5))")
            shown += told.changes.count
            versions += told.versions.count
            acknowledged += told.acknowledged.count
            if told.acknowledged.isEmpty { scale = min(scale * 1.5, 20) }
        }
        print(
            "\(Self.kills) kills: \(shown) transitions, \(versions) policy versions, \(acknowledged) acknowledgements")
        #expect(shown > 0 && versions > 0 && acknowledged > 0)
    }

    /// The tests themselves may be killed in the middle of a sweep: it ends with them.
    @Test(.timeLimit(.minutes(10))) func aSweepEndsWithItsTests() async throws {
        let folder = try Tool.temporaryFolder("stswatch-orphan")
        defer { try? FileManager.default.removeItem(at: folder) }
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let here = ["STSWATCH_KILLS": "1000000", "TMPDIR": folder.path]
        _ = try await Tool.run(
            tests, ["--testing-library", "swift-testing", "--filter", "nothingThatWasShownIsLost"],
            environment: ProcessInfo.processInfo.environment.merging(here) { $1 }, seconds: 300,
            until: { _ in !Self.sweeps(under: folder).isEmpty })
        let isOver = try await Patience.wait(within: 60) { Self.sweeps(under: folder).isEmpty }
        #expect(isOver)
        for process in Self.sweeps(under: folder) { kill(process, SIGKILL) }
        // Whether there was a sweep at all.
        let made = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(made.contains { $0.hasPrefix("stswatch-kill") }, "\(made)")
    }

    /// The sweeps that run over a history somewhere under this folder.
    private static func sweeps(under folder: URL) -> [pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { pid_t($0) }.filter { process in
            guard let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/cmdline")) else {
                return false
            }
            let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.contains("sweep") && words.contains { $0.hasPrefix(folder.path) }
        }
    }

    private static func missing(_ told: Told, _ place: HistoryPlace) async throws -> [String] {
        // Killed before there was a file, it has shown nothing.
        guard FileManager.default.fileExists(atPath: place.database) else {
            return told.changes.map { "change \($0)" } + told.versions.map { "version \($0)" }
        }
        // Also of a run that was killed before it had shown anything.
        let history = try SQLiteHistory(place, user: "test")
        var missing = try await history.faults()
        let changes = await history.changes(most: .max)
        let ids = Set(changes.map(\.id))
        let seen = Set(changes.filter { $0.acknowledgedAt != nil }.map(\.id))
        missing += told.changes.subtracting(ids).map { "change \($0)" }
        missing += told.acknowledged.subtracting(seen).map { "acknowledgement of \($0)" }
        var kept: Set<String> = []
        for name in Set(told.versions.compactMap { $0.split(separator: " ").first.flatMap { DomainName($0) } }) {
            let past = try await history.history(of: name)
            for run in past?.policies ?? [] { kept.insert("\(name) \(run.value.id) \(run.value.maxAge ?? 0)") }
        }
        missing += told.versions.subtracting(kept).map { "version \($0)" }
        return missing
    }
}
