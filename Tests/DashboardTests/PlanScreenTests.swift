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

    /// Types a text into the line of the form that holds the words.
    private func fill(_ model: inout Model, _ words: String, _ text: String) -> PlanRequest? {
        model.walk(to: words)
        model.type("enter")
        model.write(text)
        return request(model.type("enter"))
    }

    @Test("Each line of the form changes its part of the plan, and asks anew")
    func form() {
        var model = opened()
        #expect(request(model.type("enter"))?.removedMX.map(\.text) == ["mx1.adventure-works.example"])
        #expect(model.screen().contains { $0.contains("mx1.adventure-works.example") && $0.hasSuffix("goes") })
        let added = fill(&model, "add or move a host", "5:mx9.relay.example")
        #expect(added?.addedMX == [MXHost(preference: 5, host: Sample.name("mx9.relay.example"))])
        #expect(added?.removedMX.count == 1)
        #expect(fill(&model, "serve a file", "/tmp/new policy.txt")?.policyFile == "/tmp/new policy.txt")
        #expect(fill(&model, "as published now", "20261201T1")?.recordID == "20261201T1")
        let shown = fill(&model, "show another certificate", "mx9.relay.example=~/chain.pem")
        #expect(shown?.certificates == ["mx9.relay.example=~/chain.pem"])
        let last = fill(
            &model, "publish the TLSA records", "mx9.relay.example=3 1 1 aabb, mx2.adventure-works.example=none")
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

    @Test("The policy is planned line by line: mode, mx lines and max_age")
    func policyLines() throws {
        var model = opened()
        model.walk(to: "mode: enforce")
        #expect(request(model.type("enter"))?.policyEdit.mode == .testing)
        #expect(model.screen().contains { $0.contains("mode: testing") && $0.hasSuffix("was enforce") })
        #expect(request(model.type("enter"))?.policyEdit.mode == STSPolicy.Mode.none)
        #expect(model.type("enter").isEmpty, "the mode that is served is no change")
        model.walk(to: "mx: mx1.adventure-works.example")
        let gone = request(model.type("enter"))
        #expect(gone?.policyEdit.removedMX.map(\.text) == ["mx1.adventure-works.example"])
        #expect(model.screen().contains { $0.contains("mx: mx1.adventure-works.example") && $0.hasSuffix("goes") })
        #expect(
            fill(&model, "add an mx line", "MX1.adventure-works.example")?.policyEdit.isEmpty != false,
            "a line that is served comes back")
        let wider = fill(&model, "add an mx line", "*.relay.example")
        #expect(wider?.policyEdit.addedMX.map(\.text) == ["*.relay.example"])
        let last = try #require(fill(&model, "max_age: ", "86400"))
        #expect(last.policyEdit.maxAge == 86_400)
        #expect(last.command.hasSuffix("--max-age 86400 --policy-mx '*.relay.example'"))
        let plan = try #require(Sample.answer(last))
        let body = plan.change.policyBody.map { String(decoding: $0, as: UTF8.self) } ?? ""
        #expect(body.contains("mx: *.relay.example"))
        model.tell(.planned(last, .plan(plan)))
        #expect(model.screen()[1].contains("Judged"))
        let file = fill(&model, "serve a file", "/tmp/policy.txt")
        #expect(file?.policyEdit.isEmpty == true && file?.policyFile == "/tmp/policy.txt")
        #expect(!model.screen().contains { $0.contains("mode:") }, "a file has its own lines")
    }

    @Test("A certificate is planned by its end, over the one that is shown today")
    func dates() throws {
        var model = opened()
        model.walk(to: "ends ")
        let host = "mx1.adventure-works.example"
        model.type("enter")
        #expect(model.screen().last?.contains("\(host)=20") == true, "the dates of today stand in the line")
        #expect(model.type("enter").isEmpty, "and are no change")
        model.type("enter", "ctrl-u")
        model.write("\(host)=2026-11-25")
        let soon = try #require(request(model.type("enter")))
        #expect(soon.certificates == ["\(host)=2026-11-25"])
        #expect(soon.command == "stswatch plan adventure-works.example --certificate \(host)=2026-11-25")
        #expect(model.screen().contains { $0.hasPrefix(">") && $0.contains("=2026-11-25") && $0.hasSuffix("new") })
        let plan = try #require(Sample.answer(soon))
        #expect(plan.newFindings.contains { $0.code == .certificateExpiring })
        model.type("enter", "ctrl-u")
        #expect(model.type("enter").isEmpty, "an empty line takes it back")
        #expect(model.screen().contains { $0.contains("Nothing is planned") })
    }

    @Test("What is taken back is planned no more, and an empty plan asks nothing")
    func takenBack() {
        var model = opened()
        model.type("enter")
        #expect(model.type("enter").isEmpty)
        #expect(model.screen().contains { $0.contains("Nothing is planned") })
        _ = fill(&model, "add or move a host", "5:mx9.relay.example")
        #expect(model.type("enter").isEmpty, "the new host is under the cursor")
        #expect(!model.screen().contains { $0.contains("mx9") })
    }

    @Test("A line that cannot be meant stays open and says why")
    func complaints() {
        for (line, text, complaint) in [
            ("add or move", "mx9.relay.example", "write 10:mx1"),
            ("add or move", "99999:mx9.example", "write 10:mx1"),
            ("add an mx line", "*mx.example", "write a host name"), ("max_age", "7d", "86400 is a day"),
            ("max_age", "99999999", "0 to 31557600"), ("serve a file", "-", "give the path of a file"),
            ("as published", "a_b", "1 to 32 letters and digits"),
            ("show another", "mx1.example=-", "give the path of a file"),
            ("show another", "mx1.example=2027-02-31", "write when it ends"),
            ("publish the TLSA", "3 1 1 aabb", "write HOST=3 1 1 HEX"),
            ("publish the TLSA", "mx1.example=3 1 1 aab", "write HOST=3 1 1 HEX"),
            ("publish the TLSA", "mx1.example=3 1 aabb", "HOST=none"),
        ] {
            var model = opened()
            model.walk(to: line)
            model.type("enter")
            model.write(text)
            #expect(model.type("enter").isEmpty)
            #expect(model.screen().last?.contains(complaint) == true, "\(text): \(model.screen().last ?? "")")
            model.type("backspace")
            #expect(model.screen().last?.contains(String(text.dropLast())) == true, "\(text) can be mended")
            model.type("escape", "escape")
            #expect(model.screen()[0].contains("OK"), "back on the overview")
        }
    }

    @Test("TLSA records are told one a line, changed and taken back, and judged")
    func records() throws {
        var model = opened()
        model.walk(to: "publish the TLSA")
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
