import Cells
import Deliverability
import MTASTS
import Testing

@testable import Dashboard

/// Ten thousand sizes and keys over every view and prompt.
@Suite struct ResizeFuzzTests {
    private static let steps = 460

    private static let keys: [Key] =
        (0x20...0x7e).map { .character(Character(Unicode.Scalar(UInt8($0)))) }
        + "abcdefghijklmnopqrstuvwxyz@\\]^_".compactMap { Key.control($0) }
        + "abc/?".map { .alt($0) } + (1...12).map { .function($0) }
        + [
            .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .tab, .backtab, .backspace,
            .delete, .insert, .character("é"), .character("東"), .character("\u{301}"), .paste(""),
            .paste("state:bouncing !x\u{1b}[2J\nquit"), .paste(String(repeating: "東", count: 300)),
        ]

    private static func key(_ dice: inout Dice) -> Key {
        guard Int.random(in: 0..<12, using: &dice) == 0 else { return keys.randomElement(using: &dice) ?? .enter }
        let actions: [MouseEvent.Action] = [.press, .release, .doubleClick, .secondary, .wheelUp, .wheelDown]
        let point = Point(x: Int.random(in: -2...301, using: &dice), y: Int.random(in: -2...101, using: &dice))
        return .mouse(MouseEvent(actions.randomElement(using: &dice) ?? .press, at: point))
    }

    private static func size(_ dice: inout Dice) -> Size {
        let isSmall = Bool.random(using: &dice)
        return Size(
            width: Int.random(in: 1...(isSmall ? 60 : 300), using: &dice),
            height: Int.random(in: 1...(isSmall ? 20 : 100), using: &dice))
    }

    @Test("No trap, a canvas of the size with the cursor in it, and Esc leads back", arguments: Matrix.View.allCases)
    func anything(_ kind: Matrix.View) {
        #expect(Matrix.View.allCases.count * Self.steps >= 10_000)
        let contents: [Matrix.Content] = [.normal, .hostile, .idn, .long]
        var dice = Dice(state: UInt64(Matrix.View.allCases.firstIndex(of: kind) ?? 0) + 77)
        var size = Size(width: 80, height: 24)
        var model = Matrix.model(kind, .normal, size)
        for step in 0..<Self.steps {
            // Back to where it began, or all of them end in the same view.
            if step.isMultiple(of: 20) {
                model = Matrix.model(kind, contents[step / 20 % contents.count], size)
                model.type("m")
            }
            size = Self.size(&dice)
            model.tell(.resized(size))
            for case .loadHistory(let domain) in model.tell(.key(Self.key(&dice))) {
                model.tell(.historyLoaded(domain, .kept(Sample.month(of: domain.text))))
            }
            let canvas = view(model, size: size)
            #expect(canvas.size == size)
            if let cursor = canvas.cursor { #expect(canvas.bounds.contains(cursor), "\(kind) at step \(step)") }
            if step.isMultiple(of: 10) {
                let problems = ScreenCheck.problems(canvas, size)
                #expect(problems.isEmpty, "\(kind) at step \(step), \(size): \(problems.prefix(5))")
                leadsBack(model, "\(kind) at step \(step)")
            }
        }
    }

    /// However deep one is, Esc goes back layer by layer, and never leaves.
    private func leadsBack(_ start: Model, _ name: String) {
        var model = start
        model.tell(.resized(Size(width: 80, height: 24)))
        for _ in 0..<8 { #expect(!model.type("escape").contains(.quit), "\(name)") }
        #expect(model.overlay == nil && model.prompt == nil, "\(name)")
        #expect(model.detail == nil && !model.isPlanning && !model.isWall, "\(name)")
        #expect(model.pane == .table && !model.fleet.arrangement.hides, "\(name)")
    }
}
