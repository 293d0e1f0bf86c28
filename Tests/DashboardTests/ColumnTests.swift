import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

/// Which columns there are at which width, and what they say where it is narrow.
@Suite struct ColumnTests {
    private struct Wish: CustomTestStringConvertible {
        var names = 60
        var hosts = 2
        var hidden: Set<OverviewColumn> = []
        var sorted = SortColumn.severity

        var testDescription: String { "\(names) \(hosts) \(hidden.map(\.rawValue).sorted()) \(sorted)" }

        func table(_ width: Int) -> Table<OverviewColumn> {
            OverviewColumn.placed(width: width, names: names, hosts: hosts, hidden: hidden, sorted: sorted)
        }
    }

    private static let wishes: [Wish] =
        [Wish(), Wish(names: 10), Wish(names: 22), Wish(hosts: 12), Wish(hidden: [.policy, .strip])]
        + SortColumn.allCases.map { Wish(sorted: $0) }
        + OverviewColumn.allCases.filter { ![.domain, .why].contains($0) }.map { Wish(hidden: [$0]) }

    @Test("WHY never shrinks as the screen widens, no name is shorter than at 80, no column goes", arguments: wishes)
    private func widening(_ wish: Wish) throws {
        var before = wish.table(80)
        for width in 81...200 {
            let now = wish.table(width)
            #expect(try #require(now[.why]).width >= #require(before[.why]).width, "\(width)")
            #expect(try #require(now[.domain]).width >= #require(wish.table(80)[.domain]).width, "\(width)")
            #expect(Set(before.columns.map(\.id)).isSubset(of: now.columns.map(\.id)), "\(width)")
            let last = try #require(now.columns.last)
            #expect(last.x + last.width <= width - OverviewColumn.prefix, "\(width)")
            before = now
        }
    }

    @Test("The more important columns come first: AGE, then the time to a bounce, the day, and all at 140")
    func order() {
        func has(_ width: Int, _ columns: OverviewColumn...) -> Bool {
            columns.allSatisfy { Wish().table(width)[$0] != nil }
        }
        #expect(!has(80, .age) && !has(80, .bounces))
        #expect(has(100, .age, .bounces) && !has(100, .strip))
        #expect(has(120, .age, .bounces, .strip, .idAge, .maxAge) && !has(120, .version))
        #expect(Wish().table(140).columns.count == OverviewColumn.allCases.count)
        // Where all are there, nothing is left over.
        let last = Wish().table(140).columns.last
        #expect(last.map { $0.x + $0.width } == 140 - OverviewColumn.prefix)
    }

    @Test("The time to a bounce is headed as one, in the menus too")
    func bouncesIn() {
        var model = Sample.usualModel(size: Size(width: 140, height: 40))
        #expect(model.screen(140, 40)[2].contains(" BOUNCES IN "))
        #expect(model.screen(94, 24)[2].contains(" BNCE IN "))
        model.type("c")
        #expect(model.screen(140, 40).contains { $0.contains("[x] bounces in") })
        model.type("escape", "s", "b")
        #expect(model.screen(140, 40)[1].contains("bounces in"))
        #expect(model.screen(140, 40)[2].contains("BOUNCES IN v"))
        #expect(model.screen(60, 24)[2].contains("BOUNCES IN v"))
    }

    @Test("The chooser tells of what is wanted and has no room; where there is room it tells nothing")
    func chooser() {
        var model = Sample.usualModel()
        model.type("c")
        func line(_ name: String, _ width: Int) -> String {
            model.screen(width, 24).first { $0.contains("] \(name)") } ?? ""
        }
        for width in [60, 80] {
            #expect(line("24h", width).contains("[x] 24h (no room here)"), "\(width)")
            #expect(line("policy", width).contains("[x] policy "), "\(width)")
            #expect(!line("policy", width).contains("no room"), "\(width)")
        }
        #expect(line("policy", 50).contains("no room here"))
        #expect(!line("certificate", 50).contains("no room"))
        #expect(model.screen(140, 40).allSatisfy { !$0.contains("no room") })
        let place = OverviewColumn.allCases.filter { $0 != .domain }.firstIndex(of: .strip) ?? 0
        for _ in 0..<place { model.type("j") }
        model.type("space")
        #expect(line("24h", 80).contains("[ ] 24h") && !line("24h", 80).contains("no room"))
    }

    @Test("Every code has a short form of its own that fits the narrowest WHY, also behind `was: `")
    func codes() {
        let all = FindingCode.allCases.map(\.brief)
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.utf8.count <= 10 && !$0.isEmpty })
        let narrow = OverviewColumn.placed(width: 60, names: 60, hosts: 2)
        #expect(narrow[.why].map { $0.width >= "was: ".utf8.count + 10 } == true)
    }

    @Test("On a narrow screen WHY has the code of the reason, and where no finding is the reason, the reason")
    func narrow() {
        let missing = Sample.finding(.tlsrptMissing, .info, "x", "no record", fix: "Publish one.")
        let statuses = [
            Sample.status("a.example", .ok, findings: [missing]),
            Sample.status(
                "b.example", .unprotected, why: "policy mode none", mode: STSPolicy.Mode.none, findings: [missing]),
            Sample.status("c.example", .unprotected, why: "no _mta-sts TXT", mode: nil, findings: [missing]),
            Sample.status(
                "d.example", .risk, why: "mx1 cert expires in 4d",
                findings: [
                    Sample.finding(.mxLastUsable, .high, "mx1.d.example", "", fix: ""),
                    Sample.finding(.certificateExpiring, .high, "mx1.d.example", "", fix: ""), missing,
                ]),
        ]
        let model = Sample.model([.listed(statuses.map(Sample.watched)), .assessed(statuses)])
        func end(_ name: String) -> String {
            let line = model.screen(70, 24).first { $0.contains(name) } ?? ""
            return line.components(separatedBy: "60d").last.map { $0.trimmed } ?? line
        }
        #expect(end("a.example") == "")
        #expect(end("b.example") == "policy mode none")
        #expect(end("c.example") == "no-record")
        #expect(end("d.example") == "cert-soon")
    }

    @Test("Panning stops where the end of the longest reason on the screen is seen, and comes back at once")
    func pan() throws {
        let why = "one two three four five six seven eight nine ten"
        let statuses = [
            Sample.status("a.example", .bouncing, why: why), Sample.status("b.example", .risk, why: "short"),
        ]
        var model = Sample.model([.listed(statuses.map(Sample.watched)), .assessed(statuses)])
        for _ in 0..<6 { model.type("l") }
        let line = try #require(model.screen().first { $0.contains("a.example") && $0.contains("BOUNCE") })
        #expect(line.hasSuffix(" eight nine ten"), "\(line)")
        model.type("h", "h", "h", "h", "h", "h")
        #expect(model.screen().contains { $0.contains(" one two three") })
        // What fits is not moved, and neither are groups.
        model = Sample.model([.listed(statuses.map(Sample.watched)), .assessed([statuses[1]])])
        let before = model.screen()
        model.type("l", "l")
        #expect(model.screen() == before)
        // The line under the smallest table goes as far as its own end.
        model = Sample.model(
            [.listed(statuses.map(Sample.watched)), .assessed(statuses)], size: Size(width: 40, height: 10))
        for _ in 0..<9 { model.type("l") }
        #expect(model.screen(40, 10).last?.hasSuffix(" eight nine ten") == true)
    }
}
