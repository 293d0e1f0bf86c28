import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Plans for hosts that fail, that get another certificate, or that nobody could look at.
@Suite struct PlanRepairsTests {
    private static let day: TimeInterval = 86_400
    private static let (mx1, mx2) = (Scene.name("mx1.example.com"), Scene.name("mx2.example.com"))
    private static let mx3 = MXHost(preference: 5, host: Scene.name("mx3.example.com"))
    private static let new = Scene.Host("mx3.example.com", "192.0.2.3")
    private static let selfSigned = Scene.always(.selfSigned)
    private static let chain = CertificateChain(der: [Array("bb".utf8)])
    private static let unprotected = Scene().with {
        $0.record = DNSAnswer(.noData, dnssec: .insecure)
        $0.isFetched = false
    }

    private static func certificate(_ host: String) -> PlannedChange.Certificate {
        let trust = Scene.trusted(days: 80)
        return .init(
            chain: chain, facts: [Scene.facts(names: [host], trust: trust, fingerprint: "bb")], trust: trust)
    }

    private static func down(_ session: inout Scene.Session) {
        session.outcome = .refused
        session.starttls = .unknown
        session.hasTLS = false
    }

    @Test func theLastGoodHostIsNotRemovedBeforeAnotherIsRepaired() {
        let scene = Scene().with { $0.hosts[1].sessions[0].trust = Self.selfSigned }
        let plan = scene.plan { $0.removedMX = [Self.mx1] }
        #expect(plan.steps.map(\.what.first) == ["R", "R", "S"])
        #expect(plan.steps[0].what == "Repair mx2.example.com first: certificate self-signed.")
        #expect(
            plan.steps[0].why
                == "Senders of the class mta-sts refuse it as it is, and no host that they take would stay.")
    }

    @Test func aHostThatIsDownIsRepairedFirstAlsoWithoutMTASTS() {
        let scene = Self.unprotected.with { Self.down(&$0.hosts[1].sessions[0]) }
        let plan = scene.plan { $0.removedMX = [Self.mx1] }
        #expect(plan.steps.first?.what == "Repair mx2.example.com first: connection refused.")
        #expect(plan.steps.first?.why.hasPrefix("No sender can deliver to it") == true)
        #expect(plan.step("Remove the MX record")?.why == "A host that stays takes the mail.")
    }

    @Test func aHostThatFailsMayStayBesideOneThatTakesTheMail() {
        let scene = Scene().with { $0.hosts[0].sessions[0].trust = Self.selfSigned }
        let plan = scene.plan { $0.removedMX = [Self.mx1] }
        #expect(plan.steps.map(\.what.first) == ["R", "S"])
        #expect(plan.step("Repair") == nil)
    }

    /// The copy names mx1 and mx2; mx2 fails, so its holders have nobody but mx1.
    @Test func aCopyWhoseOtherHostFailsIsWaitedFor() throws {
        var scene = Scene().with { $0.hosts[1].sessions[0].trust = Self.selfSigned }
        scene.remember(ago: 3_600)
        scene.patterns = ["mx1.example.com", "mx3.example.com"]
        scene.publish("2")
        scene.hosts.append(Self.new)
        scene.mx = Scene.found(
            (1...3).map { MXHost(preference: $0, host: Scene.name("mx\($0).example.com")) })
        let plan = scene.plan { $0.removedMX = [Self.mx1] }
        let remove = try #require(plan.step("Remove the MX record"))
        #expect(remove.notBefore == Scene.now + 7 * Self.day)
        #expect(remove.why.hasSuffix("names none of the hosts that stay and pass."))
    }

    @Test func aGoodCertificateIsInstalledBeforeTheOtherHostGoes() {
        let scene = Scene().firstSession { $0.trust = Self.selfSigned }
        let plan = scene.plan {
            $0.removedMX = [Self.mx2]
            $0.certificates[Self.mx1] = Self.certificate("mx1.example.com")
        }
        #expect(plan.steps.first?.what == "Install the certificate on mx1.example.com.")
        #expect(plan.steps.map(\.what.first) == ["I", "R", "S"])
    }

    @Test func aCertificateThatIsRefusedLeavesTheHostToBeRepaired() {
        let scene = Scene().with { $0.patterns.append("mx3.example.com") }
        var bad = Self.new
        bad.sessions[0].trust = Self.selfSigned
        let plan = scene.plan(new: [bad]) {
            $0.addedMX = [Self.mx3]
            $0.certificates[Scene.name("mx3.example.com")] = Self.certificate("www.example.com")
        }
        #expect(
            plan.steps.map(\.what) == [
                "Do not install that certificate on mx3.example.com: certificate wrong name.",
                "Repair mx3.example.com first: certificate self-signed.", "Publish the new MX records.",
            ])
    }

    /// A server that is down shows no chain; the planned one is refused all the same.
    @Test func aCertificateForAServerThatIsDownIsJudgedByItself() {
        let scene = Scene().firstSession(Self.down)
        let plan = scene.plan { $0.certificates[Self.mx1] = Self.certificate("www.example.com") }
        #expect(
            plan.steps.map(\.what) == ["Do not install that certificate on mx1.example.com: certificate wrong name."])
    }

    @Test func theKeyOfANewHostFindsItsRecordBeforeMailComes() throws {
        let old = FindingTests.spki
        var scene = Scene().with { scene in
            scene.patterns.append("mx3.example.com")
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
            for index in scene.hosts.indices { scene.hosts[index].sign([old], match: .match(old)) }
        }
        scene.remember(ago: 60)
        var host = Self.new
        host.sign([old], match: .match(old))
        host.tlsa = DNSAnswer(.found([old]), dnssec: .secure, ttl: 3_600)
        var change = PlannedChange()
        change.addedMX = [Self.mx3]
        change.certificates[Scene.name("mx3.example.com")] = Self.certificate("mx3.example.com")
        let plan = scene.plan(change, new: [host]) { $0 == Self.chain ? .mismatch("another key") : .match($1[0]) }
        #expect(plan.steps.map(\.what.first) == ["P", "I", "R", "P"])
        #expect(plan.steps[0].lines.last == "_25._tcp.mx3.example.com. TLSA 3 1 1 bb")
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
        #expect(plan.steps[2].what == "Remove the TLSA records of the old key of mx3.example.com.")
        #expect(plan.steps[3].what == "Publish the new MX records.")
    }

    /// Records that named another key are corrected, and are in resolvers' caches for a while.
    @Test func mailWaitsForTLSARecordsThatWereWrong() throws {
        let (old, right) = (FindingTests.spki, Self.otherRecord)
        let scene = Scene().with { scene in
            scene.patterns.append("mx3.example.com")
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
        }
        var host = Self.new
        host.sign([old], match: .mismatch("another key"))
        host.tlsa = DNSAnswer(.found([old]), dnssec: .secure, ttl: 3_600)
        var change = PlannedChange()
        change.addedMX = [Self.mx3]
        change.tlsa[Scene.name("mx3.example.com")] = [right]
        let plan = scene.plan(change, new: [host]) { $1.contains(right) ? .match(right) : .mismatch("another key") }
        #expect(plan.steps.map(\.what.first) == ["P", "P"])
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
        #expect(plan.steps[1].why.contains("TLSA records that name another key"))
    }

    private static let otherRecord = TLSARecord(
        usage: 3, selector: 1, matchingType: 1, data: Array(repeating: 8, count: 32))

    @Test func aHostThatNobodyCouldLookAtIsTakenForGrantedAloud() {
        let plan = Scene().plan {
            $0.addedMX = [MXHost(preference: 5, host: Scene.name("mx9.example.com"))]
            $0.removedMX = [Self.mx1, Self.mx2]
        }
        #expect(
            plan.assumptions.first
                == "mx9.example.com takes mail and passes every check, though that was not seen: not looked up yet")
        #expect(!plan.assumptions.contains { $0.hasPrefix("mx1") })
    }

    @Test(arguments: [unprotected, Scene().with { $0.mode = "testing" }])
    func whereNobodyEnforcesASelfSignedHostIsNoMatter(scene: Scene) throws {
        var bad = Self.new
        bad.sessions[0].trust = Self.selfSigned
        let plan = scene.plan(new: [bad]) { $0.addedMX = [Self.mx3] }
        #expect(plan.steps.map(\.what) == ["Publish the new MX records."])
        #expect(plan.steps[0].why == "No policy that senders are known to enforce by then shuts these hosts out.")
    }

    @Test func aServerThatOnlyGetsAnotherNameIsNotSwitchedOff() {
        let scene = Scene().with { $0.patterns.append("mx3.example.com") }
        let plan = scene.plan(new: [Scene.Host("mx3.example.com", "192.0.2.1")]) {
            $0.addedMX = [Self.mx3]
            $0.removedMX = [Self.mx1, Self.mx2]
        }
        #expect(plan.steps.last?.what == "Switch off mx2.example.com.")
    }

    /// The domain's own host goes on with whatever else it does.
    @Test func anImplicitMXIsNotSwitchedOff() {
        let scene = Scene().with {
            $0.mx = Scene.found([])
            $0.hosts = [Scene.Host("example.com", "192.0.2.7")]
            $0.patterns = ["example.com", "mx3.example.com"]
        }
        let plan = scene.plan(new: [Self.new]) { $0.addedMX = [Self.mx3] }
        #expect(plan.steps.map(\.what) == ["Publish the new MX records."])
    }

    private static func withoutMX(_ new: [Scene.Host]) -> Plan {
        Scene().plan(new: new) { $0.removedMX = [mx1, mx2] }
    }

    /// The domain's own address is then the MX (RFC 5321 5.1); most have none there, or a web server.
    @Test func theLastMXDoesNotGoBeforeAnotherHostIsPlanned() {
        var (addressless, refusing, silent) = (
            Scene.Host("example.com"), Scene.Host("example.com", "192.0.2.7"), Scene.Host("example.com", "192.0.2.7")
        )
        addressless.sessions = []
        Self.down(&refusing.sessions[0])
        Self.down(&silent.sessions[0])
        silent.sessions[0].outcome = .timeout("connect")
        let cases: [([Scene.Host], String)] = [
            ([], "was not seen to take it: not looked up yet"), ([addressless], "does not take it: no address"),
            ([refusing], "does not take it: connection refused"), ([silent], "does not take it: no answer (connect)"),
        ]
        for (hosts, words) in cases {
            let plan = Self.withoutMX(hosts)
            #expect(
                plan.steps.map(\.what) == [
                    "Add another MX host first, and plan both together: example.com has no MX record without "
                        + "mx1.example.com, mx2.example.com."
                ], "\(words)")
            #expect(
                plan.steps[0].why.hasPrefix("Mail would go to example.com itself (RFC 5321 5.1), which \(words)"),
                "\(plan.steps[0].why)")
            #expect(plan.assumptions.isEmpty)
        }
    }

    /// Where the domain's own address takes mail it is a host as any other.
    @Test func theDomainItselfTakesOverWhereItTakesMail() {
        let plan = Self.withoutMX([Scene.Host("example.com", "192.0.2.7")])
        #expect(plan.step("Add another MX host") == nil)
        #expect(plan.steps.first?.lines.contains("mx: example.com") == true)
        #expect(plan.step("Remove the MX record")?.notBefore == Scene.now + 7 * Self.day)
    }

    // MARK: Ids, and what is not known

    @Test func anIDThatWasUsedIsNotPublishedAgain() throws {
        var scene = Scene()
        scene.publish("A")
        scene.patterns = ["mx1.example.com"]
        scene.remember(ago: 3 * Self.day)
        scene.publish("B")
        scene.patterns.append("mx2.example.com")
        scene.remember(ago: 2 * Self.day)
        let plan = scene.plan { $0.recordID = "A" }
        #expect(plan.steps.map(\.what) == ["Change the id of the TXT record."])
        #expect(plan.ids.count == 1 && !["A", "B"].contains(plan.ids[0]))
        #expect(plan.steps[0].why.hasPrefix("A was published before"))
        #expect(scene.plan { $0.recordID = "C" }.ids == ["C"])
        #expect(scene.plan { $0.recordID = "B" }.steps.isEmpty)
    }

    @Test func aRecordIsNotPublishedWithoutItsPolicy() {
        let plan = Self.unprotected.plan { $0.recordID = "1" }
        #expect(plan.steps.map(\.what.first) == ["D"])
        #expect(plan.ids.isEmpty)
    }

    @Test func modeNoneIsServedWithTheMXLinesThatItNeeds() throws {
        let scene = Scene().with { $0.maxAge = "31557600" }
        let plan = scene.plan(new: [Self.new]) {
            $0.addedMX = [Self.mx3]
            $0.policyBody = Array("version: STSv1\nmode: none\nmax_age: 86400\n".utf8)
        }
        #expect(
            plan.steps.first?.lines == [
                "version: STSv1", "mode: none", "max_age: 86400", "mx: mx1.example.com", "mx: mx2.example.com",
            ])
        #expect(plan.step("Publish the new MX records")?.notBefore == Scene.now + 30 * Self.day)
    }

    /// Enforce for a year until forty days ago; since then mode none without mx lines, under another id.
    private static var withdrawn: Scene {
        var scene = Scene().with {
            $0.maxAge = "31557600"
            $0.policyTrust = Scene.always(.trusted)
        }
        scene.remember(ago: 50 * day)
        scene.remember(ago: 40 * day)
        scene.mode = "none"
        scene.patterns = []
        scene.publish("2")
        scene.remember(ago: 40 * day - 60)
        return scene
    }

    @Test func whoRejectsModeNoneGoesOverToOneWithMXLines() throws {
        let plan = Self.withdrawn.plan(new: [Self.new]) { $0.addedMX = [Self.mx3] }
        #expect(plan.steps.map(\.what.first) == ["S", "T", "P"])
        #expect(plan.steps[0].lines.contains("mode: none") && plan.steps[0].lines.contains("mx: mx1.example.com"))
        #expect(plan.steps[2].notBefore == Scene.now + 300)
    }

    @Test func theWithdrawalIsSafeWhenThoseWhoRejectItHaveLetGo() throws {
        let finding = try #require(Self.withdrawn.finding(.policyWithdrawnUnsafely))
        #expect(finding.until == Scene.now - 40 * Self.day + 60 + 31_557_600)
        #expect(finding.fix.contains(Stamp.spoken(try #require(finding.until))))
        #expect(finding.fix.hasPrefix("Put the mx lines of the old policy back"))
        #expect(!finding.fix.contains("Change the id"))
    }

    /// Under the id of the policy in force nothing ends by itself; the date is that of a change made now, and that of
    /// the plan that ends MTA-STS.
    @Test(arguments: [true, false])
    func theWithdrawalUnderTheSameIDHasADateToo(keepsLines: Bool) throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.mode = "none"
        if !keepsLines { scene.patterns = [] }
        let finding = try #require(scene.finding(.policyWithdrawnUnsafely))
        let safe = Scene.now + 300 + 604_800
        #expect(finding.until == nil)
        #expect(finding.fix.contains("Change the id of the TXT record"))
        #expect(finding.fix.contains("it is safe on \(Stamp.spoken(safe))."))
        #expect(finding.fix.contains("Put the mx lines of the old policy back") == !keepsLines)
        #expect(finding.fix.contains("keep the mx lines"))
        #expect(finding.evidence.contains("no mx line") == !keepsLines)
        if keepsLines { #expect(scene.plan { $0.removesSTS = true }.steps.last?.notBefore == safe) }
    }

    @Test func whatWasServedBeforeTheFirstLookIsSaidToBeUnknown() throws {
        let plan = Scene().plan { $0.removesSTS = true }
        #expect(plan.steps.last?.why.contains("every policy that was seen has run out") == true)
        #expect(plan.assumptions.contains { $0.hasPrefix("nobody holds another policy that was served before") })
        var known = Scene()
        known.remember(ago: 31_557_600)
        let later = known.plan { $0.removesSTS = true }
        #expect(later.steps.last?.why.contains("every policy that was served has run out") == true)
        #expect(later.assumptions.isEmpty)
    }
}
