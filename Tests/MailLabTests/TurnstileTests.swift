import Synchronization
import Testing

@testable import MailLab

struct TurnstileTests {
    @Test func `one at a time, and an error is its own caller's`() async throws {
        let turnstile = Turnstile()
        let inside = Mutex(0)
        let most = Mutex(0)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    do throws(LabError) {
                        try await turnstile.pass { () async throws(LabError) in
                            let now = inside.withLock {
                                $0 += 1
                                return $0
                            }
                            most.withLock { $0 = max($0, now) }
                            await Task.yield()
                            inside.withLock { $0 -= 1 }
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
        #expect(most.withLock { $0 } == 1)
        #expect(failures == 5)
    }
}
