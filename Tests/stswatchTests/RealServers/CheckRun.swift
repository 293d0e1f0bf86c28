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
        let loopback = bed.loopback
        let options = [
            "--resolver", "\(loopback.dns)@\(loopback.dnsPort)", "--trust-anchor", bed.anchor,
            "--ca-file", bed.authority, "--smtp-port", String(loopback.smtpPort),
            "--https-port", String(loopback.httpsPort), "--allow-private",
        ]
        return try await Tool.run(try program(), command + options + operands, seconds: 90)
    }

    /// The executable that stands in the folder of the running test bundle.
    private static func program() throws -> String {
        let bundle = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let program = bundle.deletingLastPathComponent().appendingPathComponent("stswatch").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Tool.Failure(description: "no program at \(program): build the package first")
        }
        return program
    }
}
