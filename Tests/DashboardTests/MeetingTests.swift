import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Dashboard

/// What the screens say of a host is what a sender of the class meets there.
@Suite struct MeetingTests {
    private func model(_ status: DomainStatus) -> Model {
        var model = Sample.model(
            [.listed([WatchedDomain(status.domain)]), .assessed([status])], size: Size(width: 100, height: 40))
        model.type("enter")
        return model
    }

    private func line(_ screen: [String], _ beginning: String) -> String {
        screen.first { $0.drop { $0 == " " }.hasPrefix(beginning) } ?? "no line begins with \(beginning)"
    }

    @Test("A host that the policy does not list refuses, in every view")
    func unlisted() {
        let host = Sample.host("mx3.relay.example", inPolicy: false)
        var model = model(Sample.status("a.example", .bouncing, hosts: [host]))
        #expect(line(model.screen(100, 40), "mta-sts  ").contains("REFUSED   refused"))
        model.type("3")
        let screen = model.screen(100, 40)
        #expect(line(screen, "10  mx3.relay.example").hasSuffix("X"))
        #expect(line(screen, "mta-sts  ").contains("refused   not in the policy"))
    }

    @Test("In testing mail goes through, and what enforce would refuse is told apart")
    func testing() {
        let hosts = [Sample.host("mx1.a.example"), Sample.host("mx2.a.example", 20, starttls: false)]
        var model = model(Sample.status("a.example", .warning, mode: .testing, hosts: hosts))
        #expect(line(model.screen(100, 40), "mta-sts  ").contains("delivers  delivers  delivers"))
        model.type("3", "j", "j")
        let screen = model.screen(100, 40)
        #expect(line(screen, "10  mx1.a.example").hasSuffix("."))
        #expect(line(screen, "20  mx2.a.example").hasSuffix("~"))
        #expect(line(screen, "mta-sts  ").contains("delivers  testing; mode enforce would refuse: no STARTTLS"))
    }

    @Test(
        "What is refused by chance is partial, and in testing nothing is",
        arguments: [STSPolicy.Mode.enforce, .testing])
    func chance(_ mode: STSPolicy.Mode) {
        let usual = Sample.host("mx1.a.example")
        let host = HostJudgement(
            host: usual.host, preference: 10, inPolicy: true, tlsa: [], addresses: usual.addresses,
            acceptance: usual.acceptance, split: [.mtaSTS: "no STARTTLS (now and then)"])
        let model = model(Sample.status("a.example", .risk, mode: mode, hosts: [host]))
        #expect(
            line(model.screen(100, 40), "mta-sts  ")
                .contains(mode == .enforce ? "delivers  PARTIAL" : "delivers  delivers"))
    }

    @Test("A class that does not exist meets nothing")
    func absent() {
        let model = model(
            Sample.status("a.example", .unprotected, mode: nil, hosts: [Sample.host("mx1.a.example", starttls: false)]))
        #expect(line(model.screen(100, 40), "mta-sts  ").contains("-         -"))
    }

    @Test("TLS 1.1 and an address that takes no connection are no STARTTLS")
    func checks() {
        func check(_ address: AddressJudgement) -> String {
            let host = HostJudgement(
                host: Sample.name("mx1.a.example"), preference: 10, inPolicy: true, tlsa: [], addresses: [address],
                acceptance: address.acceptance)
            return line(
                model(Sample.status("a.example", .bouncing, hosts: [host])).screen(100, 40), "STARTTLS")
        }
        let good = Sample.host("mx1.a.example").addresses[0]
        #expect(check(good).contains("ok    1 of 1"))
        guard let session = good.session, let tls = session.tls else {
            Issue.record("the sample shows no certificate")
            return
        }
        let old = TLSSession(
            version: "TLSv1.1", cipher: tls.cipher, chain: tls.chain, certificates: tls.certificates, trust: tls.trust)
        func address(_ session: SessionEvidence, _ acceptance: [SenderClass: Acceptance]) -> AddressJudgement {
            AddressJudgement(
                address: good.address, session: session, at: good.at, certificate: .good, dane: .none,
                acceptance: acceptance)
        }
        #expect(
            check(
                address(
                    SessionEvidence(key: session.key, outcome: .ok, starttls: .offered, tls: old),
                    [.mtaSTS: .refuses("only TLSv1.1"), .opportunistic: .accepts])
            ).contains("FAIL  0 of 1"))
        #expect(
            check(
                address(
                    SessionEvidence(key: session.key, outcome: .refused, starttls: .unknown),
                    [.mtaSTS: .refuses("connection refused"), .opportunistic: .refuses("connection refused")])
            ).contains("FAIL  0 of 1"))
    }
}
