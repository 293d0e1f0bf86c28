import Foundation

/// The program itself, as built beside these tests, run against the test bed.
struct CheckRun {
    /// What the program printed as JSON, and its exit status.
    let report: CheckReport
    let status: Int32

    /// Runs `stswatch check --json` on these domains.
    static func run(_ domains: [String], in bed: Testbed) async throws -> CheckRun {
        let tool = try await run(["check", "--json"], domains, in: bed)
        do {
            let report = try JSONDecoder().decode(CheckReport.self, from: tool.output)
            return CheckRun(report: report, status: tool.status)
        } catch {
            throw Tool.Failure(
                description: "not the contract's JSON: \(error)\nexit \(tool.status)\n\(tool.text)\n\(tool.complaint)")
        }
    }

    /// Runs any command of the program with the options that lead it to the test bed.
    static func run(_ command: [String], _ operands: [String], in bed: Testbed) async throws -> Tool {
        try await Tool.run(try Program.path(), command + options(in: bed) + operands, seconds: 90)
    }

    /// The options that lead the program to the test bed.
    static func options(in bed: Testbed) -> [String] {
        let loopback = bed.loopback
        return [
            "--resolver", "\(loopback.dns)@\(loopback.dnsPort)", "--trust-anchor", bed.anchor,
            "--ca-file", bed.authority, "--smtp-port", String(loopback.smtpPort),
            "--https-port", String(loopback.httpsPort), "--allow-private",
        ]
    }
}
