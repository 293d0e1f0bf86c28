import Testing

@testable import CursesTerminal

@Suite struct FramePacerTests {
    private let start = ContinuousClock.now

    @Test("nothing changed, nothing due")
    func idle() {
        let pacer = FramePacer(interval: .milliseconds(100))
        #expect(!pacer.isDue(start))
        #expect(pacer.deadline(start) == nil)
    }

    @Test("data waits for the interval, a key does not")
    func pace() {
        var pacer = FramePacer(interval: .milliseconds(100))
        pacer.request(urgent: false)
        #expect(pacer.isDue(start), "the first frame waits for nothing")
        pacer.painted(start)
        #expect(!pacer.isDue(start + .seconds(9)))
        pacer.request(urgent: false)
        #expect(!pacer.isDue(start + .milliseconds(99)))
        #expect(pacer.deadline(start + .milliseconds(50)) == start + .milliseconds(100))
        #expect(pacer.isDue(start + .milliseconds(100)))
        pacer.request(urgent: true)
        #expect(pacer.isDue(start + .milliseconds(1)))
        #expect(pacer.deadline(start + .milliseconds(1)) == start + .milliseconds(1))
        pacer.painted(start + .milliseconds(1))
        #expect(!pacer.isDue(start + .seconds(9)))
    }
}
