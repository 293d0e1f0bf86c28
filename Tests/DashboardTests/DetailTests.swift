import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite struct DetailTests {
    @Test("On a narrow screen the tables keep what has to be seen: the worst of each host, and what is left")
    func narrow() {
        let hosts = [
            Sample.host("mx1.a.example", days: -1), Sample.host("mx2.a.example", starttls: false),
            Sample.host("mx3.a.example", inPolicy: false), Sample.host("mx4.a.example"),
        ]
        let status = Sample.status("a.example", .risk, hosts: hosts)
        var model = Sample.model(
            [.listed([Sample.watched(status)]), .assessed([status])], size: Size(width: 40, height: 24))
        model.type("3")
        func line(_ name: String) -> [String] {
            let line = model.screen(40, 24).dropFirst(3).first { $0.contains(name) } ?? ""
            return line.split(separator: " ").map(String.init)
        }
        #expect(line("mx1") == [">", "10", "mx1.a.example", "EXPIRED", "X"])
        #expect(line("mx2") == ["10", "mx2.a.example", "NO", "X"])
        #expect(line("mx3") == ["10", "mx3.a.example", "unlisted", "X"])
        #expect(line("mx4") == ["10", "mx4.a.example", "ok", "."])
        model.type("4")
        #expect(line("mx1") == [">mx1.a.example", "-23h", "X"])
        #expect(line("mx4") == ["mx4.a.example", "60d", "."])
    }

    @Test("Tabs by number and by bracket, domains by J and K, back to the same row")
    func walk() {
        var model = Sample.usualModel()
        model.type("j", "enter")
        #expect(model.screen()[0].contains("northwind.example"))
        #expect(model.screen()[1].contains("[1 Summary]"))
        for name in ["[2 Policy]", "[3 MX hosts]", "[4 Certs]", "[5 History]", "[6 Trace]", "[1 Summary]"] {
            model.type("]")
            #expect(model.screen()[1].contains(name))
        }
        model.type("[", "[")
        #expect(model.screen()[1].contains("[5 History]"))
        model.type("J")
        #expect(model.screen()[0].contains("fabrikam.example"))
        #expect(model.screen()[1].contains("[5 History]"))
        model.type("K", "K")
        #expect(model.screen()[0].contains("acme-payments.example"))
        model.type("J", "J", "escape")
        #expect(model.cursorLine.contains("fabrikam.example"))
        model.type("3")
        #expect(model.screen()[1].contains("[3 MX hosts]"))
    }

    @Test("The detail shows what is new while it is open, and stays with its domain")
    func live() {
        var model = Sample.usualModel()
        model.type("enter")
        model.tell(.tick(Sample.now.addingTimeInterval(9)), .assessed([Sample.status("acme-payments.example", .ok)]))
        #expect(model.screen()[0].contains("acme-payments.example"))
        #expect(model.screen()[0].contains(". OK"))
        #expect(model.screen()[3].contains("delivered, protected"))
        model.tell(.listed(Sample.usual.dropFirst().map(Sample.watched)))
        #expect(model.screen().last?.contains("no longer on the list") == true)
        #expect(model.cursorLine.contains("wingtip.example"), "what stands where its row stood")
    }

    @Test("Scrolling stops at both ends")
    func scrolls() {
        var model = Sample.usualModel(size: Size(width: 80, height: 16))
        func lines() -> [String] { model.screen(80, 16) }
        model.type("enter")
        let top = lines()
        model.type("k")
        #expect(lines() == top)
        model.type("j")
        #expect(lines()[3] == top[4])
        model.type("G")
        let bottom = lines()
        #expect(bottom[14].contains("REMARKS") || bottom[13].contains("REMARKS"))
        model.type("page-down", "j")
        #expect(lines() == bottom)
        model.type("g")
        #expect(lines() == top)
    }

    @Test("The selected host tells its own dialogue")
    func dialogue() {
        let status = Sample.status(
            "two.example", .risk,
            hosts: [
                Sample.host("mx1.two.example", dialogue: ["220 first"]),
                Sample.host("mx2.two.example", 20, address: "192.0.2.20", dialogue: ["220 second"]),
            ])
        var model = Sample.model([.listed([WatchedDomain(status.domain)]), .assessed([status])])
        model.type("3")
        #expect(model.screen().contains { $0.contains("< 220 first") })
        model.type("G")
        #expect(model.screen().contains { $0.contains("< 220 second") })
        #expect(!model.screen().contains { $0.contains("< 220 first") })
        model.type("4", "j", "j")
        #expect(model.screen().contains { $0.contains("-- mta-sts.two.example") })
    }

    @Test("A policy line says which MX it covers, and a wrong one where it is wrong")
    func policy() {
        var model = Sample.usualModel()
        model.type("2")
        #expect(model.screen().contains { $0.contains("mx: mx2.acme-payments.example      matches MX 20") })
        var broken = Sample.broken(Size(width: 80, height: 24))
        broken.type("2")
        let lines = broken.screen()
        let line = lines.firstIndex { $0.contains("\\tmod: enforce") } ?? 0
        let marker = lines[line + 1]
        let column = lines[line].firstIndex(of: "m").map { lines[line].distance(from: lines[line].startIndex, to: $0) }
        let mark = marker.firstIndex(of: "^").map { marker.distance(from: marker.startIndex, to: $0) }
        #expect(column == mark)
        #expect(marker.contains("expected version, mode, mx or max_age"))
    }

    @Test("Before the first verdict every tab says so")
    func unseen() {
        var model = Sample.model([.listed([WatchedDomain(Sample.name("new.example"))])])
        for (tab, text) in [
            ("1", "No verdict yet"), ("2", "not looked at yet"), ("3", "no MX host is known yet"),
            ("4", "not looked at yet"), ("6", "No look in this run yet"),
        ] {
            model.type(tab)
            #expect(model.screen().contains { $0.contains(text) }, "tab \(tab)")
        }
    }

    @Test("Tab leads below the table and back; the brackets go from tab to tab")
    func panes() {
        let said = (1...60).map { "250-LINE \($0)" }
        let hosts = [
            Sample.host("mx1.a.example", dialogue: said), Sample.host("mx2.a.example", 20, address: "192.0.2.20"),
        ]
        let status = Sample.status("a.example", .ok, hosts: hosts)
        var model = Sample.model([.listed([Sample.watched(status)]), .assessed([status])])
        model.type("3", "tab")
        #expect(model.screen()[1].contains("[3 MX hosts]"))
        model.type("j", "j", "j")
        let screen = model.screen()
        #expect(screen.contains { $0.hasPrefix(">") && $0.contains("mx1.a.example") }, "the selection stays")
        #expect(screen.contains { $0.contains("mx1.a.example 192.0.2.10") && $0.contains(" 4-") }, "it is scrolled")
        model.type("tab", "j")
        #expect(model.screen().contains { $0.hasPrefix(">") && $0.contains("192.0.2.10") })
        model.type("1", "tab")
        #expect(model.screen()[1].contains("[2 Policy]"), "where there is one part, Tab is the next tab")
    }

    @Test("From 60 columns on hosts and certificates are told apart by their names")
    func medium() {
        let hosts = [Sample.host("mx1.elsewhere.example"), Sample.host("mx2.elsewhere.example", 20)]
        let status = Sample.status("a.example", .ok, hosts: hosts)
        var model = Sample.model(
            [.listed([Sample.watched(status)]), .assessed([status])], size: Size(width: 60, height: 24))
        for tab in ["3", "4"] {
            model.type(tab)
            let lines = model.screen(60, 24)
            for name in ["mx1.elsewhere", "mx2.elsewhere"] {
                #expect(lines.contains { $0.contains(name) }, "tab \(tab)")
            }
            #expect(lines[1].contains("[\(tab) "), "\(lines[1])")
        }
        #expect(model.screen(60, 24)[1].contains("6 Trace"))
    }

    @Test("What is to be done is told once, for all hosts that it is the same for")
    func ways() {
        func finding(_ host: String, _ fix: String, _ code: FindingCode = .certificateExpired) -> Finding {
            Sample.finding(code, .critical, host, "", fix: fix)
        }
        let ways = FixView.ways([
            finding("mx1.a.example", "Renew the certificate on mx1.a.example."),
            finding("mx2.a.example", "Renew the certificate on mx2.a.example."),
            finding("a.example", "Publish a new id.", .policyChangedSameID),
            finding("mx3.a.example", "Renew the certificate on mx3.a.example."),
            finding("mx1.a.example", "Turn STARTTLS on at mx1.a.example.", .starttlsMissing),
        ])
        #expect(
            ways == [
                "Renew the certificate on mx1.a.example, mx2.a.example and mx3.a.example.", "Publish a new id.",
                "Turn STARTTLS on at mx1.a.example.",
            ])
    }

    @Test("Whoever reads one domain sees that another begins to bounce")
    func others() {
        var model = Sample.usualModel()
        model.type("G", "enter")
        #expect(model.screen()[1].hasSuffix("X2 !2"))
        model.tell(.assessed([Sample.status("grand-hotel.example", .bouncing)]))
        #expect(model.screen()[1].hasSuffix("X3 !2"))
        model.tell(.network(.suspect(reason: "no DNS", since: Sample.now)))
        #expect(model.screen()[1].contains("!! OFFLINE"))
    }

    @Test("The matrix tells each class at each MX")
    func matrix() {
        var model = Sample.usualModel()
        model.type("enter")
        let lines = model.screen(140, 40)
        #expect(lines.contains { $0.contains("mta-sts          REFUSED   refused   refused") })
        #expect(lines.contains { $0.contains("opportunistic    delivers  delivers  delivers") })
    }
}
