import Foundation
import Testing

extension RealServerTests {
    @Suite("Plans")
    struct Plans {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        private struct Plan: Decodable {
            let schema: Int
            let before: String
            let after: String
            let effects: [Effect]
            let newFindings: [CheckReport.Finding]
            let steps: [Step]

            struct Effect: Decodable {
                let sender: String
                let before: String
                let after: String
                let reason: String
            }

            struct Step: Decodable {
                let number: Int
                let notBefore: String?
                let what: String
                let lines: [String]
            }

            func effect(_ sender: String) -> Effect? { effects.first { $0.sender == sender } }
        }

        private func plan(_ label: String, _ options: [String], status: Int32) async throws -> Plan {
            let domain = label + "." + Testbed.zone
            let tool = try await CheckRun.run(["plan", "--json"] + options, [domain], in: bed)
            #expect(tool.status == status, "\(tool.text)\(tool.complaint)")
            return try JSONDecoder().decode(Plan.self, from: tool.output)
        }

        @Test("a new MX host is probed for real, and the policy must name it first")
        func newHost() async throws {
            let host = "mx1.expired." + Testbed.zone
            let plan = try await plan("healthy", ["--mx", "5:" + host], status: 1)
            #expect(plan.before == "ok" && plan.after == "risk")
            #expect(plan.effect("mta-sts")?.after == "partial")
            let codes = Set(plan.newFindings.map(\.code))
            #expect(codes.isSuperset(of: ["mx-unlisted", "certificate-expired"]), "\(codes)")
            #expect(plan.steps.first?.what == "Repair \(host) first: certificate expired.")
            #expect(plan.steps.contains { $0.lines.contains("mx: " + host) })
            #expect(plan.steps.contains { $0.what.contains("new MX records") && $0.notBefore != nil })
        }

        @Test("a new certificate is judged by the TLSA records that stand")
        func newKey() async throws {
            let folder = try Tool.temporaryFolder("stswatch-plan")
            defer { try? FileManager.default.removeItem(at: folder) }
            let host = "mx1.tlsamatch." + Testbed.zone
            let pem = folder.appendingPathComponent("new.pem").path
            try await Tool.require(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=x",
                    "-addext", "subjectAltName=DNS:" + host, "-keyout", "/dev/null", "-out", pem,
                ])
            let plan = try await plan("tlsamatch", ["--certificate", pem], status: 2)
            #expect(plan.effect("dane")?.before == "delivers")
            #expect(plan.effect("dane")?.after == "refused")
            #expect(plan.effect("mta-sts")?.after == "refused")
            #expect(
                plan.steps.map(\.what) == [
                    "Do not install that certificate on \(host): certificate self-signed."
                ])
            // Once nobody enforces a policy any more, DANE asks for the key alone.
            let unbound = try await self.plan("tlsamatch", ["--certificate", pem, "--remove-sts"], status: 2)
            #expect(unbound.steps.contains { $0.what.contains("TLSA record of the new key") && $0.lines.count == 2 })
            #expect(unbound.steps.last?.what.hasPrefix("Remove the TLSA records of the old key") == true)
        }

        @Test("as text it keeps to 80 columns and tells who refuses and the order")
        func text() async throws {
            let tool = try await CheckRun.run(["plan", "--remove-sts"], ["healthy." + Testbed.zone], in: bed)
            #expect(tool.status == 1, "\(tool.complaint)")
            #expect(tool.text.split(separator: "\n").allSatisfy { $0.count <= 79 || $0.contains("|") }, "\(tool.text)")
            for words in ["WHO WOULD REFUSE", "SAFE ORDER", "mode: none", "Not before "] {
                #expect(tool.text.contains(words), "\(tool.text)")
            }
        }

        @Test(
            "what is wrong with the options is told in one sentence",
            arguments: [
                (["--mx", "new.example"], "PREFERENCE:HOST"), (["--id", "a-b"], "letters and digits"),
                (["--tlsa", "x.example=3 1 1 zz"], "hexadecimal"), (["--policy", "/nowhere"], "no such file"),
                ([], "nothing is planned"), (["--remove-mx", "mx9.x.example"], "it is no MX host of the domain"),
                (["--tlsa", "mx9.x.example=3 1 1 aa"], "is no MX host of the domain after the change"),
                (
                    ["--tlsa", "mx1.healthy.\(Testbed.zone)=none", "--remove-mx", "mx1.healthy.\(Testbed.zone)"],
                    "is no MX host of the domain after the change"
                ),
            ])
        func misuse(_ options: [String], _ words: String) async throws {
            let tool = try await CheckRun.run(["plan"] + options, ["healthy." + Testbed.zone], in: bed)
            #expect([64, 66].contains(tool.status))
            #expect(tool.complaint.contains(words), "\(tool.complaint)")
            #expect(tool.complaint.split(separator: "\n").count == 1)
        }
    }
}
