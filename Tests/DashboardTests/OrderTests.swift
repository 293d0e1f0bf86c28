import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

/// What stands above what: the newest fire is seen first.
@Suite struct OrderTests {
    private func shown(_ model: Model) -> [String] {
        (0..<model.fleet.shown).compactMap { model.fleet.row(at: $0)?.domain.text }
    }

    private func model(_ statuses: [DomainStatus], _ changes: [Change] = []) -> Model {
        Sample.model([
            .listed(statuses.map(Sample.watched)), .assessed(statuses), .changed(changes),
        ])
    }

    @Test("Within a state what turned last is on top, with or without a certificate")
    func newest() {
        let model = model([
            Sample.status("a-old.example", .bouncing, hosts: [Sample.host("mx.a-old.example", days: -1)], since: 7_200),
            Sample.status("b-new.example", .bouncing, hosts: [Sample.host("mx.b-new.example")], since: 30),
            Sample.status(
                "c-bare.example", .bouncing, hosts: [Sample.host("mx.c-bare.example", starttls: false)], since: 5),
            Sample.status("d-risk.example", .risk, since: 1),
        ])
        #expect(shown(model) == ["c-bare.example", "b-new.example", "a-old.example", "d-risk.example"])
    }

    @Test("What nobody has seen stands above what somebody has; acknowledging lets it sink")
    func unseen() {
        let statuses = [
            Sample.status("seen.example", .bouncing, since: 10), Sample.status("unseen.example", .bouncing, since: 900),
        ]
        var model = model(
            statuses,
            [
                Sample.change(1, "unseen.example", .ok, .bouncing, "gone", ago: 900),
                Sample.change(2, "seen.example", .ok, .bouncing, "gone", ago: 10, acknowledged: true),
            ])
        #expect(shown(model) == ["unseen.example", "seen.example"])
        model.type("a")
        #expect(shown(model) == ["unseen.example", "seen.example"], "nothing moves under a hand")
        model.tell(.tick(Sample.now.addingTimeInterval(3)))
        #expect(shown(model) == ["seen.example", "unseen.example"])
    }

    @Test("What nobody protects stands below what is well, but for what has just come to that")
    func unprotected() {
        let model = model(
            [
                Sample.status("a-none.example", .unprotected, mode: nil), Sample.status("b-ok.example", .ok),
                Sample.status("c-lost.example", .unprotected, mode: .testing),
                Sample.status("d-warned.example", .warning),
            ], [Sample.change(1, "c-lost.example", .ok, .unprotected, "mode testing", ago: 60)])
        #expect(shown(model) == ["d-warned", "c-lost", "b-ok", "a-none"].map { $0 + ".example" })
    }

    @Test("By BOUNCES: what is refused now, then by the date that the column shows, then what has none")
    func bounces() {
        let copy = CachedVerdict(
            policyID: "1", bodySHA256: "ab", holders: .id, delivery: .refused, until: Sample.ahead(days: 3))
        var model = model([
            Sample.status("a-none.example", .ok),
            Sample.status("b-far.example", .ok, bouncesAt: Sample.ahead(days: 50)),
            Sample.status("c-soon.example", .warning, bouncesAt: Sample.ahead(days: 9)),
            Sample.status("d-copies.example", .risk, bouncesAt: Sample.ahead(days: 60), cached: [copy]),
            Sample.status("e-now.example", .bouncing),
            Sample.status("f-half.example", .risk, bouncesAt: Sample.ahead(days: 40)),
        ])
        model.type("s", "b")
        let wanted = ["e-now", "d-copies", "c-soon", "a-none", "b-far", "f-half"].map { $0 + ".example" }
        #expect(shown(model) == wanted)
        // Seen at every width, with the arrow: nobody has to guess why they stand so.
        for width in [60, 80, 100, 140] {
            let screen = model.screen(width, 24)
            #expect(screen[2].contains(" IN v"), "\(width)")
            #expect(screen[3].contains(" now"), "\(width)")
        }
        model.type("I")
        #expect(shown(model) == wanted.reversed())
    }

    @Test("Equal onset: a row without certificate does not sink for it")
    func bare() {
        let model = model([
            Sample.status("a-good.example", .bouncing, hosts: [Sample.host("mx.a-good.example", days: 50)]),
            Sample.status("b-bare.example", .bouncing, hosts: [Sample.host("mx.b-bare.example", starttls: false)]),
        ])
        #expect(shown(model) == ["b-bare.example", "a-good.example"])
    }

    @Test("What is fine is ordered by the end of its certificate, not by when it became fine")
    func fine() {
        let model = model([
            Sample.status("a.example", .ok, hosts: [Sample.host("mx.a.example", days: 70)]),
            Sample.status("b.example", .ok, hosts: [Sample.host("mx.b.example", days: 40)]),
        ])
        #expect(shown(model) == ["b.example", "a.example"])
    }

    @Test("A list that is read again keeps what nobody has seen on top")
    func listed() {
        let statuses = [
            Sample.status("seen.example", .bouncing, since: 10), Sample.status("unseen.example", .bouncing, since: 900),
        ]
        var model = model(statuses, [Sample.change(1, "unseen.example", .ok, .bouncing, "gone", ago: 900)])
        model.tell(.listed(statuses.reversed().map(Sample.watched)))
        #expect(shown(model) == ["unseen.example", "seen.example"])
    }

    @Test("Another column begins in its own direction, by the keys and by the menu; the same one keeps it")
    func uninverted() {
        var model = Sample.usualModel()
        for keys in [[">"], ["<"], ["s", "d"]] {
            model.type("I")
            #expect(model.screen()[1].contains("(inverted)"))
            for key in keys { model.type(key) }
            #expect(!model.fleet.arrangement.isInverted, "\(keys)")
        }
        model.type("I", "s", "d")
        #expect(model.fleet.arrangement.isInverted)
    }
}
