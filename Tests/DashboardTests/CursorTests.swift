import Cells
import Deliverability
import FoundationEssentials
import Testing

@testable import Dashboard

@Suite struct CursorTests {
    private func row(_ model: Model, _ domain: String) -> Int? {
        model.screen().prefix(12).firstIndex { $0.contains(domain) }
    }

    @Test("The cursor follows its domain through a re-sort")
    func follows() {
        var model = Sample.usualModel()
        model.type("j", "j")
        #expect(model.cursorLine.contains("fabrikam.example"))
        model.tell(
            .tick(Sample.now.addingTimeInterval(3)),
            .assessed([Sample.status("fabrikam.example", .ok), Sample.status("wingtip.example", .bouncing)]))
        #expect(model.cursorLine.contains(". OK      fabrikam.example"))
        #expect(row(model, "wingtip.example") ?? 99 < row(model, "fabrikam.example") ?? 0)
    }

    private func turn(_ model: inout Model, _ domain: String, _ state: DomainState, since: Double = 3) {
        let expired = Sample.host("mx.\(domain)", days: -9)
        model.tell(.assessed([Sample.status(domain, state, hosts: [expired], since: since)]))
        if state == .bouncing {
            model.tell(.changed([Sample.change(100 + model.log.count, domain, .ok, state, "expired", ago: since)]))
        }
    }

    @Test("While the first sweep lasts, an untouched cursor is at the top: problems float up under it")
    func home() {
        var model = Sample.model([
            .listed([WatchedDomain(Sample.name("a-first.example"))] + Sample.usual.map(Sample.watched)),
            .assessed(Sample.usual), .progress(done: 8, total: 9, perSecond: 33),
        ])
        #expect(model.cursorLine.contains("acme-payments.example"))
        turn(&model, "a-first.example", .bouncing)
        #expect(model.cursorLine.contains("a-first.example"))
    }

    @Test("After the first sweep an untouched cursor stays with its problem: Enter opens what was read")
    func untouched() {
        var model = Sample.usualModel()
        #expect(model.cursorLine.contains("acme-payments.example"))
        turn(&model, "wingtip.example", .bouncing)
        #expect(row(model, "wingtip.example") == 3)
        #expect(model.cursorLine.contains("acme-payments.example"))
        model.type("enter")
        #expect(model.screen()[0].contains("acme-payments.example"))
    }

    @Test("An untouched cursor leaves what is mended for what is worst then, and is on news where all was fine")
    func untouchedFine() {
        var model = Sample.usualModel()
        turn(&model, "acme-payments.example", .ok)
        #expect(model.cursorLine.contains("northwind.example"))
        let fine = ["a.example", "b.example", "c.example"].map { Sample.status($0, .ok) }
        model = Sample.model([
            .listed(fine.map(Sample.watched)), .assessed(fine), .progress(done: 3, total: 3, perSecond: 1),
        ])
        #expect(model.cursorLine.contains("a.example"))
        turn(&model, "c.example", .risk)
        #expect(model.cursorLine.contains("c.example"))
    }

    @Test("News that fills the first screen is not hidden below an untouched cursor")
    func untouchedFlood() {
        var model = Sample.many(100)
        model.tell(.progress(done: 100, total: 100, perSecond: 1))
        #expect(model.cursorLine.contains("customer-0.example"))
        for number in 1..<60 { turn(&model, "customer-\(number).example", .bouncing, since: 60 - Double(number)) }
        #expect(model.screen()[3].contains("customer-59.example"))
        #expect(model.screen().count { $0.hasPrefix(">") } == 1)
        #expect(!model.cursorLine.contains("customer-0.example"))
    }

    @Test("The newest change is in sight wherever the cursor of its pane was left")
    func newestChange() {
        var model = Sample.usualModel()
        func some(_ ids: ClosedRange<Int>) -> [Change] {
            ids.map {
                Sample.change($0, "wingtip.example", .ok, .bouncing, "change number \($0)", ago: 60 - Double($0))
            }
        }
        model.tell(.changed(some(10...13)))
        model.type("tab", "j", "j", "tab")
        model.tell(.changed(some(14...20)))
        #expect(model.screen().contains { $0.contains("change number 20") }, "\(model.screen())")
        // Who reads in the pane keeps the place.
        model.type("tab")
        #expect(model.cursorLine.contains("change number 11"), "\(model.screen())")
    }

