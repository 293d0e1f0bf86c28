import Foundation
import Testing

/// Starts the test bed before a suite and stops it after, also when tests fail.
struct TestbedRunning: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let bed = try await Testbed.start()
        let outcome: Result<Void, any Error>
        do {
            try await Testbed.$current.withValue(bed) { try await function() }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await bed.stop()
        try outcome.get()
    }

    /// Set by the test command: then missing servers are a failure, and otherwise a reason to leave the suite out.
    static var isRequired: Bool { ProcessInfo.processInfo.environment["STSWATCH_REQUIRE_SERVERS"] == "1" }
    static var isPossible: Bool { isRequired || ServerTree.installed() != nil }
}

extension Trait where Self == TestbedRunning {
    static var testbed: Self { Self() }
}
