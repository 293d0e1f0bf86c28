import Cells
import Deliverability
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
                if !offline || !paused || !isCounts && !lines[0].contains(state) { wrong.append("\(width)x\(height)") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) sizes, such as \(wrong.prefix(8))")
    }
}