    @Test("Re-sorting waits while a key was just pressed; the values show at once")
    func rests() throws {
        var model = Sample.usualModel()
        model.type("j")
        let before = try #require(row(model, "wingtip.example"))
        model.tell(.assessed([Sample.status("wingtip.example", .bouncing, why: "STARTTLS gone")]))
        #expect(row(model, "wingtip.example") == before)
        #expect(model.screen()[before].contains("X BOUNCE  wingtip.example"))
        let due = try #require(model.nextTick(after: Sample.now))
        #expect(due <= Sample.now.addingTimeInterval(2))
        model.tell(.tick(Sample.now.addingTimeInterval(1.9)))
        #expect(row(model, "wingtip.example") == before)
        model.tell(.tick(Sample.now.addingTimeInterval(2)))
        #expect(try #require(row(model, "wingtip.example")) < before)
        #expect(model.cursorLine.contains("northwind.example"))
    }

    @Test("A hidden domain leaves the cursor to its neighbour")
    func hidden() {
        var model = Sample.usualModel()
        model.type("!", "j", "j")
        #expect(model.cursorLine.contains("fabrikam.example"))
        model.tell(.tick(Sample.now.addingTimeInterval(5)), .assessed([Sample.status("fabrikam.example", .ok)]))
        #expect(row(model, "fabrikam.example") == nil)
        #expect(model.cursorLine.contains("xn--mnchen-3ya.example"))
    }

    @Test("A list that is read again keeps verdicts, marks and the cursor")
    func listed() {
        var model = Sample.usualModel()
        model.type("j", "space")
        model.tell(.listed(Sample.usual.dropFirst().map(Sample.watched) + [WatchedDomain(Sample.name("new.example"))]))
        #expect(model.cursorLine.contains("fabrikam.example"))
        #expect(model.screen().contains { $0.contains("*X BOUNCE  northwind.example") })
        #expect(model.screen()[1].contains("+1 marked"))
        #expect(model.screen().contains { $0.contains("? UNKNOWN new.example") })
        #expect(!model.screen().contains { $0.contains("acme-payments.example      enforce") })
    }

    @Test("Moving: ends, pages, problems, and back")
    func moves() {
        var model = Sample.many(1_000)
        model.type("G")
        #expect(model.cursorLine.contains("customer-"))
        let last = model.cursorLine
        model.type("j", "page-down", "ctrl-d")
        #expect(model.cursorLine == last)
        model.type("g")
        let first = model.cursorLine
        #expect(first.contains("BOUNCE"))
        model.type("k", "page-up", "ctrl-u")
        #expect(model.cursorLine == first)
        model.type("page-down", "page-up")
        #expect(model.cursorLine == first)
        model.type("G", "n")
        #expect(model.cursorLine == first, "after the last problem comes the first")
        model.type("N")
        #expect(model.cursorLine.contains("BOUNCE"))
        model.type("n")
        #expect(model.cursorLine == first)
    }

    @Test("A pane that loses its room gives the keys back to the table")
    func panes() {
        var model = Sample.usualModel()
        model.type("tab", "j")
        #expect(model.cursorLine.contains("acme-payments.example"), "the table keeps its own cursor")
        #expect(model.type("enter").isEmpty)
        #expect(model.screen()[0].contains("acme-payments.example"), "the second change is acme's")
        model.type("escape")
        model.tell(.resized(Size(width: 80, height: 12)))
        model.type("j")
        #expect(model.screen(80, 12).contains { $0.hasPrefix(">*X BOUNCE  northwind.example") })
    }

    @Test("The row under the cursor is drawn in the cursor's look, whole")
    func look() throws {
        let canvas = view(Sample.usualModel(), size: Size(width: 80, height: 24))
        for x in 0..<80 {
            let cell = try #require(canvas[x, 3])
            #expect(cell.style.attributes.contains(.reverse), "column \(x)")
            let next = try #require(canvas[x, 5])
            #expect(!next.style.attributes.contains(.reverse), "column \(x)")
        }
    }
}
