import Foundation
import Testing

@testable import stswatch

@Suite(.timeLimit(.minutes(5))) struct HistoryCommandTests {
    @Test func tellsWhatASweepLeftBehind() async throws {
        let folder = try Tool.temporaryFolder("stswatch-history")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = ["--state-dir", folder.path]
        let none = try await Program.run(["history", "example.com"] + place)
        #expect(none.status == 66 && none.complaint.contains("there is no history \(folder.path)/history.sqlite yet"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        // What it says is on the disk.
        let sweep = try await Program.sweep(
            ["--domains", "3"] + place, until: { $0.contains("\nversion restless-0.example ") })
        try #require(sweep.text.contains("\nversion restless-0.example "), "\(sweep.complaint)")
        let text = try await Program.run(["history", "restless-0.example", "unknown.example"] + place)
        #expect(text.status == 0)
        #expect(text.text.hasPrefix("restless-0.example  "))
        #expect(text.text.contains("\n  policies\n") && text.text.contains("\n  MX sets\n"))
        #expect(text.text.contains("10 mx.restless-0.example"))
        #expect(text.text.hasSuffix("\nunknown.example\n  nothing is remembered\n"))
        let json = try await Program.run(["history", "restless-0.example", "--json", "--since", "1h"] + place)
        let document = try #require(try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
        let domain = try #require((document["domains"] as? [[String: Any]])?.first)
        #expect(domain["domain"] as? String == "restless-0.example")
        #expect((domain["policies"] as? [[String: Any]])?.first?["body"] as? String != nil)
        let pruned = try await Program.run(["history", "prune", "--megabytes", "16"] + place)
        #expect(pruned.status == 0 && pruned.text.hasPrefix("\(folder.path)/history.sqlite: "))
    }

    @Test func readsTimesAsPeopleTypeThem() throws {
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(try SinceText.date("2d", now: now) == Date(timeIntervalSince1970: 827_200))
        #expect(try SinceText.date("2026-11-24", now: now) == Date(timeIntervalSince1970: 1_795_478_400))
        #expect(try SinceText.date("2026-11-24T01:00:00Z", now: now) == Date(timeIntervalSince1970: 1_795_482_000))
        let failure = try #require(throws: CommandFailure.self) { try SinceText.date("soon", now: now) }
        #expect(failure.status == .usage && failure.sentence.hasPrefix("--since soon: give a day"))
    }

    @Test func aDamagedHistoryIsOneSentenceAndLeftAlone() async throws {
        let folder = try Tool.temporaryFolder("stswatch-history")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("history.sqlite")
        let bytes = Data(repeating: 0x41, count: 5_000)
        try bytes.write(to: file)
        let told = try await Program.run(["history", "example.com", "--state-dir", folder.path])
        #expect(told.status == 66)
        #expect(told.complaint.hasPrefix("stswatch: the history \(file.path) is damaged"))
        #expect(told.complaint.split(separator: "\n").count == 1)
        #expect(try Data(contentsOf: file) == bytes)
        // A check looks all the same, and says that it goes without.
        let check = try await Program.run([
            "check", "a.example", "--state-dir", folder.path, "--resolver", "127.0.0.1@9", "--timeout", "1s",
        ])
        #expect(check.status == 3 && check.complaint.contains("is damaged"))
        #expect(check.complaint.contains("going on without it"))
        #expect(try Data(contentsOf: file) == bytes)
    }
}
