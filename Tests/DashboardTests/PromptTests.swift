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
            #expect(model.screen().contains { $0.contains("Stop watching wingtip.example?") })
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
