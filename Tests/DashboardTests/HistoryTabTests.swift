import Cells
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

@Suite("Tab 5: the history") struct HistoryTabTests {
    private let acme = Sample.name("acme-payments.example")
    private let northwind = Sample.name("northwind.example")

    private func asked(_ effects: [Effect]) -> [DomainName] {
        effects.compactMap { if case .loadHistory(let domain) = $0 { domain } else { nil } }
    }

    private func text(_ model: Model, _ width: Int = 80) -> [String] { model.screen(width, 60) }

    @Test("It is asked for when the tab is opened, when the domain changes under it, and not on any other tab")
    func asks() {
        var model = Sample.usualModel()
        #expect(asked(model.type("enter", "2", "3")) == [])
        #expect(asked(model.type("5")) == [acme])
        #expect(asked(model.type("j", "k", "G")) == [])
        #expect(asked(model.tell(.tick(Sample.now.addingTimeInterval(5)), .assessed(Sample.usual))) == [])
        #expect(asked(model.type("J")) == [northwind])
        #expect(asked(model.type("6", "4")) == [])
        #expect(asked(model.type("5")) == [northwind])
        model.type("escape")
        #expect(asked(model.type("5")) == [northwind])
    }

    @Test("It is asked for again when a change of its domain comes or is acknowledged, on r, and with the hour")
    func asksAgain() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        let other = Sample.change(9, "northwind.example", .bouncing, .ok, "back", ago: 0)
        #expect(asked(model.tell(.changed([other]))) == [])
        let own = Sample.change(10, acme.text, .bouncing, .ok, "renewed", ago: 0)
        #expect(asked(model.tell(.changed([own]))) == [acme])
        var seen = own
        seen.acknowledgedBy = "ak"
        #expect(asked(model.tell(.changed([seen]))) == [acme])
        #expect(asked(model.tell(.changed([seen]))) == [])
        #expect(asked(model.type("r")) == [acme])
        #expect(asked(model.tell(.tick(Sample.now.addingTimeInterval(3_600)))) == [acme])
        // What was there stays while the newer one is read.
        #expect(text(model).contains { $0.contains("id 20240930T0 -> 20260426T1") })
    }

    @Test("An answer for another domain is dropped")
    func late() {
        var model = Sample.usualModel()
        model.type("5", "J")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        #expect(text(model).contains { $0.contains("Reading what is kept") })
        #expect(!text(model).contains { $0.contains("20240930T0") })
    }

    @Test("Waiting, failed, nothing yet, and nothing kept are told apart, and each shows what this run saw")
    func standings() {
        let answers: [(HistoryAnswer?, String)] = [
            (nil, "Reading what is kept"),
            (.failed("h.db cannot be used: disk I/O error"), "h.db cannot be used: disk I/O error (r reads it again)."),
            (.kept(nil), "Nothing is kept of this domain yet"),
            (.unkept(nil, remedy: "give --state-dir DIR."), "Nothing is kept beyond this run: give --state-dir DIR."),
            (.waiting(nil, trouble: "h.db cannot grow"), "Not written yet: h.db cannot grow. What this run saw:"),
        ]
        for (answer, words) in answers {
            var model = Sample.usualModel()
            model.type("5")
            if let answer { model.tell(.historyLoaded(acme, answer)) }
            let screen = text(model)
            #expect(screen.contains { $0.contains(words) }, "\(words)")
            #expect(screen.contains { $0.contains("RISK -> BOUNCE") }, "\(words)")
            #expect(screen.contains { $0.hasPrefix(" 7d ") && $0.contains("X") }, "\(words)")
        }
    }

    @Test("What turned, who has seen it and when, what was published, and how long a trouble lasted")
    func timeline() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        let screen = text(model, 140)
        func has(_ parts: String...) -> Bool { screen.contains { line in parts.allSatisfy(line.contains) } }
        #expect(has(" *24 Nov 14:12:03", "RISK -> BOUNCE", "certificate expired", "ack: -"))
        #expect(has("18 Nov", "WARN -> RISK", "certificate under 7 days", "ack: ak 18 Nov"))
        #expect(has("BOUNCE -> WARN", "after 28m: mx2 was down"))
        #expect(has("policy", "id 20240930T0 -> 20260426T1", "mode testing -> enforce", "max_age 86400 -> 604800"))
        #expect(has("policy", "id 20240930T0 first seen"))
        #expect(has("MX", "+20:mx2.acme-payments.example", "-30:old.acme-payments.example"))
        #expect(has("certificate", "mx1.acme-payments.example renewed by R11, ends 20 Feb 2027"))
        // One whole order, and each thing once.
        let places = [
            "certificate expired", "renewed by R11", "under 7 days", "mx2 was down", "+20:mx2", "-> 20260426T1",
        ]
        .map { words in screen.firstIndex { $0.contains(words) } ?? -1 }
        #expect(places == places.sorted() && !places.contains(-1))
        #expect(screen.count { $0.contains("RISK -> BOUNCE") } == 1)
    }

    @Test("What changed in a policy is told by its lines; a file that cannot be had is no id that went")
    func policies() {
        func policy(_ mx: String...) -> DomainHistory.Policy {
            let body = "version: STSv1\nmode: enforce\n" + mx.map { "mx: \($0)\n" }.joined() + "max_age: 604800\n"
            return .init(id: "7", body: Array(body.utf8), mode: "enforce", maxAge: 604_800)
        }
        var history = DomainHistory(domain: acme, status: nil)
        history.policies = [
            .init(policy("mx2.a.example"), firstSeen: Sample.ago(60), lastSeen: Sample.ago(20), goneAt: Sample.ago(10)),
            .init(policy("mx1.a.example"), firstSeen: Sample.ago(99), lastSeen: Sample.ago(70), goneAt: Sample.ago(60)),
        ]
        #expect(
            HistoryTimeline.events(history, known: []).map(\.words.plain) == [
                "the file under id 7 can no longer be had",
                "id 7 unchanged  +mx:mx2.a.example  -mx:mx1.a.example", "id 7 first seen: enforce, max_age 604800",
            ])
    }

    @Test("An acknowledgement from here is seen before the file has it, and who made it once it is told")
    func acknowledges() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        model.type("a")
        #expect(text(model).contains { $0.contains("ack: 24 Nov 14:32Z") })
        var history = Sample.month()
        history.changes[0].acknowledgedAt = Sample.now
        history.changes[0].acknowledgedBy = "ak"
        model.tell(.historyLoaded(acme, .kept(history)))
        #expect(text(model).contains { $0.contains("certificate expired") && $0.contains("ack: ak 24 Nov 14:32Z") })
    }

    @Test("The strip has the worst of each span and a gap where nobody looked; the share is never rounded up")
    func strip() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        for (width, perDay) in [(200, 24), (140, 12), (80, 8), (40, 4)] {
            let screen = text(model, width)
            let line = screen.first { $0.hasPrefix(" 7d ") } ?? ""
            let strip = Array(line.dropFirst(10).prefix(7 * perDay))
            #expect(strip.last == "X" && strip.contains("!") && strip.contains("~"), "\(width): \(line)")
            if perDay >= 8 { #expect(strip.contains(" "), "\(width): \(line)") }
            #expect(width < 80 || line.contains(width < 100 ? "mail 98.7%" : "mail taken 98.7%"), "\(width): \(line)")
        }
    }

    @Test("The curves show thirty days, and the numbers of now")
    func sparks() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        let screen = text(model)
        let cert = screen.first { $0.hasPrefix(" 30d CERT") } ?? ""
        #expect(cert.dropFirst(10).prefix(30).first == "#" && cert.dropFirst(10).prefix(30).last == "_")
        #expect(cert.contains("-1h left"))
        let times = screen.first { $0.hasPrefix("     RTT") } ?? ""
        #expect(times.contains("41 ms; the most 520 ms, 12 Nov"), "\(times)")
    }

    @Test("Who holds what until when, and since when versions are known")
    func copies() {
        var model = Sample.held(Size(width: 80, height: 24))
        let domain = Sample.name("litware.example")
        model.type("5")
        model.tell(.historyLoaded(domain, .kept(Sample.month(of: domain.text))))
        let rows = [
            "VERSION          MODE      ALL MX    HELD BY UNTIL",
            "20260426T1       enforce   delivers  served  7d after a fetch",
            "20240930T0       enforce   REFUSED   id      Sat 28 Nov 02:32Z",
        ]
        for width in [80, 120] {
            let screen = text(model, width)
            let top = screen.firstIndex { $0.hasPrefix(" COPIES") } ?? 0
            #expect(screen[top..<top + 3].map { String($0.dropFirst(10)) } == rows, "\(width)")
        }
        // Without room for a table a sentence.
        let words = text(model, 60).joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains("20240930T0 enforce REFUSED held by id until Sat 28 Nov 02:32Z"), "\(words)")
        #expect(words.contains("20260426T1 enforce delivers served, held for 7d after a fetch"))
    }

    @Test("A copy that is prolonged says as long as what; a long id is told whole")
    func openCopies() {
        let id = String(repeating: "7", count: 32)
        let copies = CachedVerdict.Holders.allCases.map {
            CachedVerdict(policyID: id, bodySHA256: "ab", holders: $0, delivery: .delivers, until: nil)
        }
        var model = Sample.model([
            .listed([WatchedDomain(Sample.name("litware.example"))]),
            .assessed([Sample.status("litware.example", .ok, cached: copies)]),
        ])
        model.openHistory(.kept(nil))
        let screen = text(model, 140)
        #expect(screen.contains { $0.contains("777.. enforce   delivers  id      while the id stays, id \(id)") })
        #expect(screen.contains { $0.contains("delivers  expiry  while it is served, id \(id)") })
    }

    @Test("Where the record went nobody asks for the file: nothing is said of that")
    func unasked() {
        let domain = Sample.name("litware.example")
        func screen(_ mode: STSPolicy.Mode?, recordGone: Date?) -> String {
            var model = Sample.model([
                .listed([WatchedDomain(domain)]), .assessed([Sample.status(domain.text, .warning, mode: mode)]),
            ])
            var history = DomainHistory(domain: domain, status: nil)
            history.policies = [
                .init(Sample.policy("7"), firstSeen: Sample.ago(900), lastSeen: Sample.ago(90), goneAt: Sample.ago(30))
            ]
            history.records = [
                .init("7", firstSeen: Sample.ago(900), lastSeen: Sample.ago(90), goneAt: recordGone)
            ]
            model.openHistory(.kept(history))
            return text(model, 120).joined(separator: "\n")
        }
        let gone = screen(nil, recordGone: Sample.ago(60))
        #expect(gone.contains("COPIES   the policy file is not asked for: there is no record"))
        #expect(gone.contains("id 7 is gone: without it the policy file is not asked for"))
        #expect(!gone.contains("can no longer be had") && !gone.contains("no policy can be had"))
        let failing = screen(.enforce, recordGone: nil)
        #expect(failing.contains("COPIES   no policy can be had"))
        #expect(failing.contains("the file under id 7 can no longer be had") && !failing.contains("not asked for"))
    }

    @Test("A long history scrolls, is bounded, and says where the rest is")
    func long() {
        var model = Sample.usualModel()
        model.type("5")
        var history = Sample.month()
        history.changes = (0..<1_000).reversed().map {
            Sample.change($0, acme.text, .ok, .risk, "turn \($0)", ago: Double(100_000 - $0), acknowledged: true)
        }
        model.tell(.historyLoaded(acme, .kept(history)))
        model.type("G")
        #expect(model.screen().contains { $0.contains("older: stswatch history acme-payments.example") })
        model.type("g")
        #expect(model.screen().contains { $0.hasPrefix(" 7d ") })
        model.type("page-down")
        #expect(!model.screen().contains { $0.hasPrefix(" 7d ") })
    }

    @Test("Where nothing was measured the curves say so")
    func bare() {
        var model = Sample.model([.listed([WatchedDomain(acme)])])
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(nil)))
        #expect(text(model).contains(" 30d CERT no certificate was seen"))
        #expect(text(model).contains("     RTT  no answer was timed"))
        #expect(text(model).contains { $0.contains("No look in this run yet") })
    }

    @Test("What this run saw of a host that is down is shown, and a day of it is no whole day of trouble")
    func down() {
        let host = HostJudgement(
            host: Sample.name("mx1.litware.example"), preference: 10, inPolicy: true, tlsa: [], addresses: [],
            acceptance: [:])
        var model = Sample.model([
            .listed([WatchedDomain(Sample.name("litware.example"))]),
            .assessed([Sample.status("litware.example", .bouncing, hosts: [host])]),
        ])
        var history = DomainHistory(domain: Sample.name("litware.example"), status: nil)
        history.samples = [
            Sample.hour(Sample.ago(600), .ok, days: 25).adding(
                Sample.hour(Sample.now, .bouncing, bounced: 12, days: nil)
            )
            .ofDay
        ]
        model.openHistory(.unkept(history, remedy: "give --state-dir DIR."))
        let screen = text(model)
        #expect(screen.first { $0.hasPrefix(" 30d CERT") }?.hasSuffix("#") == true, "\(screen)")
        #expect(screen.contains { $0.hasPrefix("     RTT") && $0.contains("41 ms") })
        #expect(screen.first { $0.hasPrefix(" 7d ") }?.count { $0 == "X" } == 1)
    }

    @Test("The whole of it goes to the pager")
    func pager() {
        var model = Sample.usualModel()
        model.type("5")
        model.tell(.historyLoaded(acme, .kept(Sample.month())))
        guard case .openPager(let whole)? = model.type("o").first else {
            Issue.record("nothing was opened")
            return
        }
        #expect(whole.contains("id 20240930T0 first seen"))
    }
}
