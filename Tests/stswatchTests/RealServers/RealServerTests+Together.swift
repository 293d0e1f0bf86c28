import Foundation
import Testing

extension RealServerTests {
    @Suite("All domains in one run")
    struct Together {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        @Test("every domain gets its verdict, and the worst of them decides the exit status")
        func all() async throws {
            let names = TestbedDomain.all.map(\.name)
            let check = try await CheckRun.run(names, in: bed)
            #expect(check.status == 2)
            #expect(Set(check.report.domains.map(\.domain)) == Set(names))
            #expect(check.report.domains.count == names.count)
            let states = Dictionary(grouping: check.report.domains, by: \.state).mapValues { Set($0.map(\.domain)) }
            #expect(
                states["ok"]
                    == Set(
                        ["healthy", "exim", "tlsamatch", "anchor", "rollover", "implicit", "null", "sni"].map {
                            $0 + "." + Testbed.zone
                        }))
        }

        @Test("--ndjson prints one object a line for the domains of a list")
        func list() async throws {
            let folder = try Tool.temporaryFolder("stswatch-list")
            defer { try? FileManager.default.removeItem(at: folder) }
            let list = folder.appendingPathComponent("domains.txt")
            let names = ["healthy", "exim", "partial"].map { $0 + "." + Testbed.zone }
            try "# three\n\(names.joined(separator: "\n"))\n".write(to: list, atomically: false, encoding: .utf8)
            let tool = try await CheckRun.run(["check", "--ndjson", "--list", list.path], [], in: bed)
            let lines = tool.text.split(separator: "\n")
            let domains = try lines.map { try JSONDecoder().decode(CheckReport.Domain.self, from: Data($0.utf8)) }
            #expect(Set(domains.map(\.domain)) == Set(names), "\(tool.complaint)")
            #expect(domains.count == names.count)
            #expect(tool.status == 1)
        }
    }
}
