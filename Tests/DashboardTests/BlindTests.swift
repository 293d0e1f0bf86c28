import Cells
import Deliverability
import MTASTS
import Testing

@testable import Dashboard

/// That the screen may not show what is stands on it, whatever its size.
@Suite struct BlindTests {
    enum Cause: CaseIterable, Sendable {
        case offline, paused, both

        func strike(_ model: inout Model) {
            if self != .offline { model.type("p") }
            if self != .paused {
                model.tell(.network(.suspect(reason: "no DNS, no control host", since: Sample.ago(185))))
            }
        }
    }

    @Test(
        "Each tab of the detail says OFFLINE, else PAUSED, in every size", arguments: Detail.Tab.allCases,
        Cause.allCases)
    func told(_ tab: Detail.Tab, _ cause: Cause) {
        var model = Sample.usualModel()
        cause.strike(&model)
        model.type("\(tab.number)")
        let state = model.detailRow.map { "\($0.state.glyph)" } ?? "no detail"
        let wrong = sizesThatHide(cause, state, model)
        #expect(wrong.isEmpty, "\(wrong.count) sizes, such as \(wrong.prefix(8))")
    }

    @Test("So does the plan screen", arguments: Cause.allCases)
    func toldOnThePlan(_ cause: Cause) {
        var model = Sample.usualModel()
        cause.strike(&model)
        model.type("w")
        let domain = model.planRow.map { String($0.domain.text.prefix(6)) } ?? "no plan"
        let wrong = sizesThatHide(cause, domain, model)
        #expect(wrong.isEmpty, "\(wrong.count) sizes, such as \(wrong.prefix(8))")
    }

    @Test("The banner says both")
    func both() {
        var model = Sample.usualModel()
        Cause.both.strike(&model)
        for (width, height) in [(140, 40), (80, 24), (40, 10)] {
            #expect(model.screen(width, height)[0].contains("!! OFFLINE 3m || PAUSED"), "\(width)x\(height)")
        }
    }

    /// The sizes in which the first line lacks what tells the domain, or the screen the words of the cause.
    private func sizesThatHide(_ cause: Cause, _ head: String, _ model: Model) -> [String] {
        var wrong: [String] = []
        for width in 20...160 {
            // The least of each layout and the most without a rule; the others in turn, or this would take minutes.
            for height in [3, 4, 5, 6, 9, 10, 11 + width % 30] {
                let lines = model.screen(width, height)
                func count(_ word: String) -> Int { lines.count { $0.contains(word) } }
                let offline = count("!! OFFLINE") == (cause == .paused ? 0 : 1)
                // Beside OFFLINE it has its place from here on.
                let paused = cause == .both && width < 44 || count("|| PAUSED") == (cause == .offline ? 0 : 1)
                // What the words take the place of is not the state.
                let isCounts = ScreenClass(Size(width: width, height: height)) == .counts
                if !offline || !paused || !isCounts && !lines[0].contains(head) { wrong.append("\(width)x\(height)") }
            }
        }
        return wrong
    }
}
