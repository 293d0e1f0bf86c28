import Cells
import Dashboard
import Deliverability
import Foundation
import MTASTS
import Testing

/// What a screen must not claim, and where things must stay.
@Suite struct GlanceTests {
    private func line(_ model: Model, _ name: String, _ width: Int = 140) -> String {
        model.screen(width, 40).first { $0.contains(name) && !$0.contains("->") } ?? ""
    }

    private func model(_ statuses: [DomainStatus], size: Size = Size(width: 140, height: 40)) -> Model {
        Sample.model([.listed(statuses.map(Sample.watched)), .assessed(statuses)], size: size)
    }

    @Test("The way out names every host that the same befell")
    func foremostFix() {
        func finding(_ host: String, _ code: FindingCode = .certificateExpired) -> Finding {
            Finding(
                code, .critical, subject: host, evidence: "", fix: "Renew the certificate on \(host) and reload.",
                rfc: "")
        }
        func told(_ findings: Finding...) -> String {
            let status = Sample.status("a.example", .bouncing, findings: findings)
            return model([status], size: Size(width: 110, height: 24)).screen(110, 24).first { $0.hasPrefix(" FIX ") }
                ?? ""
        }
        #expect(told(finding("mx1.a.example")).contains("on mx1.a.example and reload"))
        #expect(
            told(finding("mx1.a.example"), finding("mx2.a.example"), finding("mx3.a.example")).contains(
                "on mx1.a.example, mx2.a.example and mx3.a.example and reload"))
        #expect(
            told(finding("mx1.a.example"), finding("mx2.a.example", .certificateUntrusted)).contains(
                "on mx1.a.example and reload"))
    }

    @Test("BOUNCES: now where it is refused, a countdown where it is near, never a renewal far off, never the past")
    func bounces() {
        let model = model([
            Sample.status("refused.example", .bouncing),
            Sample.status("soon.example", .warning, bouncesAt: Sample.ahead(days: 9.5)),
            Sample.status("far.example", .ok, bouncesAt: Sample.ahead(days: 69.96)),
            Sample.status("passed.example", .risk, bouncesAt: Sample.ago(90)),
        ])
        #expect(line(model, "refused.example").contains(" now "))
        #expect(line(model, "soon.example").contains(" 9d 12h "))
        #expect(!line(model, "far.example").contains("69d"))
        #expect(line(model, "passed.example").contains(" due "))
        #expect(!line(model, "passed.example").contains(" now "))
    }

    @Test("At risk for another reason: the verdict does not name the date of a renewal far off")
    func riskVerdict() {
        func verdict(_ days: Double) -> String {
            var model = model([Sample.status("a.example", .risk, bouncesAt: Sample.ahead(days: days))])
            model.type("enter")
            return model.screen(140, 40).first { $0.contains("VERDICT") } ?? ""
        }
        #expect(verdict(4).contains("it will be REFUSED in 4d"))
        #expect(verdict(69).contains("not through every MX"))
    }

    @Test("A host that all known classes take is fine; DANE that nobody could ask for is told apart")
    func danes() {
        var model = Sample.held(Size(width: 80, height: 24))
        model.type("3")
        let host = model.screen().first { $0.contains("mx1.litware.example") && $0.contains("10 ") } ?? ""
        #expect(host.hasSuffix("."))
        #expect(model.screen().contains { $0.contains("DANE unknown") })
        model.type("1")
        let verdict = model.screen().first { $0.contains("VERDICT") } ?? ""
        #expect(verdict.contains("DANE unknown"))
        #expect(!verdict.contains("every sender class"))
    }

    @Test("The counts stay where they are when a number grows")
    func counts() throws {
        let names = (0..<400).map { "d\($0).example" }
        var model = Sample.model([.listed(names.map { WatchedDomain(Sample.name($0)) })])
        model.tell(.assessed(names.map { Sample.status($0, .ok) }))
        let before = model.screen()[0]
        let place = try #require(before.range(of: ". 400 OK")?.lowerBound.utf16Offset(in: before))
        for (count, state) in [(1, DomainState.bouncing), (12, .risk), (150, .warning)] {
            model.tell(.assessed(names.prefix(count).map { Sample.status($0, state) }))
            let now = model.screen()[0]
            #expect(now.range(of: ". ")?.lowerBound.utf16Offset(in: now) == place, "\(now)")
        }
    }

    @Test("The focused pane has the cursor, the other one none that could be taken for it")
    func focus() {
        var model = Sample.usualModel()
        #expect(model.screen().count { $0.hasPrefix(">") } == 1)
        model.type("tab")
        let marked = model.screen().filter { $0.hasPrefix(">") }
        #expect(marked.count == 1)
        #expect(marked.first?.contains("->") == true)
        let blur = Theme.auto.style(.rowCursorBlur).attributes
        let canvas = view(model, size: Size(width: 80, height: 24))
        #expect(canvas[20, 3]?.style.attributes.isSuperset(of: blur) == true)
    }

    @Test("The next check is never in the past")
    func nextCheck() {
        func side(_ seconds: Double) -> String {
            let model = model([Sample.status("a.example", .warning, nextCheck: seconds)])
            return model.screen(140, 40).joined(separator: "\n")
        }
        #expect(side(48).contains("Next check 14:32:55Z"))
        #expect(side(-3).contains("Next check now"))
        #expect(side(-14).contains("Next check late 12s"), "the clock on screen goes in steps")
        #expect(side(-200).contains("Next check late 3m"))
    }

    @Test("Offline from the start: the rows say why there is no answer")
    func offline() {
        var model = Sample.model([.listed([WatchedDomain(Sample.name("a.example"))])])
        #expect(line(model, "a.example", 80).contains("not looked at yet"))
        model.tell(.network(.suspect(reason: "no DNS", since: Sample.now)))
        #expect(line(model, "a.example", 80).contains("no answer yet: offline"))
    }

    @Test("A recovery tells how long it took and what it was")
    func recovery() {
        var model = Sample.model([.listed([WatchedDomain(Sample.name("a.example"))])])
        model.tell(
            .changed([
                Sample.change(1, "a.example", .ok, .bouncing, "no STARTTLS", ago: 100),
                Sample.change(2, "other.example", .ok, .risk, "x", ago: 70),
                Sample.change(3, "a.example", .bouncing, .ok, "OK", ago: 55, trouble: "no STARTTLS"),
                Sample.change(4, "lost.example", .bouncing, .ok, "fine again", ago: 5),
            ]))
        #expect(model.screen(140, 40).contains { $0.contains("a.example") && $0.contains("after 45s: no STARTTLS") })
        #expect(model.screen().contains { $0.contains("lost.example") && $0.contains("fine again") })
    }

    @Test("Paused: a change that is shown already does not wait, and each new bounce counts once")
    func paused() {
        var model = Sample.usualModel()
        model.type("p")
        var seen = Sample.changes[3]
        seen.acknowledgedAt = Sample.now
        model.tell(
            .changed([
                seen, Sample.change(7, "wingtip.example", .ok, .bouncing, "gone", ago: 3),
                Sample.change(8, "northwind.example", .bouncing, .bouncing, "worse", ago: 2),
                Sample.change(9, "fabrikam.example", .risk, .bouncing, "expired", ago: 2),
                Sample.change(10, "fabrikam.example", .bouncing, .ok, "renewed", ago: 1),
            ]))
        #expect(model.screen()[0].contains("4 changes waiting, 1 BOUNCE "))
        model.tell(.assessed([Sample.status("grand-hotel.example", .bouncing)]))
        #expect(model.screen()[0].contains("2 BOUNCE "))
    }

    @Test("The Summary of a usual domain fits on 24 lines, down to the next check")
    func summary() {
        var model = Sample.usualModel()
        model.type("enter")
        let text = model.screen().joined(separator: "\n")
        for part in ["VERDICT", "WHY", "FIX", "CHECKS", "SENDERS", "NEXT", "FAIL 0 of 2 valid", "opportunistic"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("WHY has the width that the names leave free")
    func width() {
        let why = "mx1.provider.example cert expires in 4d"
        let model = model([Sample.status("a.example", .risk, why: why)])
        #expect(line(model, "a.example").contains(why))
    }

    @Test("The rhythm stands in the status line")
    func rhythm() {
        var model = Sample.usualModel()
        model.tell(.rhythm(every: 300, problems: 60))
        #expect(model.screen(140, 40)[1].contains("every 5m (problems 60s)"))
        #expect(model.screen()[1].contains("every 5m "))
        model.tell(.rhythm(every: 8, problems: 8))
        #expect(model.screen(140, 40)[1].contains("every 8s  "))
    }

    @Test("Down to one cell the worst is shown", arguments: [1, 2, 3, 8])
    func cell(width: Int) {
        let all = view(Sample.usualModel(size: Size(width: width, height: 1)), size: Size(width: width, height: 1))
        #expect(all.lines[0].hasPrefix("X"))
        let none = view(Sample.model(), size: Size(width: width, height: 1))
        #expect(none.lines[0].hasPrefix("-"))
    }

    @Test("WHY and FIX at the foot are those of the row under the cursor, whatever bounces elsewhere")
    func foot() {
        var model = Sample.usualModel()
        func foot() -> [String] { Array(model.screen()[21...22]) }
        #expect(foot()[0].contains("mx1, mx2: certificate expired") && foot()[1].hasPrefix(" FIX  Renew"))
        model.type("G")
        #expect(model.cursorLine.contains("coho-winery.example"))
        #expect(foot()[0].hasPrefix(" WHY  no _mta-sts record"))
        model.type("k")
        #expect(model.cursorLine.contains("wingtip.example"))
        #expect(foot()[0].hasPrefix(" WHY  Mail of every sender class is delivered"))
        #expect(foot()[1].isEmpty)
    }
}
