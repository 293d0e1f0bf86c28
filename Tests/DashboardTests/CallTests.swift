import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

/// What calls the operator, and what is told of domains that do not.
@Suite struct CallTests {
    private let acme = Sample.name("acme-payments.example")

    private func bounce(_ id: Int, _ domain: String) -> Change {
        Sample.change(id, domain, .ok, .bouncing, "x", ago: 0)
    }

    @Test("One bell for new bounces, one a second at most")
    func bell() {
        var model = Sample.usualModel()
        model.tell(.tick(Sample.now.addingTimeInterval(10)))
        let one = model.tell(.rings([bounce(10, "a.example"), bounce(11, "b.example")]))
        #expect(one.filter { $0 == .bell } == [.bell])
        let soon = model.tell(.rings([bounce(12, "c.example")]))
        #expect(!soon.contains(.bell))
        #expect(
            model.nextTick(after: Sample.now.addingTimeInterval(10)) ?? .distantFuture
                <= Sample.now.addingTimeInterval(11))
        #expect(model.tell(.tick(Sample.now.addingTimeInterval(11))) == [.bell])
        #expect(model.tell(.tick(Sample.now.addingTimeInterval(13))).isEmpty)
        #expect(model.tell(.rings([Sample.change(13, "c.example", .bouncing, .ok, "x", ago: 0)])).isEmpty)
        #expect(model.tell(.rings([Sample.change(14, "c.example", .ok, .risk, "x", ago: 0)])).isEmpty)
    }

    @Test("A change alone does not ring: the engine says what does")
    func quiet() {
        var model = Sample.usualModel()
        model.tell(.tick(Sample.now.addingTimeInterval(10)))
        #expect(!model.tell(.changed([bounce(10, "a.example")])).contains(.bell))
        model.type("p")
        #expect(model.tell(.rings([bounce(10, "a.example")])).contains(.bell), "paused is the display alone")
    }

    @Test("The title counts only what calls for somebody")
    func title() {
        var model = Sample.usualModel()
        let muted = Sample.usual.map { $0.domain == acme ? Sample.noted($0, isMuted: true) : $0 }
        #expect(model.tell(.assessed(muted)).contains(.title("stswatch X1 !2")))
        #expect(model.screen()[0].contains("X 2 BOUNCING"), "the screen counts all")
        #expect(model.tell(.assessed(Sample.usual)).contains(.title("stswatch X2 !2")))
    }

    @Test("Muted and flapping are told before the reason, in the detail, and found by the filter")
    func notes() {
        var model = Sample.usualModel()
        let until = Sample.now.addingTimeInterval(3_600)
        model.tell(
            .assessed(
                Sample.usual.map {
                    $0.domain == acme ? Sample.noted($0, turns: 6, isMuted: true, until: until) : $0
                }))
        #expect(model.screen(140, 40).contains { $0.contains("muted to 15:32, flapping 6/h: mx1") })
        #expect(model.screen(99, 24).contains { $0.contains("acme-payments") && $0.contains(" M15:32 F6/h mx1") })
        #expect(model.screen(79, 24).contains { $0.contains("acme-payments") && $0.contains(" M F6 cert-over") })
        #expect(model.screen(140, 40).contains { $0.contains("northwind.example") && $0.contains(" mx1: STARTTLS") })
        model.type("/")
        model.write("flapping")
        #expect(model.screen().last?.contains("1 of 8") == true)
        model.type("enter", "enter")
        #expect(model.screen().contains { $0.contains("Muted: nothing rings until 15:32:07Z for what turns here.") })
        #expect(model.screen().contains { $0.contains("Flapping: it turned 6 times within the last hour") })
        #expect(model.screen()[0].contains("muted   flapping"))
    }

    @Test("A mute that ends a day off or later is told by its day, one of the list without an end by no moment")
    func muteEnds() {
        func told(_ seconds: Double?) -> String {
            var model = Sample.usualModel()
            let until = seconds.map { Sample.now.addingTimeInterval($0) }
            model.tell(.assessed([Sample.noted(Sample.usual[0], isMuted: true, until: until)]))
            return model.screen(140, 40).first { $0.contains("BOUNCE  acme") } ?? ""
        }
        #expect(told(86_390).contains("muted to 14:31: mx1"))
        #expect(told(86_410).contains("muted to 25 Nov: mx1"))
        #expect(told(nil).contains("muted: mx1"))
    }

    @Test("Muting: the current or the marked domains, for a time or no longer")
    func mute() {
        var model = Sample.usualModel()
        model.type("M")
        #expect(model.screen().contains { $0.contains("Mute acme-payments.example") })
        #expect(model.type("4") == [.mute([acme], until: Sample.now.addingTimeInterval(14_400))])
        #expect(model.screen().last?.contains("acme-payments.example: muted until 18:32:07Z") == true)
        model.type("space", "space", "M")
        #expect(model.screen().contains { $0.contains("Mute 2 domains") })
        guard case .mute(let domains, let until)? = model.type("o").first else {
            Issue.record("nothing is muted")
            return
        }
        #expect(Set(domains) == [acme, Sample.name("northwind.example")] && until == nil)
        model.type("M")
        #expect(model.type("escape").isEmpty)
        model.type("escape", "g", "enter", "M")
        #expect(model.type("j", "enter") == [.mute([acme], until: Sample.now.addingTimeInterval(3_600))])
    }
}

extension Sample {
    /// The status of a domain that flaps or is muted.
    static func noted(
        _ status: DomainStatus, turns: Int? = nil, isMuted: Bool = false, until: Date? = nil
    ) -> DomainStatus {
        DomainStatus(
            domain: status.domain, tags: status.tags, assessment: status.assessment, evidence: status.evidence,
            stateSince: status.stateSince, nextCheckAt: status.nextCheckAt, turnsLastHour: turns, isMuted: isMuted,
            mutedUntil: until)
    }
}
