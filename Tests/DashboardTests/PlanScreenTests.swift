import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Testing

@Suite struct PlanScreenTests {
    private func opened() -> Model {
        var model = Sample.planned(Size(width: 80, height: 24))
        model.type("w")
        return model
    }

    /// The request of the only plan that is asked for.
    private func request(_ effects: [Effect]) -> PlanRequest? {
        guard effects.count == 1, case .plan(let request, _) = effects[0] else { return nil }
        return request
    }

    @Test("Each line of the form changes its part of the plan, and asks anew")
    func form() {
        var model = opened()
        #expect(request(model.type("enter"))?.removedMX.map(\.text) == ["mx1.adventure-works.example"])
        #expect(model.screen().contains { $0.contains("mx1.adventure-works.example") && $0.hasSuffix("goes") })
        model.type("j", "j", "enter")
        model.write("5:mx9.relay.example")
        let added = request(model.type("enter"))
        #expect(added?.addedMX == [MXHost(preference: 5, host: Sample.name("mx9.relay.example"))])
        #expect(added?.removedMX.count == 1)
        model.type("j", "j", "enter")
        model.write("/tmp/new policy.txt")
        #expect(request(model.type("enter"))?.policyFile == "/tmp/new policy.txt")
        model.type("j", "enter")
        model.write("20261201T1")
        #expect(request(model.type("enter"))?.recordID == "20261201T1")
        model.type("j", "enter")
        model.write("mx9.relay.example=~/chain.pem")
        let shown = request(model.type("enter"))
        #expect(shown?.certificates == ["mx9.relay.example=~/chain.pem"])
        model.type("j", "j", "enter")
        model.write("mx9.relay.example=3 1 1 aabb, mx2.adventure-works.example=none")
        let last = request(model.type("enter"))
        #expect(last?.tlsa == ["mx9.relay.example=3 1 1 aabb", "mx2.adventure-works.example=none"])
        #expect(
            last?.command
                == "stswatch plan adventure-works.example --mx 5:mx9.relay.example "
                + "--remove-mx mx1.adventure-works.example --policy '/tmp/new policy.txt' --id 20261201T1 "
                + "--certificate 'mx9.relay.example=~/chain.pem' --tlsa 'mx9.relay.example=3 1 1 aabb' "
                + "--tlsa mx2.adventure-works.example=none")
        model.type("y")
        #expect(model.type("p") == [.copy(last?.command ?? "")])
        let removal = request(model.type("G", "enter"))
        #expect(removal?.removesSTS == true && removal?.policyFile == nil && removal?.recordID == nil)
    }

    @Test("What is taken back is planned no more, and an empty plan asks nothing")
    func takenBack() {
        var model = opened()
        model.type("enter")
        #expect(model.type("enter").isEmpty)
        #expect(model.screen().contains { $0.contains("Nothing is planned") })
        model.type("j", "j", "enter")
        model.write("5:mx9.relay.example")
        model.type("enter")
        #expect(model.type("enter").isEmpty, "the new host is under the cursor")
        #expect(!model.screen().contains { $0.contains("mx9") })
    }

    @Test("A line that cannot be meant stays open and says why")
    func complaints() {
        for (moves, text, complaint) in [
            (2, "mx9.relay.example", "write PREFERENCE:HOST"), (2, "99999:mx9.example", "write PREFERENCE:HOST"),
            (3, "-", "give the path of a file"), (4, "a_b", "1 to 32 letters and digits"),
            (5, "mx1.example=-", "give the path of a file"), (6, "3 1 1 aabb", "write HOST=3 1 1 HEX"),
            (6, "mx1.example=3 1 1 aab", "write HOST=3 1 1 HEX"), (6, "mx1.example=3 1 aabb", "HOST=none"),
        ] {
            var model = opened()
            for _ in 0..<moves { model.type("j") }
            model.type("enter")
            model.write(text)
            #expect(model.type("enter").isEmpty)
            #expect(model.screen().last?.contains(complaint) == true, "\(text)")
            model.type("backspace")
            #expect(model.screen().last?.contains(String(text.dropLast())) == true, "\(text) can be mended")
            model.type("escape", "escape")
            #expect(model.screen()[0].contains("OK"), "back on the overview")
        }
    }

    @Test("TLSA records are told one a line, changed and taken back, and judged")
    func records() throws {
        var model = opened()
        for _ in 0..<6 { model.type("j") }
        model.type("enter")
        model.write("mx1.adventure-works.example=3 1 1 aa,mx1.adventure-works.example=3 1 1 bb")
        let planned = try #require(request(model.type("enter")))
        #expect(planned.tlsa.count == 2)
        #expect(model.screen().contains { $0.contains("TLSA") && $0.contains("=3 1 1 aa") })
        var change = PlannedChange()
        change.tlsa[Sample.name("mx1.adventure-works.example")] = [
            TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [0xaa]),
            TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [0xbb]),
        ]
        #expect(PlanRequest(planned.domain, change, policyFile: nil, certificates: []) == planned)
        // The cursor stays where the line was: on the first of the records.
        model.type("enter", "ctrl-u")
        #expect(request(model.type("enter"))?.tlsa == ["mx1.adventure-works.example=3 1 1 bb"])
    }

    @Test("Only the answer to what is on the screen is taken; a failure is told")
    func answers() throws {
        var model = opened()
        let first = try #require(request(model.type("enter")))
        let second = try #require(request(model.type("j", "enter")))
        let plan = try #require(Sample.answer(first))
        model.tell(.planned(first, .plan(plan)))
        #expect(model.screen()[1].contains("Judging"))
        model.tell(.planned(second, .failed("policy x\u{1b}: there is no such file")))
        #expect(model.screen()[1].contains("Not judged"))
        #expect(model.screen().contains { $0.contains("there is no such file") })
        #expect(model.type("r") == [.plan(second, fresh: true)])
    }

    @Test("Left and opened again it is as it was; another domain begins anew; one that goes takes it along")
    func kept() {
        var model = Sample.usualModel()
        model.type("w", "enter", "escape")
        #expect(model.screen()[0].contains("BOUNCING"))
        model.type("w")
        #expect(model.screen().contains { $0.hasSuffix("goes") })
        model.type("q", "j", "w")
        #expect(!model.screen().contains { $0.hasSuffix("goes") })
        #expect(model.screen()[0].contains("northwind.example"))
        model.tell(.listed([]))
        #expect(!model.screen()[0].contains("PLAN"))
    }

    @Test("Saved and paged whole: the command, the form and the consequences")
    func whole() {
        var model = Sample.planned(Size(width: 80, height: 24))
        model.plan("10:mx3.relay.example")
        guard case .openPager(let text)? = model.type("o").first else {
            Issue.record("no pager")
            return
        }
        #expect(text.hasPrefix("stswatch plan adventure-works.example --mx 10:mx3.relay.example\n"))
        #expect(text.contains("REFUSED") || text.contains("PARTIAL"))
        #expect(text.contains("ORDER"))
        guard case .save(let name, _)? = model.type("S").first else {
            Issue.record("nothing is saved")
            return
        }
        #expect(name.hasPrefix("stswatch-adventure-works.example-plan-"))
    }
}
