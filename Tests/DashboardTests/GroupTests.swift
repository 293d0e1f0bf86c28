import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite struct GroupTests {
    /// Three providers; one domain carries two tags.
    private func model() -> Model {
        let statuses = [
            Sample.status("one.example", .ok, hosts: [Sample.host("mx.north.co.uk")], tags: ["b", "a"]),
            Sample.status("two.example", .bouncing, why: "gone", hosts: [Sample.host("mx2.north.co.uk")], tags: ["b"]),
            Sample.status("three.example", .risk, why: "soon", hosts: [Sample.host("a.b.south.example")]),
            Sample.status("four.example", .ok, hosts: [Sample.host("south.example")], tags: ["c"]),
            Sample.status("five.example", .ok, hosts: []),
        ]
        return Sample.model([.listed(statuses.map(Sample.watched)), .assessed(statuses)])
    }

    private func lines(_ model: Model) -> [[String]] {
        model.screen().dropFirst(3).prefix { !$0.hasPrefix("--") }.filter { $0.contains("  ") && !$0.isEmpty }
            .map { $0.split(separator: " ").map(String.init) }.filter { $0.count > 4 }
    }

    @Test("By provider: the worst group first, each with its counts")
    func provider() {
        var model = model()
        model.type("t", "p")
        let seen = lines(model)
        #expect(seen.first?.prefix(11).joined(separator: " ") == "> X BOUNCE north.co.uk 2 1 . . . 1 .")
        #expect(seen[1].prefix(10).joined(separator: " ") == "! RISK south.example 2 . 1 . . 1 .")
        #expect(seen[2].joined(separator: " ").contains("no MX host known"))
        #expect(model.screen(140, 40).contains { $0.contains("two.example: gone") })
    }

    @Test("Who runs a host is the caller's word; without it each host stands for itself")
    func stranger() {
        let status = Sample.status("one.example", .risk, hosts: [Sample.host("mx.one.example")])
        for (model, wanted) in [
            (Model(now: Sample.now), "mx.one.example"),
            (Model(now: Sample.now) { _ in "Example Mail" }, "Example Mail"),
        ] {
            var model = model
            model.tell(
                .resized(Size(width: 80, height: 24)), .listed([Sample.watched(status)]), .assessed([status]))
            // A list that is read again, and a look that saw nothing, keep it.
            model.tell(.listed([Sample.watched(status)]))
            model.type("t", "p")
            #expect(model.screen().contains { $0.contains("! RISK") && $0.contains(wanted) })
        }
    }

    @Test("By tag: a domain with two tags stands in both groups, one without in its own")
    func tags() {
        var model = model()
        model.type("t", "t")
        let seen = lines(model).map { $0.joined(separator: " ") }
        #expect(seen[0].contains("X BOUNCE @b 2 1 . . . 1 ."))
        #expect(seen[1].contains("! RISK no tag 2 . 1 . . 1 ."))
        #expect(seen[2].contains(". OK @a 1") && seen[3].contains(". OK @c 1"))
    }

    @Test("Enter shows the group's domains, Esc all groups again with the cursor where it was, then the domains")
    func walking() {
        var model = model()
        model.type("t", "p", "j", "enter")
        #expect(model.screen()[1].contains("group:south.example"))
        #expect(model.screen().contains { $0.contains("three.example") })
        #expect(!model.screen().contains { $0.contains("two.example") })
        model.type("enter")
        #expect(model.screen()[0].contains("three.example"))
        model.type("escape", "escape")
        #expect(model.cursorLine.contains("south.example"))
        model.type("escape")
        #expect(model.cursorLine.contains("three.example"), "what was looked at last")
    }

    @Test("A command on a group means all of its domains; a filter counts only what passes")
    func commands() {
        var model = model()
        model.type("t", "p")
        guard case .recheck(let domains)? = model.type("r").first else {
            Issue.record("no recheck")
            return
        }
        #expect(Set(domains.map(\.text)) == ["one.example", "two.example"])
        model.type("!")
        #expect(lines(model).first?.joined(separator: " ").contains("north.co.uk 1 1 . . . . .") == true)
        #expect(lines(model).count == 2)
    }

    @Test("News counts at once, or when the hand rests, and the cursor stays on its group")
    func news() {
        var model = model()
        model.type("t", "p", "j")
        model.tell(.assessed([Sample.status("four.example", .bouncing, hosts: [Sample.host("south.example")])]))
        #expect(model.cursorLine.contains("RISK"))
        #expect(model.nextTick(after: Sample.now) ?? .distantFuture <= Sample.now.addingTimeInterval(2))
        model.tell(.tick(Sample.now.addingTimeInterval(3)))
        #expect(model.cursorLine.contains("BOUNCE  south.example"))
    }

    @Test("Columns go and come back; the domain always stays")
    func columns() {
        var model = Sample.usualModel()
        model.type("c", "enter", "j", "j", "j")
        #expect(model.screen().contains { $0.contains("[ ] policy") })
        model.type("space", "escape")
        #expect(model.screen()[2].contains("DOMAIN") && model.screen()[2].contains("CERT"))
        #expect(!model.screen()[2].contains("POLICY") && !model.screen()[2].contains("TLS"))
        model.type("c", "enter", "escape")
        #expect(model.screen()[2].contains("POLICY"))
    }

    @Test("The mouse: off until asked for; a click selects, the wheel scrolls")
    func mouse() {
        var model = Sample.usualModel()
        let third = Key.mouse(MouseEvent(.press, at: Point(x: 20, y: 5)))
        _ = update(&model, .key(third))
        #expect(model.cursorLine.contains("acme-payments.example"))
        #expect(model.type("m") == [.mouse(true)])
        _ = update(&model, .key(third))
        #expect(model.cursorLine.contains("fabrikam.example"))
        _ = update(&model, .key(.mouse(MouseEvent(.wheelUp, at: Point(x: 20, y: 5)))))
        #expect(model.cursorLine.contains("acme-payments.example"))
        let changes = model.screen().firstIndex { $0.hasPrefix("-- Changes") } ?? 0
        _ = update(&model, .key(.mouse(MouseEvent(.press, at: Point(x: 5, y: changes + 2)))))
        #expect(model.type("a") == [.acknowledge([3])])
        #expect(model.type("m") == [.mouse(false)])
    }

    @Test("Within a group the status line tells how many of all are shown, offline too")
    func narrowed() {
        var model = model()
        model.type("t", "p", "j", "enter")
        #expect(model.screen()[1].hasPrefix(" 5 domains, 2 shown  "))
        #expect(model.screen(50, 12).last?.contains("2 of 5") == true)
        model.tell(.network(.suspect(reason: "no DNS", since: Sample.now)))
        #expect(model.screen()[1].contains("group:south.example"))
        model.type("escape")
        #expect(!model.screen()[1].contains("group:"))
    }

    @Test("Groups stand by severity, and nothing says otherwise: what sorts domains is refused")
    func groupOrder() {
        var model = model()
        model.type("s", "d", "t", "p")
        let before = model.screen()
        #expect(before[1].contains("by provider, worst first"))
        #expect(!before[1].contains("sort:"))
        for key in ["s", ">", "<", "I"] {
            model.type(key)
            #expect(model.screen().last?.contains("groups stand by what is worst in them") == true)
            #expect(model.overlay == nil)
            #expect(Array(model.screen().dropLast()) == Array(before.dropLast()))
        }
        model.type("enter")
        #expect(model.screen()[1].contains("sort:domain"))
    }

    @Test("No tab opens on a group", arguments: 1...6)
    func tabs(_ number: Int) {
        var model = model()
        model.type("t", "p", String(number))
        #expect(model.detail == nil)
        #expect(model.screen().last?.contains("Enter opens the group") == true)
    }

    @Test("The menu of y names what it copies; S saves the groups that are seen")
    func copied() throws {
        var model = model()
        model.type("t", "p", "y")
        #expect(model.screen().contains { $0.contains("Copy: two.example") })
        model.type("escape")
        #expect(model.screen().contains { $0.hasPrefix(" WHY  two.example: gone") })
        guard case .save(let name, let text)? = model.type("S").first else {
            Issue.record("nothing is saved")
            return
        }
        #expect(name.hasPrefix("stswatch-groups-"))
        #expect(text.contains("by provider, worst first") && text.contains("PROVIDER"))
        #expect(text.contains("X BOUNCE  north.co.uk"))
        #expect(!text.contains("one.example"))
    }

    @Test("Numbers never touch, and the name has what they leave", arguments: [60, 80, 110, 140])
    func numbers(_ width: Int) {
        let count = 10_034
        let statuses = (0..<count).map {
            Sample.status("d\($0).example", $0 < 2 ? .bouncing : .ok, hosts: [Sample.host("mx.one-and-only.example")])
        }
        var model = Sample.model(
            [.listed(statuses.map { WatchedDomain($0.domain) }), .assessed(statuses)],
            size: Size(width: width, height: 20))
        model.type("t", "p")
        let line = model.screen(width, 20)[3]
        let words = line.split(separator: " ").drop { $0 != "one-and-only.example" }
        #expect(words.prefix(8) == ["one-and-only.example", "10034", "2", ".", ".", ".", "10032", "."], "\(line)")
    }
}
