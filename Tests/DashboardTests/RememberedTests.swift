import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite("What an earlier run knew") struct RememberedTests {
    private func remembered(_ name: String, _ state: DomainState, _ why: String) -> RememberedStatus {
        var digest = StatusDigest()
        digest.isChecked = true
        digest.state = state
        digest.why = why
        digest.policy = "enforce"
        digest.checkedAt = Sample.ago(7_300)
        return RememberedStatus(domain: Sample.name(name), digest: digest, stateSince: Sample.ago(90_000))
    }

    private func model(_ more: [Message] = []) -> Model {
        let names = ["a.example", "b.example", "c.example"].map { WatchedDomain(Sample.name($0)) }
        let change = Sample.change(1, "b.example", .ok, .bouncing, "mx1 cert expired", ago: 7_200)
        return Sample.model(
            [
                .listed(names),
                .remembered(
                    [remembered("a.example", .ok, ""), remembered("b.example", .bouncing, "mx1 cert expired")], [change]
                ),
            ] + more, size: Size(width: 150, height: 30))
    }

    @Test("The first frame has the last states, their age, and a word that they are old")
    func firstFrame() {
        let screen = model().screen(150, 30)
        let bouncing = screen.first { $0.contains("b.example") } ?? ""
        #expect(bouncing.contains("X BOUNCE") && bouncing.contains("enforce"))
        #expect(bouncing.contains(" 2h ") && bouncing.contains("was: mx1 cert expired"))
        // Not seen by anybody: it comes back marked.
        #expect(bouncing.contains("*X BOUNCE"))
        #expect(screen.contains { $0.contains("a.example") && $0.contains("remembered") })
        #expect(screen.contains { $0.contains("c.example") && $0.contains("not looked at yet") })
        #expect(screen[0].contains("X 1 BOUNCING"))
    }

    @Test("What comes with the list is shown as what comes after it")
    func withTheList() {
        let names = ["c.example", "a.example", "b.example", "a.example"].map { WatchedDomain(Sample.name($0)) }
        let past = [
            remembered("a.example", .ok, ""), remembered("b.example", .bouncing, "mx1 cert expired"),
            remembered("unlisted.example", .risk, ""),
        ]
        let size = Size(width: 150, height: 30)
        let after = Sample.model([.listed(names), .remembered(past, [])], size: size)
        var with = Sample.model([.listed(names, remembered: past)], size: size)
        #expect(with.screen(150, 30) == after.screen(150, 30))
        #expect(with.screen(150, 30)[3].contains("was: mx1 cert expired"))
        // A list that comes again with it takes back no verdict, and forgets nothing.
        _ = update(&with, .assessed([Sample.status("b.example", .ok)]))
        _ = update(&with, .listed(names.reversed(), remembered: [past[1]]))
        #expect(with.fleet.row(of: Sample.name("b.example"))?.isRemembered == false)
        #expect(with.fleet.row(of: Sample.name("b.example"))?.state == .ok)
        #expect(with.fleet.row(of: Sample.name("a.example"))?.isRemembered == true)
        #expect(with.fleet.row(of: Sample.name("c.example"))?.isRemembered == false)
    }

    @Test("A verdict takes the place of what was remembered, and nothing old takes it back")
    func verdict() {
        var model = model([.assessed([Sample.status("b.example", .ok)])])
        #expect(model.fleet.row(of: Sample.name("b.example"))?.isRemembered == false)
        _ = update(&model, .remembered([remembered("b.example", .bouncing, "mx1 cert expired")], []))
        #expect(model.fleet.row(of: Sample.name("b.example"))?.state == .ok)
        #expect(!model.screen(150, 30).contains { $0.contains("was: mx1") })
    }

    @Test("Old changes do not ring; a status without a verdict and another list keep what is remembered")
    func quiet() {
        var model = Sample.model([.listed([WatchedDomain(Sample.name("b.example"))])])
        let change = Sample.change(1, "b.example", .ok, .bouncing, "mx1 cert expired", ago: 7_200)
        let effects = update(&model, .remembered([remembered("b.example", .bouncing, "x")], [change]))
        #expect(!effects.contains(.bell))
        _ = update(&model, .assessed([DomainStatus(domain: Sample.name("b.example"))]))
        _ = update(&model, .listed([WatchedDomain(Sample.name("b.example")), WatchedDomain(Sample.name("d.example"))]))
        #expect(model.fleet.row(of: Sample.name("b.example"))?.isRemembered == true)
        #expect(model.fleet.row(of: Sample.name("b.example"))?.state == .bouncing)
    }

    @Test("Since when it is so, and how many hosts there are, is remembered too")
    func since() {
        func row(_ name: String, since: Double, hosts: Int) -> RememberedStatus {
            var digest = remembered(name, .bouncing, "gone").digest
            (digest.hosts, digest.passing) = (hosts, 0)
            return RememberedStatus(domain: Sample.name(name), digest: digest, stateSince: Sample.ago(since))
        }
        var model = Sample.model(
            [
                .listed(["a.example", "b.example"].map { WatchedDomain(Sample.name($0)) }),
                .remembered([row("a.example", since: 90_000, hosts: 2), row("b.example", since: 75, hosts: 12)], []),
            ], size: Size(width: 120, height: 30))
        let screen = model.screen(120, 30)
        #expect(screen[3].contains("b.example") && screen[3].contains(" 0/12 "), "the newest fire on top: \(screen[3])")
        #expect(screen[4].contains("a.example"))
        model.type("enter")
        #expect(model.screen(120, 30)[0].contains("X BOUNCE for 1m"))
    }

    @Test("The header says who polls")
    func header() {
        let screen = model([.history("LOOKING ON: process 4711 polls")]).screen(150, 30)
        #expect(screen[1].contains("LOOKING ON: process 4711 polls"))
    }
}
