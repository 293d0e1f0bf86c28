import Foundation
import MTASTS
import SQLiteHistory
import Testing

@testable import stswatch

extension RealServerTests {
    /// What `trace` tells of real servers.
    @Suite("Traces")
    struct Traces {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        private struct Document: Decodable {
            struct Trace: Decodable {
                struct Step: Decodable {
                    let number: Int
                    let what: String
                    let result: String
                    let ms: Int?
                    let outcome: String
                }

                let sender: String
                let delivery: String
                let policyId: String?
                let holders: String?
                let steps: [Step]
            }

            let schema: Int
            let domain: String
            let traces: [Trace]
        }

        private func trace(_ label: String, _ options: String...) async throws -> (Document, Int32) {
            let domain = label + "." + Testbed.zone
            let tool = try await CheckRun.run(["trace", "--json"] + options, [domain], in: bed)
            let document = try JSONDecoder().decode(Document.self, from: tool.output)
            #expect(document.schema == 1)
            #expect(document.domain == domain)
            return (document, tool.status)
        }

        @Test("a healthy domain takes the mail of every sender, and every step on the network has its time")
        func healthy() async throws {
            let (document, status) = try await trace("healthy")
            #expect(status == 0)
            #expect(document.traces.map(\.sender) == ["mta-sts", "dane", "opportunistic"])
            let steps = try #require(document.traces.first).steps
            #expect(steps.allSatisfy { $0.outcome == "ok" || $0.outcome == "skipped" })
            #expect(steps.map(\.number) == Array(1...steps.count))
            for what in ["TXT ", "policy file ", "MX ", "A, AAAA ", "connect ", "STARTTLS"] {
                #expect(steps.first { $0.what.hasPrefix(what) }?.ms != nil, "\(what)")
            }
            #expect(steps.last?.result == "delivered, MTA-STS passed")
        }

        @Test("an expired certificate stops the sender at the certificate, and no other one")
        func expired() async throws {
            let (document, status) = try await trace("expired")
            #expect(status == 2)
            #expect(document.traces.map(\.delivery) == ["refused", "none", "delivers"])
            let failed = try #require(document.traces.first).steps.filter { $0.outcome == "fail" }
            #expect(failed.map(\.what) == ["certificate", "result"])
        }

        @Test("a TLSA mismatch stops the DANE sender; --sender names it alone")
        func mismatch() async throws {
            let (document, status) = try await trace("tlsamismatch", "--sender", "dane")
            #expect(status == 2)
            #expect(document.traces.map(\.sender) == ["dane"])
            let failed = try #require(document.traces.first).steps.filter { $0.outcome == "fail" }
            #expect(failed.map(\.what) == ["match TLSA", "result"])
        }

        @Test("with a history, the holders of each version go from host to host as well")
        func cached() async throws {
            let folder = try Tool.temporaryFolder("stswatch-trace")
            defer { try? FileManager.default.removeItem(at: folder) }
            do {
                // An hour ago another policy was served, which lists none of the MX hosts of today.
                let history = try SQLiteHistory(HistoryPlace(directory: folder.path), user: "test")
                var looks = Looks(try #require(DomainName("healthy." + Testbed.zone)))
                _ = await history.append([looks.look(at: Date().addingTimeInterval(-3_600))])
            }
            let (document, status) = try await trace("healthy", "--state-dir", folder.path)
            let held = document.traces.filter { $0.sender == "cached" }
            #expect(document.traces.count == 3 + held.count && !held.isEmpty)
            #expect(status == 2)
            for trace in held {
                #expect(trace.policyId?.isEmpty == false && ["id", "expiry"].contains(trace.holders))
                #expect(trace.delivery == "refused")
                let failed = trace.steps.filter { $0.outcome == "fail" }
                #expect(failed.first?.what.hasSuffix(": in the policy?") == true && failed.last?.what == "result")
            }
            // Without the history nobody knows of it.
            #expect(try await trace("healthy").0.traces.count == 3)
        }

        @Test("as text it keeps to 80 columns")
        func text() async throws {
            let tool = try await CheckRun.run(["trace"], ["partial." + Testbed.zone], in: bed)
            #expect(tool.status == 1)
            #expect(tool.text.split(separator: "\n").allSatisfy { $0.count <= 79 })
            #expect(tool.text.contains("What a sender does now: opportunistic, to partial." + Testbed.zone))
        }
    }
}
