import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite struct FilterTests {
    private func shown(_ text: String) -> [String] {
        let filter = Filter(text)
        return Sample.usualModel().fleet.rows.filter { filter.matches($0, now: Sample.now) }.map(\.domain.text).sorted()
    }

    @Test(
        "Fields, words and opposites",
        arguments: [
            ("", 8), ("state:bouncing", 2), ("state:bounce", 2), ("state:X", 2), ("state:bouncing,risk", 4),
            ("!state:ok", 7), ("state:none", 1), ("state:unprotected", 1), ("cert<5", 2), ("cert<5d", 2),
            ("cert<100h", 1), ("cert>30", 3), ("mx:northwind", 1), ("MX:Northwind", 1), ("policy:enforce", 6),
            ("policy:none", 2), ("tag:customers", 2), ("tag:@cust", 2), ("!tag:customers", 6), ("wingtip", 1),
            ("!wingtip", 7), ("expires", 2), ("münchen", 1), ("MÜNCHEN", 1), ("code:certificate", 2),
            ("state:bouncing starttls", 1), ("tag:customers state:ok", 1), ("   ", 8), ("!", 8), ("state:", 8),
            ("cert<", 8), ("example !state:bounce !state:risk", 4),
        ])
    func language(_ text: String, _ count: Int) {
        #expect(shown(text).count == count, "\(text): \(shown(text))")
        #expect(Filter(text).remarks.isEmpty)
    }

    @Test(
        "What cannot be understood is told, and asks nothing",
        arguments: ["stat:bouncing", "state:broken", "cert<soon", "cert:14", "mx<3", "http://x"])
    func remarks(_ text: String) {
        #expect(Filter(text).remarks.count == 1)
        #expect(shown(text).count == 8)
    }

    @Test("The table follows each letter; Esc goes back to the filter before, Enter keeps it")
    func live() {
        var model = Sample.usualModel()
        model.type("/")
        model.write("state:b")
        #expect(model.screen()[1].contains("8 domains, 2 shown"))
        model.write("ounce starttls")
        #expect(model.cursorLine.contains("northwind.example"))
        model.type("enter")
        #expect(model.screen()[1].contains("filter:state:bounce starttls"))
        model.type("/")
        model.type("ctrl-u")
        #expect(model.screen()[1].contains("8 domains  "))
        model.type("escape")
        #expect(model.screen()[1].contains("8 domains, 1 shown"))
        model.type("escape")
        #expect(model.screen()[1].contains("8 domains  "))
    }

    @Test("What is wrong with a filter is told where there is room for its beginning only", arguments: [40, 60, 80])
    func narrow(_ width: Int) {
        var model = Sample.usualModel()
        model.type("/")
        model.write("state:nonsense")
        let line = model.screen(width, 24).last ?? ""
        #expect(line.contains("/state:nonsense") && line.contains("no state 'nonsense'"))
    }

    @Test("A wrong filter says so while it is typed")
    func wrong() {
        var model = Sample.usualModel()
        model.type("/")
        model.write("stat:x")
        #expect(model.screen().last?.contains("no field 'stat'") == true)
    }

    @Test("The matched letters are drawn in their own look")
    func highlight() throws {
        var model = Sample.usualModel()
        model.type("/")
        model.write("north")
        let canvas = view(model, size: Size(width: 80, height: 24))
        let style = Theme.auto.style(.inputMatch)
        #expect(try #require(canvas[12, 3]).style.attributes.isSuperset(of: style.attributes))
        #expect(!(try #require(canvas[17, 3]).style.attributes.contains(.underline)))
    }

    @Test("Searching bytes finds what a slow search finds")
    func bytes() {
        let hay = Array("abcabcabd".utf8)
        for text in ["", "a", "abd", "abcabd", "cab", "d", "x", "abcabcabd", "abcabcabdx"] {
            let slow = text.isEmpty || "abcabcabd".contains(text)
            #expect(Bytes.contains(hay, Array(text.utf8)) == slow, "\(text)")
        }
        #expect(Bytes.first(of: Array("abd".utf8), in: hay) == 6)
        #expect(!Bytes.contains([], [1]))
    }
}
