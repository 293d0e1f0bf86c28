import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

/// What is typed, asked and answered.
@Suite struct PromptTests {
    @Test("A question is answered by y alone; who types on has said no, and what is typed counts")
    func question() {
        var model = Sample.usualModel()
        func ask() {
            model.type(":")
            model.write("remove wingtip.example")
            #expect(model.type("enter").isEmpty)
            #expect(model.screen().contains { $0.contains("Stop watching wingtip.example until the end") })
        }
        ask()
        #expect(model.type("enter").isEmpty)
        #expect(!model.screen().contains { $0.contains("Stop watching") })
        ask()
        model.type(":")
        model.write("add my.example")
        #expect(model.type("enter") == [.add("my.example")])
        ask()
        #expect(model.type("y") == [.remove(Sample.name("wingtip.example"))])
    }

    @Test("A line takes so many characters and bytes, whatever they are made of, and of a paste its first line")
    func limits() {
        func taken(_ text: String) -> String {
            var input = LineInput()
            _ = input.take(.paste(text))
            return input.text
        }
        #expect(taken("ab\r\ncd") == "ab" && taken("\nab").isEmpty)
        #expect(taken(String(repeating: "x", count: 2_000_000)) == String(repeating: "x", count: LineInput.limit))
        let marks = "e" + String(repeating: "\u{301}", count: 30_000)
        #expect(taken("ab" + marks) == "ab" && LineInput(marks).isEmpty)
        let family = "👨‍👩‍👧‍👦"
        let families = taken(String(repeating: family, count: 300))
        #expect(families == String(repeating: family, count: LineInput.byteLimit / family.utf8.count))
        var input = LineInput("ac")
        _ = input.take(.left) && input.take(.paste("b\u{301}"))
        #expect(input.text == "ab\u{301}c" && input.caret == 2)
    }

    @Test("The whole verdicts go to a file, and that of one domain to the clipboard")
    func export() {
        var model = Sample.usualModel()
        model.type("/")
        model.write("state:bounce")
        model.type("enter", ":")
        model.write("export board")
        let domains = model.fleet.order.map { model.fleet.rows[Int($0)].domain }
        #expect(domains.count == 2)
        #expect(model.type("enter") == [.export(name: "board", domains)])
        #expect(model.status(of: domains[0])?.state == .bouncing)
        model.type(":")
        model.write("export")
        guard case .export(let name, _)? = model.type("enter").first else {
            Issue.record("nothing was exported")
            return
        }
        #expect(name.hasPrefix("stswatch-export-"))
        model.type("y")
        #expect(model.type("J") == [.copyReport(domains[0])])
        #expect(model.screen().last?.contains("copied: the JSON of \(domains[0])") == true)
    }

    @Test("Where nothing is typed, the key that quits does so over menus and remarks too")
    func quitting() {
        for opener in ["s", "T", "M", "c", "y", "t", "L"] {
            var model = Sample.usualModel()
            model.tell(.listProblems(["line 3: bad"]), .themes(["auto", "dark"]))
            model.type(opener)
            #expect(model.overlay != nil, "\(opener)")
            #expect(model.type("Q") == [.quit], "\(opener)")
        }
    }

    @Test("A name is read for :remove as it is for :add")
    func readNames() {
        var model = Model(
            now: Sample.now,
            readDomain: { $0 == "WINGTIP.example." ? DomainName("wingtip.example") : nil })
        model.tell(.listed(Sample.usual.map(Sample.watched)), .resized(Size(width: 80, height: 24)))
        model.type(":")
        model.write("remove WINGTIP.example.")
        model.type("enter")
        #expect(model.type("y") == [.remove(Sample.name("wingtip.example"))])
        model.type(":")
        model.write("remove wingtip.example")
        model.type("enter")
        #expect(model.screen().last?.contains("no domain name: wingtip.example") == true)
    }

    @Test("Tab completes as far as there is one way, and then tells the ways")
    func completion() {
        var model = Sample.usualModel()
        model.type(":")
        model.type("tab")
        #expect(model.screen().last?.contains("add export filter quit remove theme") == true)
        model.write("ex")
        model.type("tab")
        #expect(model.screen().last?.hasPrefix(":export") == true)
        model.type("escape", "/")
        model.write("sta")
        model.type("tab")
        #expect(model.screen().last?.hasPrefix("/state:") == true)
        model.type("tab")
        #expect(model.screen().last?.contains("bounce risk warn unknown none ok") == true)
        model.write("r")
        model.type("tab")
        #expect(model.screen().last?.hasPrefix("/state:risk") == true)
        #expect(model.screen()[1].contains("2 shown"))
        model.write(" !tag:cus")
        model.type("tab")
        #expect(model.screen().last?.hasPrefix("/state:risk !tag:customers") == true)
    }

    @Test("Esc clears any filter, also one that asks nothing; the next one begins empty")
    func faultyFilter() {
        for groups in [false, true] {
            var model = Sample.usualModel()
            if groups { model.type("t", "p") }
            model.type(":")
            model.write("filter state:foo")
            model.type("enter")
            #expect(model.screen()[1].contains("filter:state:foo  no state"))
            model.type("escape")
            #expect(model.fleet.arrangement.filter == .all)
            #expect(model.showsGroups == groups)
            model.type("/")
            model.write("xyzzy")
            #expect(model.screen().last?.hasPrefix("/xyzzy ") == true)
        }
    }

    @Test("Beside the filter stands what it finds and how to get back, or as much as there is room for")
    func filterHint() {
        var model = Sample.usualModel()
        model.type("/")
        model.write("wing")
        #expect(model.screen().last?.hasSuffix(" 1 of 8   Esc back") == true)
        #expect(model.screen(32, 10).last?.contains("1 of 8   Esc back") == true)
        #expect(model.screen(30, 10).last?.contains("1 of 8") == true)
        model.write(String(repeating: "g", count: 60))
        #expect(model.screen().last?.hasSuffix(" 0 of 8") == true)
    }

    @Test("A notice that is longer than the line is told whole, over the lines above it")
    func longNotice() {
        var model = Sample.usualModel()
        let path = "/home/operator/" + String(repeating: "a-folder/", count: 12) + "stswatch-overview.txt"
        model.tell(.notice("saved as \(path)"))
        let said = model.screen().suffix(3).map(\.trimmed).joined()
        #expect(said == "saved as\(path)")
        #expect(model.screen()[20] == Sample.usualModel().screen()[20])
        for size in [Size(width: 30, height: 6), Size(width: 60, height: 6)] {
            #expect(view(model, size: size).lines.contains { $0.contains("saved as") })
        }
    }
}
