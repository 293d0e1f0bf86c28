import Synchronization
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5))) struct TurnstileTests {
    /// How many are inside, and how many there ever were at once.
    private final class Gauge: Sendable {
        private let state = Mutex((inside: 0, most: 0))

        var most: Int { state.withLock { $0.most } }

        func enter() {
            state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
            }
        }

        func leave() { state.withLock { $0.inside -= 1 } }
    }

    @Test func `one at a time, and an error is its own caller's`() async throws {
        let turnstile = Turnstile()
        let gauge = Gauge()
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    do throws(LabError) {
                        try await turnstile.pass { () async throws(LabError) in
                            gauge.enter()
                            await Task.yield()
                            gauge.leave()
                            if number % 10 == 0 { throw LabError("\(number)") }
                        }
                        return false
                    } catch {
                        return error == LabError("\(number)")
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(gauge.most == 1)
        #expect(failures == 5)
    }
}
