import Foundation

/// The program itself, as built beside these tests.
enum Program {
    /// The executable that stands in the folder of the running test bundle.
    static func path() throws -> String {
        let bundle = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let program = bundle.deletingLastPathComponent().appendingPathComponent("stswatch").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Tool.Failure(description: "no program at \(program): build the package first")
        }
        return program
    }

    /// Runs it without a terminal: standard input is empty, both outputs are files.
    static func run(_ arguments: [String], environment: [String: String]? = nil) async throws -> Tool {
        try await Tool.run(try path(), arguments, environment: environment, seconds: 90)
    }

    /// Runs a sweep over a history until it is killed, after `seconds` or as soon as it has said enough; it ends with
    /// these tests, however they end.
    static func sweep(
        _ arguments: [String], seconds: Double = 60, until isEnough: ((String) -> Bool)? = nil
    ) async throws -> Tool {
        try await Tool.run(try path(), ["sweep"] + arguments, input: nil, seconds: seconds, until: isEnough)
    }
}
