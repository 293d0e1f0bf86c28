import Cells
import Dashboard
import Deliverability
import Evidence
import Foundation
import MTASTS
import Testing

/// The same numbers at each run, so that what fails can be run again.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var value = state
        value = (value ^ (value >> 33)) &* 0xff51_afd7_ed55_8ccd
        return value ^ (value >> 33)
    }
}

@Suite struct FuzzTests {
    private static let keys: [Key] =
        "jkgGnN/!s<>I aAprRyToLWWwwMttcmm:?12346[]JKqhlxdfwbcy0".map { .character($0) } + [
            .enter, .enter, .escape, .escape, .tab, .backtab, .up, .down, .left, .right, .pageUp, .pageDown, .home,
            .end,
            .backspace, .delete, .ctrl("d"), .ctrl("u"), .ctrl("l"), .ctrl("z"), .ctrl("w"), .function(1),
            .paste("state:bouncing cert<14 \u{1b}[2J"), .character("é"), .character("東"), .insert, .alt("x"),
            .mouse(MouseEvent(.press, at: Point(x: 3, y: 5))), .mouse(MouseEvent(.wheelDown, at: Point(x: 9, y: 18))),
            .mouse(MouseEvent(.wheelUp, at: Point(x: -4, y: 400))),
        ]

    private static func message(_ dice: inout Dice, _ step: Int) -> Message {
        let states = DomainState.allCases
        switch Int.random(in: 0..<40, using: &dice) {
        case 0: return .listed(Sample.usual.shuffled(using: &dice).dropLast(3).map(Sample.watched))
        case 1: return .listed(Sample.usual.map(Sample.watched))
        case 2: return .listed(Bool.random(using: &dice) ? [] : Sample.usual.map(Sample.watched))
        case 3: return .assessed(Sample.usual.shuffled(using: &dice))
        case 4:
            return .assessed(
                Sample.usual.map {
                    Sample.status(
                        $0.domain.text, states.randomElement(using: &dice) ?? .ok, why: "\u{202e}東京 why", mode: nil,
                        hosts: [])
                })
        case 5:
            return .changed([
                Sample.change(
                    step, Sample.usual.randomElement(using: &dice)?.domain.text ?? "a.example",
                    states.randomElement(using: &dice) ?? .ok, states.randomElement(using: &dice) ?? .ok, "x\u{7}",
                    ago: Double(step))
            ])
        case 6: return .network(.suspect(reason: "\u{1b}[31mno DNS", since: Sample.ago(60)))
        case 7: return .network(.sound)
        case 8: return .tick(Sample.now.addingTimeInterval(Double(Int.random(in: -90...90_000, using: &dice))))
        case 9:
            return .tick(
                Date(timeIntervalSince1970: [-1e18, 0, 1e18, .nan, .infinity].randomElement(using: &dice) ?? 0))
        case 10: return .progress(done: step, total: -1, perSecond: .nan)
        case 11: return .progress(done: 5, total: 100_000, perSecond: 1e-300)
        case 12: return .listProblems(["a\tb", String(repeating: "x", count: 500)])
        case 17: return .rhythm(every: step, problems: -1)
        case 13: return .resolver(Bool.random(using: &dice) ? nil : "not validated")
        case 14: return .themes(["dark", "light"])
        case 15: return .notice(String(repeating: "n\n", count: 200))
        case 16:
            return .resized(
                Size(width: Int.random(in: 0...300, using: &dice), height: Int.random(in: 0...100, using: &dice)))
        default: return .key(keys.randomElement(using: &dice) ?? .enter)
        }
    }

    @Test("Any keys at any size: no trap, and a canvas of exactly the size", arguments: UInt64(1)...12)
    func anything(seed: UInt64) {
        var dice = Dice(state: seed)
        var model = Sample.usualModel()
        for step in 0..<500 {
            _ = update(&model, Self.message(&dice, step))
            let small = Int.random(in: 0..<5, using: &dice) > 0
            let size = Size(
                width: Int.random(in: 0...(small ? 45 : 300), using: &dice),
                height: Int.random(in: 0...(small ? 12 : 100), using: &dice))
            let canvas = view(model, size: size)
            #expect(canvas.size == size)
            if let cursor = canvas.cursor { #expect(canvas.bounds.contains(cursor)) }
            if step.isMultiple(of: 50) { _ = model.nextTick(after: Sample.now) }
        }
    }

    @Test("Every view at every small size", arguments: Matrix.View.allCases)
    func everySize(_ kind: Matrix.View) {
        let start = Matrix.model(kind, .normal, Size(width: 80, height: 24))
        for height in Array(0...11) + [13, 16, 20, 24] {
            for width in [0, 1, 2, 3, 4, 5, 7, 9, 13, 18, 25, 29, 30, 31, 39, 50, 59, 60, 80, 130, 140] {
                let size = Size(width: width, height: height)
                var model = start
                _ = update(&model, .resized(size))
                let problems = ScreenCheck.problems(view(model, size: size), size)
                #expect(problems.isEmpty, "\(size): \(problems.prefix(3))")
            }
        }
    }
}
