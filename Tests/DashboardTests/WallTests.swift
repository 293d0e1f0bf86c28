import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite struct WallTests {
    @Test("The digits are what they look like")
    func digits() {
        #expect(BlockDigits.lines(10, across: 1, down: 1) == [" #  ###", "##  # #", " #  # #", " #  # #", "### ###"])
        #expect(BlockDigits.lines(7, across: 2, down: 2).count == 10)
        #expect(BlockDigits.lines(7, across: 2, down: 2)[0] == "######")
        let shapes = (0...9).map { BlockDigits.lines($0, across: 1, down: 1) }
        #expect(Set(shapes).count == 10)
        for number in [0, 9, 128] {
            let width = BlockDigits.width(digits: String(number).count, across: 3)
            #expect(BlockDigits.lines(number, across: 3, down: 1).allSatisfy { $0.count == width })
        }
    }

    @Test("W shows the wall and leaves it; so do Esc and q, which never quit there")
    func toggles() {
        var model = Sample.usualModel()
        let table = model.screen()
        for leave in ["W", "escape", "q", "enter"] {
            model.type("W")
            #expect(model.screen().contains { $0.contains("######") })
            #expect(model.screen() != table)
            let effects = model.type(leave)
            #expect(!effects.contains(.quit))
            #expect(model.screen() == table, "\(leave)")
        }
    }

    @Test("Who looks at the wall from a domain or a plan finds it again; nothing of it is on the wall")
    func under() {
        for open in [["enter", "]"], ["enter", "w"], ["w"]] {
            var model = Sample.usualModel()
            for key in open { model.type(key) }
            let before = model.screen()
            for leave in ["W", "escape", "q"] {
                model.type("W")
                #expect(model.screen().contains { $0.contains("######") })
                #expect(model.screen().last?.contains("ack all") == true)
                model.type("w", "J", "2")
                #expect(model.screen().last?.contains("leaves the wall view") == true)
                #expect(model.type(leave).isEmpty)
                #expect(model.screen() == before, "\(open) \(leave)")
            }
            model.type("W", "/")
            #expect(model.screen().last?.hasPrefix("/") == true)
            #expect(model.detail == nil && !model.isPlanning)
        }
    }

    @Test("Nothing that needs a cursor acts on the wall; acknowledging all does")
    func blind() {
        var model = Sample.usualModel()
        model.type("W")
        for key in ["a", "r", "y", "o", "j", "space", "1"] {
            let effects = model.type(key)
            #expect(effects.isEmpty, "\(key)")
            #expect(model.screen().last?.contains("leaves the wall view") == true, "\(key)")
        }
        #expect(model.overlay == nil)
        #expect(model.log.markedCount == 2)
        model.type("A")
        #expect(model.log.markedCount == 0)
    }

    @Test("What turns shows at once, and the other numbers stay in their places")
    func live() {
        var model = Sample.usualModel(size: Size(width: 120, height: 40))
        model.type("W")
        let before = model.screen(120, 40)
        model.tell(
            .assessed([Sample.status("wingtip.example", .bouncing)]),
            .changed([Sample.change(9, "wingtip.example", .ok, .bouncing, "gone", ago: 0)]))
        let after = model.screen(120, 40)
        #expect(before != after)
        #expect(after.contains { $0.contains("wingtip.example") })
        let digits = 2...16
        #expect(digits.contains { before[$0].dropFirst(30).contains("#") })
        #expect(digits.contains { before[$0].prefix(30) != after[$0].prefix(30) })
        for row in digits { #expect(before[row].dropFirst(30) == after[row].dropFirst(30), "\(row)") }
    }
}
