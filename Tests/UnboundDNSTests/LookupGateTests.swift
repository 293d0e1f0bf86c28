import Testing

@testable import UnboundDNS

@Suite(.timeLimit(.minutes(5))) struct LookupGateTests {
    @Test func neverMoreThanItsLimitAreInside() async throws {
        let gate = LookupGate(limit: 7)
        let inside = Guarded((now: 0, most: 0))
        await withTaskGroup { group in
            for _ in 0..<500 {
                group.addTask {
                    #expect(await gate.enter())
                    inside.withLock {
                        $0.now += 1
                        $0.most = max($0.most, $0.now)
                    }
                    await Task.yield()
                    inside.withLock { $0.now -= 1 }
                    gate.leave()
                }
            }
        }
        #expect(inside.withLock { $0.most } <= 7)
        #expect(inside.withLock { $0.now } == 0)
    }

    @Test func thoseWhoWaitComeInInOrder() async throws {
        let gate = LookupGate(limit: 1)
        #expect(await gate.enter())
        let order = Guarded<[Int]>([])
        var tasks: [Task<Void, Never>] = []
        for index in 0..<20 {
            tasks.append(
                Task {
                    guard await gate.enter() else { return }
                    order.withLock { $0.append(index) }
                    gate.leave()
                })
            while gate.waiting != index + 1 { await Task.yield() }
        }
        gate.leave()
        for task in tasks { await task.value }
        #expect(order.withLock { $0 } == Array(0..<20))
    }

    @Test func aCancelledOneTakesNoPlace() async throws {
        let gate = LookupGate(limit: 1)
        #expect(await gate.enter())
        let task = Task { await gate.enter() }
        while gate.waiting != 1 { await Task.yield() }
        task.cancel()
        #expect(await task.value == false)
        gate.leave()
        #expect(await gate.enter())
    }
}
