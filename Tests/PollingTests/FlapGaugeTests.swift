import FoundationEssentials
import Testing

@testable import Polling

@Suite struct FlapGaugeTests {
    private let start = Date(timeIntervalSince1970: 1_795_000_000)

    @Test func theTurnThatMakesItFlappingIsTheLastThatRings() {
        var gauge = FlapGauge()
        let rings = (0..<8).map { gauge.turned(at: start + Double($0) * 60) }
        #expect(rings == [true, true, true, true, false, false, false, false])
        #expect(gauge.rate(at: start + 480) == 8)
        #expect(gauge.rate(at: start + 3_600 + 200) == 4)
    }

    @Test func slowTurnsAllRing() {
        var gauge = FlapGauge()
        let rings = (0..<10).map { gauge.turned(at: start + Double($0) * 1_300) }
        #expect(rings == Array(repeating: true, count: 10))
        #expect(gauge.rate(at: start + 13_000) == nil)
    }

    @Test func itComesToRestOnceAndRingsAgainAfterIt() {
        var gauge = FlapGauge()
        for turn in 0..<5 { _ = gauge.turned(at: start + Double(turn) * 60) }
        let rests = [3_000, 240 + 3_600, 9_000].map { gauge.rested(at: start + $0) }
        #expect(rests == [false, true, false])
        #expect(!gauge.isFlapping)
        let rings = gauge.turned(at: start + 9_000)
        #expect(rings)
    }

    @Test func whatNeverFlappedDoesNotComeToRest() {
        var gauge = FlapGauge()
        _ = gauge.turned(at: start)
        let rests = gauge.rested(at: start + 4_000)
        #expect(!rests)
    }
}
