import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite struct FleetTests {
    private func names(_ fleet: Fleet) -> [String] { (0..<fleet.shown).compactMap { fleet.row(at: $0)?.domain.text } }

    @Test("Worst first, then the soonest end, then by name")
    func severity() {
        let fleet = Sample.usualModel().fleet
        #expect(
            names(fleet) == [
                "acme-payments.example", "northwind.example", "fabrikam.example", "xn--mnchen-3ya.example",
                "grand-hotel.example", "proseware.example", "wingtip.example", "coho-winery.example",
            ])
    }

    @Test("At RISK what is met now comes first, then the next end, whatever turned last")
    func risks() {
        func host(_ name: String, _ days: Double, starttls: Bool = true) -> HostJudgement {
            Sample.host(name, days: days, starttls: starttls)
        }
        var fleet = Fleet()
        fleet.replace(
            by: ["later", "sooner", "half"].map { WatchedDomain(Sample.name("\($0).example")) }, now: Sample.now)
        fleet.take(
            [
                Sample.status("later.example", .risk, hosts: [host("mx.later.example", 6)], since: 60),
                Sample.status("sooner.example", .risk, hosts: [host("mx.sooner.example", 4)], since: 90_000),
                Sample.status(
                    "half.example", .risk,
                    hosts: [host("a.half.example", 20), host("b.half.example", 40, starttls: false)], since: 500_000),
            ], now: Sample.now)
        fleet.settle(now: Sample.now)
        #expect(names(fleet) == ["half.example", "sooner.example", "later.example"])
    }

    @Test("Putting changed rows in place gives the same order as sorting all", arguments: SortColumn.allCases)
    func merge(_ column: SortColumn) {
        var fleet = Fleet()
        let domains = (0..<300).map { Sample.name("d\($0 * 7 % 300).example") }
        fleet.replace(by: domains.map { WatchedDomain($0) }, now: Sample.now)
        let states = DomainState.allCases
        for round in 0..<40 {
            var arrangement = fleet.arrangement
            arrangement.column = column
            arrangement.isInverted = round % 3 == 0
            arrangement.filter = Filter(round % 4 == 1 ? "cert<40" : round % 4 == 2 ? "1" : "")
            arrangement.problemsOnly = round % 5 == 0
            if round % 7 == 0 { fleet.arrange(arrangement, now: Sample.now) }
            let some = (0..<(round * 3)).map { number in
                let pick = (number * 31 + round * 17) % 300
                return Sample.status(
                    domains[pick].text, states[(pick + round) % states.count],
                    hosts: [Sample.host("mx.example", days: Double((pick * round) % 90))])
            }
            fleet.take(some, now: Sample.now)
            fleet.settle(now: Sample.now)
            var fresh = Fleet()
            fresh.replace(by: domains.map { WatchedDomain($0) }, now: Sample.now)
            fresh.take(fleet.rows.compactMap(\.status), now: Sample.now)
            fresh.arrange(fleet.arrangement, now: Sample.now)
            #expect(names(fleet) == names(fresh))
            #expect(fleet.counts == fresh.counts)
            for position in 0..<fleet.shown {
                let domain = fleet.row(at: position)?.domain
                #expect(domain.flatMap { fleet.position(of: $0) } == position)
            }
        }
    }

    @Test("Ten thousand rows: counts, order, filter and a page of them")
    func many() {
        var model = Sample.many()
        #expect(model.fleet.rows.count == 10_000)
        #expect(model.screen()[0].contains("X 100 BOUNCING"))
        #expect(model.screen()[0].contains(". 9900 OK"))
        let states = (0..<model.fleet.shown).compactMap { model.fleet.row(at: $0)?.state }
        #expect(states == states.sorted())
        model.type("/")
        model.write("customer-77 state:ok")
        #expect(
            model.fleet.shown
                == (0..<10_000).count { "customer-\($0).example".contains("customer-77") && $0 % 100 != 0 })
        model.type("enter", "G")
        #expect(model.cursorLine.contains("customer-77"))
        model.type("escape")
        #expect(model.fleet.shown == 10_000)
        #expect(model.fleet.row(at: model.selectedPosition ?? -1)?.domain.text.contains("customer-77") == true)
    }

    @Test("Before any verdict the rows stand by name, and those with one go above them")
    func loading() {
        var model = Sample.many(1_000, assessed: false)
        #expect(model.screen()[0].contains("? 1000 "))
        model.tell(
            .assessed([Sample.status("customer-7.example", .ok), Sample.status("customer-8.example", .bouncing)]))
        #expect(names(model.fleet).prefix(3) == ["customer-8.example", "customer-7.example", "customer-0.example"])
    }

    @Test("The same name twice on the list is one row; verdicts of strangers are dropped")
    func duplicates() {
        let name = Sample.name("a.example")
        let model = Sample.model([
            .listed([WatchedDomain(name), WatchedDomain(name)]), .assessed([Sample.status("b.example", .bouncing)]),
        ])
        #expect(model.fleet.rows.count == 1)
        #expect(model.fleet.count(.bouncing) == 0)
    }

    @Test("Sorting by menu, by step, and upside down")
    func sorting() {
        var model = Sample.usualModel()
        model.type("s", "d")
        #expect(names(model.fleet) == names(model.fleet).sorted())
        #expect(model.screen()[2].contains("DOMAIN v"))
        model.type("I")
        #expect(names(model.fleet) == names(model.fleet).sorted(by: >))
        #expect(model.screen()[1].contains("sort:domain (inverted)"))
        model.type("<")
        #expect(model.screen()[1].contains("sort:severity  "))
        model.type(">", ">")
        #expect(model.screen()[1].contains("sort:policy"))
    }

    @Test("Changes: newest first, by id, bounded, the marked ones kept longest")
    func log() {
        var log = ChangeLog()
        let first = Sample.change(1, "kept.example", .ok, .bouncing, "marked", ago: 9)
        #expect(log.take([first]) == [first])
        #expect(log.take([first]).isEmpty)
        _ = log.take(
            (2...(ChangeLog.limit + 50)).map { Sample.change($0, "a.example", .warning, .ok, "better", ago: 1) })
        #expect(log.count == ChangeLog.limit)
        #expect(log.place(of: 1) == ChangeLog.limit - 1)
        #expect(log.change(at: 0)?.id == ChangeLog.limit + 50)
        #expect(log.markedIDs() == [1])
        log.acknowledge([1, 2, 999_999], at: Sample.now)
        #expect(log.markedCount == 0)
        #expect(log.marked.isEmpty)
    }
}
