import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@Suite struct UpdateTests {
    private let acme = Sample.name("acme-payments.example")
    private let northwind = Sample.name("northwind.example")

    @Test("Recheck means the current domain, or the marked ones")
    func recheck() {
        var model = Sample.usualModel()
        #expect(model.type("r") == [.recheck([acme])])
        model.type("space", "space")
        #expect(Set(model.type("r")) == [.recheck([acme, northwind])])
        model.type("escape")
        #expect(model.type("r") == [.recheck([Sample.name("fabrikam.example")])])
    }

    @Test("Recheck of all that is shown; above a hundred it asks")
    func recheckAll() {
        var few = Sample.usualModel()
        few.type("!")
        guard case .recheck(let domains)? = few.type("R").first else {
            Issue.record("no recheck")
            return
        }
        #expect(domains.count == 6)

        var many = Sample.many(101)
        #expect(many.type("R").isEmpty)
        #expect(many.screen().contains { $0.contains("Look at all 101 domains now?") })
        #expect(many.type("n").isEmpty)
        many.type("R")
        guard case .recheck(let all)? = many.type("y").first else {
            Issue.record("no recheck after yes")
            return
        }
        #expect(all.count == 101)
    }

    @Test("Acknowledge: the current domain, one change, all")
    func acknowledge() {
        var model = Sample.usualModel()
        #expect(model.type("a") == [.acknowledge([3])])
        #expect(model.screen().contains { $0.hasPrefix("> X BOUNCE  acme-payments.example") })
        #expect(model.screen().contains { $0.contains("Changes: 1 unacked") })
        #expect(model.type("a").isEmpty, "once is enough")

        var one = Sample.usualModel()
        one.type("tab")
        #expect(one.type("a") == [.acknowledge([4])])

        var all = Sample.usualModel()
        #expect(all.type("A") == [.acknowledge([3, 4])])
        #expect(!all.screen().contains { $0.contains("*") })
    }

    @Test("A change that comes back acknowledged loses its mark")
    func acknowledgedElsewhere() {
        var model = Sample.usualModel()
        model.tell(
            .changed([
                Sample.change(4, "northwind.example", .ok, .bouncing, "gone", ago: 17, acknowledged: true)
            ]))
        #expect(model.screen().contains { $0.contains("Changes: 1 unacked") })
        #expect(model.screen().contains { $0.hasPrefix("  X BOUNCE  northwind.example") })
    }

    @Test("Saving: the whole text under a name that tells what and when")
    func saving() {
        var model = Sample.usualModel()
        guard case .save(let name, let text) = model.type("S").first else {
            Issue.record("nothing is saved")
            return
        }
        #expect(name == "stswatch-overview-20261124T143207Z")
        #expect(text.contains("wingtip.example") && text.hasSuffix("\n"))
        model.type("6")
        guard case .save(let name, let text) = model.type("S").first else {
            Issue.record("nothing is saved")
            return
        }
        #expect(name == "stswatch-acme-payments.example-trace-20261124T143207Z")
        #expect(text.contains("delay, retry, then bounce"))
    }

    @Test("Paused: nothing moves, the banner counts, and resuming shows it all")
    func pause() {
        var model = Sample.usualModel()
        model.type("p")
        let table = Array(model.screen()[2...20])
        model.tell(
            .assessed([Sample.status("wingtip.example", .bouncing, why: "gone")]),
            .changed([Sample.change(9, "wingtip.example", .ok, .bouncing, "gone", ago: 0)]))
        #expect(Array(model.screen()[2...20]) == table)
        #expect(model.screen()[0].contains("1 change waiting, 1 BOUNCE"))
        model.type("p")
        #expect(model.screen()[0].contains("X 3 BOUNCING"))
        #expect(model.screen().contains { $0.contains("*X BOUNCE  wingtip.example") })
    }

    @Test("The terminal's title has the counts that matter")
    func title() {
        var model = Model(now: Sample.now)
        model.tell(.listed(Sample.usual.map(Sample.watched)))
        #expect(model.tell(.assessed(Sample.usual)).contains(.title("stswatch X2 !2")))
        #expect(!model.tell(.assessed(Sample.usual)).contains { if case .title = $0 { true } else { false } })
    }

    @Test("Leaving: q closes the view first, Esc never leaves, Q and ^C always do")
    func quit() {
        var model = Sample.usualModel()
        model.type("enter")
        #expect(model.type("q").isEmpty)
        #expect(model.cursorLine.contains("acme-payments.example"))
        for _ in 0..<5 { #expect(model.type("escape").isEmpty) }
        #expect(model.type("q") == [.quit])
        #expect(model.type("Q") == [.quit])
        model.type("/")
        #expect(model.type("ctrl-c") == [.quit])
        model.type("escape", "?")
        #expect(model.type("ctrl-c") == [.quit])
        #expect(model.type("ctrl-l") == [.redraw])
        #expect(model.type("ctrl-z") == [.suspend])
    }

    @Test("Copy: a menu of what is worth copying")
    func copy() {
        var model = Sample.usualModel()
        model.type("y")
        #expect(model.type("d") == [.copy("acme-payments.example")])
        model.type("y")
        #expect(model.type("w") == [.copy("acme-payments.example BOUNCE mx1, mx2: certificate expired 2h ago")])
        model.type("y")
        #expect(model.type("c") == [.copy("stswatch check acme-payments.example")])
        model.type("y", "j", "j")
        #expect(model.type("enter") == [.copy("Renew the certificate on mx1 and mx2 and reload the MTA.")])
    }

    @Test("What is copied cannot act where it is pasted")
    func copyHostile() {
        var model = Sample.strange("hostile.example", Size(width: 80, height: 24))
        model.type("y")
        #expect(
            model.type("w") == [.copy("hostile.example BOUNCE why \\x1b[2J\\u{202e}kcatta\\x07\\r\\nnext")])
    }

    @Test("The pager gets the whole text, escaped")
    func pager() throws {
        var model = Sample.strange("hostile.example", Size(width: 80, height: 24))
        model.type("3")
        guard case .openPager(let text)? = model.type("o").first else {
            Issue.record("no pager")
            return
        }
        #expect(text.contains("220 \\x1b[2J\\u{202e}kcatta"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{202e}" })
    }

    @Test("Commands are typed after a colon")
    func commands() {
        var model = Sample.usualModel()
        model.type(":")
        model.write("add new.example")
        #expect(model.type("enter") == [.add("new.example")])
        model.type(":")
        model.write("remove wing")
        model.type("tab")
        model.type("enter")
        #expect(model.screen().contains { $0.contains("Stop watching wingtip.example until the end") })
        #expect(model.type("y") == [.remove(Sample.name("wingtip.example"))])
        model.type(":", "up", "up")
        #expect(model.type("enter") == [.add("new.example")])
        model.type(":")
        model.write("nonsense")
        #expect(model.type("enter").isEmpty)
        #expect(model.screen().last?.contains("no command 'nonsense'") == true)
        model.type(":")
        model.write("quit")
        #expect(model.type("enter") == [.quit])
    }

    @Test("A blind key on a tiny window changes nothing; q still leaves")
    func tiny() {
        var model = Sample.usualModel(size: Size(width: 10, height: 3))
        #expect(model.type("a", "r", "A", "enter").isEmpty)
        #expect(model.type("q") == [.quit])
    }

    @Test("A notice goes away by itself")
    func notice() {
        var model = Sample.usualModel()
        model.tell(.notice("the list was read again"))
        #expect(model.screen().last == " the list was read again")
        model.tell(.tick(Sample.now.addingTimeInterval(8)))
        #expect(model.screen().last?.contains("Enter open") == true)
    }

    @Test("Time alone moves the clock in steps, and the counts-only screen not at all")
    func ticks() throws {
        let model = Sample.usualModel()
        let next = try #require(model.nextTick(after: Sample.now))
        #expect(next == Sample.now.addingTimeInterval(3))
        #expect(Sample.usualModel(size: Size(width: 10, height: 2)).nextTick(after: Sample.now) == nil)
        var later = model
        later.tell(.tick(Sample.now.addingTimeInterval(2)))
        #expect(later.screen() == model.screen())
        later.tell(.tick(Sample.now.addingTimeInterval(3)))
        #expect(later.screen() != model.screen())
    }

    @Test("That nobody is told of changes stands in the header until it is mended")
    func noticeTrouble() {
        var model = Sample.usualModel()
        model.tell(.noticeTrouble("the hook fails: it ended with status 3"))
        #expect(model.screen()[1].contains("notices fail: L"))
        model.type("L")
        #expect(model.screen().contains { $0.contains("notices: the hook fails: it ended with status 3") })
        model.type("escape")
        model.tell(.noticeTrouble(nil))
        #expect(!model.screen()[1].contains("notices fail"))
    }

    @Test("A theme that is refused is told, and stands among the remarks until another one is loaded")
    func themeTrouble() {
        var model = Sample.usualModel()
        model.tell(.themeTrouble("mine.toml:3:1: no role 'row.curser'"))
        #expect(model.screen().last?.contains("mine.toml:3:1") == true)
        #expect(model.screen()[1].contains("theme refused: L"))
        model.type("L")
        #expect(model.screen().contains { $0.contains("theme: mine.toml:3:1: no role 'row.curser'") })
        model.type("escape")
        model.tell(.themeLoaded(.auto))
        #expect(!model.screen()[1].contains("theme refused"))
    }

    @Test("The time that is left of a sweep is told once it can be, by the verdicts that came")
    func timeLeft() {
        var model = Sample.usualModel()
        model.tell(.progress(done: 10, total: 1_000, perSecond: 500))
        #expect(model.screen()[1].contains("checking 10/1000") && !model.screen()[1].contains("left"))
        model.tell(.tick(Sample.now.addingTimeInterval(10)), .progress(done: 110, total: 1_000, perSecond: 500))
        #expect(model.screen()[1].contains("about 2m left"), "890 more at ten a second")
        model.tell(.tick(Sample.now.addingTimeInterval(100)))
        model.tell(.progress(done: 110, total: 1_000, perSecond: 501))
        #expect(model.screen()[1].contains("about 15m left"), "who waits longer is told so")
        model.tell(.progress(done: 5, total: 2_000, perSecond: 500))
        #expect(!model.screen()[1].contains("left"), "a list that grew is a sweep of its own")
    }

    @Test("Offline the banner says why and what is shown; the remedy is among the remarks")
    func offlineReason() {
        var model = Sample.usualModel()
        let reason = "No answer from 127.0.0.1@5399 in 3.0 seconds: check the network, or name another with --resolver."
        model.tell(.network(.suspect(reason: reason, since: Sample.ago(120))))
        #expect(model.screen()[0].contains(", last results shown: No answer from 127.0.0.1"))
        model.type("L")
        #expect(model.screen().contains { $0.contains("network: No answer from") })
    }

    @Test("A key that does nothing on a domain says so")
    func notHere() {
        var model = Sample.usualModel()
        model.type("enter", "s")
        #expect(model.screen().last?.contains("not here: Esc leaves the domain") == true)
    }

    @Test("The first screen tells how to begin settings, where there are none")
    func firstRun() {
        var model = Sample.model([.listed([])])
        #expect(!model.screen().contains { $0.contains("No settings file") })
        model.lacksSettings = true
        #expect(
            model.screen().contains { $0.contains("No settings file, defaults in use: stswatch config --default") })
    }

    @Test("The overview is saved as it is seen: when, the counts, what it leaves out, and the columns, nothing cut")
    func saveOverview() throws {
        let why = "a reason that is longer than the column in which the screen of usual width shows it"
        let long = "a-name-that-is-longer-than-the-column-of-the-names.example"
        let statuses =
            [
                Sample.status(long, .bouncing, why: why), Sample.status("b.example", .ok),
                Sample.status("c.example", .ok),
            ] + (0..<40).map { Sample.status("d\($0).example", .risk, why: "soon") }
        for width in [50, 80, 140] {
            var model = Sample.model(
                [.listed(statuses.map(Sample.watched)), .assessed(statuses)], size: Size(width: width, height: 24))
            model.type("/")
            model.write("!state:ok")
            model.type("enter", "s", "d")
            guard case .save(_, let text)? = model.type("S").first else {
                Issue.record("nothing is saved")
                return
            }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(lines[0] == "stswatch  24 Nov 2026 14:32:07Z")
            #expect(lines[1] == "X 1 BOUNCE   ! 40 RISK   . 2 OK")
            #expect(lines[2].contains("43 domains, 41 shown  sort:domain  filter:!state:ok"))
            #expect(lines[4].contains("STATE") && lines[4].contains("TLS") && lines[4].contains("WHY"))
            #expect(lines[4].contains("BOUNCES IN") == (width == 140))
            #expect(lines[5].contains("X BOUNCE  \(long) enforce ") && lines[5].hasSuffix(" " + why), "\(lines[5])")
            #expect(lines.count == 4 + 1 + 41 + 1 && lines.last == "")
            #expect(lines.dropFirst(5).dropLast().map { $0.contains("enforce") } == Array(repeating: true, count: 41))
            #expect(model.type("o") == [.openPager(text)])
        }
    }
}
