import FoundationEssentials
import Testing

@testable import Polling

@Suite struct FlapGaugeTests {
    private let start = Date(timeIntervalSince1970: 1_795_000_000)

    @Test func theTurnThatMakesItFlappingIsTheLastThatRings() {
        var gauge = FlapGauge()
        let rings = (0..<8).map { gauge.turned(at: start + Double($0) * 60, isWorse: $0.isMultiple(of: 2)) }
        #expect(rings == [true, true, true, true, false, false, false, false])
        #expect(gauge.rate(at: start + 480) == 8)
        #expect(gauge.rate(at: start + 3_600 + 200) == 4)
    }

    @Test func slowTurnsAllRing() {
        var gauge = FlapGauge()
        let rings = (0..<10).map { gauge.turned(at: start + Double($0) * 1_300, isWorse: $0.isMultiple(of: 2)) }
        #expect(rings == Array(repeating: true, count: 10))
        #expect(gauge.rate(at: start + 13_000) == nil)
    }

    @Test func itComesToRestOnceAndRingsAgainAfterIt() {
        var gauge = FlapGauge()
        for turn in 0..<5 { _ = gauge.turned(at: start + Double(turn) * 60, isWorse: turn.isMultiple(of: 2)) }
        let rests = [3_000, 240 + 3_600, 9_000].map { gauge.rested(at: start + $0) }
        #expect(rests == [false, true, false])
        #expect(!gauge.isFlapping)
        let rings = gauge.turned(at: start + 9_000, isWorse: true)
        #expect(rings)
    }

    @Test func whatNeverFlappedDoesNotComeToRest() {
        var gauge = FlapGauge()
        _ = gauge.turned(at: start, isWorse: true)
        let rests = gauge.rested(at: start + 4_000)
        #expect(!rests)
    }

    /// Hosts that fail and recover one after the other make one outage.
    @Test func stepsInOneDirectionAreOneTurn() {
        var gauge = FlapGauge()
        let steps = [true, true, true, false, false, false, true, true]
        let rings = steps.enumerated().map { gauge.turned(at: start + Double($0.offset), isWorse: $0.element) }
        #expect(rings == Array(repeating: true, count: 8))
        #expect(!gauge.isFlapping)
        let isLast = gauge.turned(at: start + 60, isWorse: false)
        #expect(isLast && gauge.rate(at: start + 60) == 4)
    }

    @Test func aStepInTheSameDirectionEndsTheRestToo() {
        var gauge = FlapGauge()
        for turn in 0..<4 { _ = gauge.turned(at: start + Double(turn), isWorse: !turn.isMultiple(of: 2)) }
        _ = gauge.turned(at: start + 3_000, isWorse: true)
        #expect(!gauge.isSteady(for: 300, at: start + 3_299) && gauge.isSteady(for: 300, at: start + 3_300))
        let rests = [4_000, 6_600].map { gauge.rested(at: start + $0) }
        #expect(rests == [false, true])
    }
}
