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
        screen.first { $0.drop { " >".contains($0) }.hasPrefix(beginning) } ?? "no line begins with \(beginning)"
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

    @Test("The verdict says what the domain is: without mail, under DANE alone, known from before only")
    func headlines() {
        func headline(
            _ mx: MXReading.Status, _ sts: Delivery, _ dane: Delivery, cached: [CachedVerdict] = [],
            _ state: DomainState = .ok, policy: PolicyReading? = nil
        ) -> String {
            Verdict(
                Assessment(
                    domain: Sample.name("a.example"), at: Sample.now, state: state, why: "", mtaSTS: SenderVerdict(sts),
                    dane: SenderVerdict(dane), opportunistic: SenderVerdict(.delivers), cached: cached,
                    policy: policy, mx: MXReading(status: mx)), now: Sample.now
            ).headline
        }
        #expect(headline(.null, .none, .none) == "The domain takes no mail, and says so (null MX).")
        #expect(headline(.present, .none, .delivers).contains("protected by DANE for the senders that look"))
        #expect(headline(.present, .delivers, .none) == "Mail of every sender class is delivered, protected.")
        let loose = CachedVerdict(
            policyID: "1", bodySHA256: "ab", holders: .id, delivery: .refused, until: nil, readers: ["chasquid"])
        #expect(headline(.present, .none, .none, cached: [loose], .bouncing).contains("take the faulty policy for one"))
        let own = STSPolicy(mode: .enforce, maxAge: 86_400, mx: [])
        let split = PolicyReading(
            status: .valid, policy: STSPolicy(mode: .testing, maxAge: 86_400, mx: []),
            readers: [ParserDisagreement(sender: "chasquid", accepts: true, reading: own, differs: true)])
        #expect(
            headline(.present, .delivers, .none, cached: [loose], .bouncing, policy: split)
                == "Mail from senders that read the policy otherwise is REFUSED at every MX.")
        var row = Row(WatchedDomain(Sample.name("a.example")))
        var model = Sample.model([])
        func missing(_ row: Row) -> String { Verdict.missing(Subject(row, model)) }
        #expect(missing(row).hasPrefix("No verdict yet: the first look is under way"))
        model.tell(.network(.suspect(reason: "no DNS answer", since: Sample.ago(60))))
        #expect(missing(row).hasPrefix("No verdict yet: we are offline"))
        var digest = StatusDigest()
        (digest.isChecked, digest.state, digest.why) = (true, .bouncing, "mx1 cert expired")
        row = Row(
            WatchedDomain(Sample.name("a.example")),
            RememberedStatus(domain: Sample.name("a.example"), digest: digest, stateSince: nil))
        #expect(missing(row).hasPrefix("Last known: BOUNCE: mx1 cert expired."))
    }

    @Test("The queues that give up are told with the time that is left, and who returned mail already")
    func queues() {
        let status = Sample.status("a.example", .bouncing)
        guard var assessment = status.assessment else {
            Issue.record("the sample has no verdict")
            return
        }
        assessment.queuesGiveUp = [
            QueueEnd(sender: "Stalwart", senderClass: .mtaSTS, at: Sample.ago(60)),
            QueueEnd(sender: "Exchange Online", senderClass: .mtaSTS, at: Sample.ahead(days: 1)),
        ]
        let screen = model(
            DomainStatus(domain: status.domain, assessment: assessment, evidence: status.evidence)
        ).screen(100, 40)
        #expect(screen.contains { $0.contains("returned already by Stalwart") })
        #expect(screen.contains { $0.contains("queues give up: Exchange Online in 1d") })
    }

    @Test("A lookup that failed is no absence")
    func failed() {
        func check(_ mx: MXReading.Status, _ record: RecordReading.Status, _ name: String) -> String {
            let assessment = Assessment(
                domain: Sample.name("a.example"), at: Sample.now, state: .bouncing, why: "",
                mtaSTS: SenderVerdict(.unknown), dane: SenderVerdict(.refused), opportunistic: SenderVerdict(.unknown),
                record: RecordReading(status: record), mx: MXReading(status: mx))
            let status = DomainStatus(domain: assessment.domain, assessment: assessment)
            return line(model(status).screen(100, 40), name)
        }
        #expect(check(.bogus, .failed, "MX in policy").contains("?     not known"))
        #expect(check(.bogus, .failed, "DANE").contains("FAIL  DNSSEC bogus"))
        #expect(check(.failed, .valid, "DANE").contains("?     nothing seen yet"))
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
