import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// A change judged before it is made, on the healthy domain: mx1 and mx2, mode enforce, max_age of a week.
@Suite struct PlanTests {
    private static let week: TimeInterval = 604_800

    private func plan(
        _ scene: Scene = Scene(), new: [Scene.Host] = [],
        match: @escaping (CertificateChain, [TLSARecord]) -> DANEMatch = { _, _ in .unusable },
        _ bend: (inout PlannedChange) -> Void
    ) -> Plan { scene.plan(new: new, match: match, bend) }

    private func policy(_ mode: String = "enforce", _ mx: String...) -> [UInt8] { Scene.policy(mode, mx) }

    private let new = Scene.Host("new.example.net", "198.51.100.7")

    @Test func nothingChangedHarmsNobody() {
        let plan = plan { _ in }
        #expect(!plan.harmsSomebody)
        #expect(plan.newFindings.isEmpty)
        #expect(plan.steps.isEmpty)
        #expect(plan.state == .ok)
    }

    @Test func onlyAPlanThatHarmsNobodyNeedsNoOrder() {
        #expect(plan { _ in }.withoutSteps == "as it is: nothing has to be waited for")
        let broken = plan(Scene().with { $0.patterns = ["mx1.example.com"] }) {
            $0.removedMX = [Scene.name("mx1.example.com")]
        }
        #expect(broken.harmsSomebody && broken.withoutSteps.hasPrefix("none is known"))
    }

    @Test func aNewMXThatThePolicyDoesNotListComesAfterTheWait() throws {
        let plan = plan(new: [new]) {
            $0.addedMX = [MXHost(preference: 5, host: Scene.name("new.example.net"))]
            $0.removedMX = [Scene.name("mx1.example.com"), Scene.name("mx2.example.com")]
        }
        #expect(plan.state == .bouncing)
        let mtaSTS = try #require(plan.effects.first { $0.sender == .mtaSTS })
        #expect(mtaSTS.before == .delivers && mtaSTS.after == .refused && mtaSTS.isHarm)
        #expect(plan.newFindings.contains { $0.code == .mxNoneListed })
        #expect(plan.steps.map(\.what).first == "Serve this policy.")
        let served = try #require(plan.steps.first?.lines)
        #expect(served.contains("mx: mx1.example.com") && served.contains("mx: new.example.net"))
        #expect(plan.steps[1].what.contains("change the id"))
        let publish = try #require(plan.steps.first { $0.what.contains("new MX records") })
        #expect(publish.notBefore == Scene.now + Self.week)
        #expect(publish.lines == ["example.com. MX 5 new.example.net."])
        let off = try #require(plan.steps.last)
        #expect(off.what.hasPrefix("Switch off mx1.example.com, mx2.example.com"))
        #expect(off.notBefore == Scene.now + Self.week + 300)
    }

    @Test func aNewMXThatThePolicyListsNeedsNoWait() {
        let scene = Scene().with { $0.patterns.append("new.example.net") }
        let plan = plan(scene, new: [new]) { $0.addedMX = [MXHost(preference: 5, host: Scene.name("new.example.net"))] }
        #expect(!plan.harmsSomebody)
        #expect(plan.state == .ok)
        #expect(plan.steps.map(\.notBefore) == [nil])
    }

    @Test func aNewMXThatIsBrokenIsRepairedFirst() throws {
        var broken = new
        broken.sessions[0].starttls = .missing
        broken.sessions[0].hasTLS = false
        let scene = Scene().with { $0.patterns.append("new.example.net") }
        let plan = plan(scene, new: [broken]) {
            $0.addedMX = [MXHost(preference: 5, host: Scene.name("new.example.net"))]
        }
        #expect(plan.state == .risk)
        #expect(plan.newFindings.contains { $0.code == .starttlsMissing })
        #expect(plan.steps.first?.what == "Repair new.example.net first: no STARTTLS.")
    }

    @Test func aPolicyThatDropsAnMXIsNotServedBeforeTheMXIsGone() throws {
        let plan = plan {
            $0.policyBody = policy("enforce", "mx1.example.com")
            $0.recordID = "2"
        }
        #expect(plan.state == .risk)
        #expect(plan.newFindings.contains { $0.code == .mxUnlisted })
        #expect(plan.steps.map(\.what).contains { $0.hasPrefix("Keep a line for mx2.example.com") })
        #expect(!plan.steps.contains { $0.what == "Serve this policy." })
    }

    @Test func anMXAndItsLineGoInThatOrder() throws {
        let plan = plan {
            $0.policyBody = policy("enforce", "mx1.example.com")
            $0.recordID = "2"
            $0.removedMX = [Scene.name("mx2.example.com")]
        }
        let words = plan.steps.map(\.what)
        #expect(words.count == 4)
        #expect(words[0].hasPrefix("Remove the MX record of mx2.example.com"))
        #expect(words[1].hasPrefix("Switch off mx2.example.com"))
        #expect(words[2] == "Serve this policy.")
        #expect(plan.steps[2].notBefore == Scene.now + 300)
        #expect(plan.steps[3].lines == ["_mta-sts.example.com. TXT \"v=STSv1; id=2\""])
    }

    @Test func theEndOfMTASTSWaitsForTheLastCopy() throws {
        let plan = plan { $0.removesSTS = true }
        #expect(plan.after.record?.status == .missing)
        #expect(plan.steps.map(\.what.first) == ["S", "C", "R"])
        // Some senders reject a policy without mx lines, whatever its mode.
        #expect(
            plan.steps[0].lines == [
                "version: STSv1", "mode: none", "mx: mx1.example.com", "mx: mx2.example.com", "max_age: 86400",
            ])
        // A resolver may tell the old id for its TTL, and who is told keeps the policy for a week from then on.
        #expect(plan.steps[2].notBefore == Scene.now + Self.week + 300)
    }

    /// The record went first: what is left is the policy host, and what senders hold.
    @Test func theEndOfMTASTSDoesNotRemoveWhatIsGone() throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.record = DNSAnswer(.noData, dnssec: .insecure)
        scene.isFetched = false
        let plan = plan(scene) { $0.removesSTS = true }
        #expect(
            plan.steps.map(\.what) == [
                "Remove the policy host mta-sts.example.com, if it still stands: the TXT record is gone already."
            ])
        #expect(try #require(plan.steps[0].notBefore) > Scene.now + Self.week - 3_600)
        #expect(plan.steps[0].why.hasPrefix("By then the last copy of every policy that was seen has run out"))
        // Who could not ask does not know that it is gone.
        scene.record = DNSAnswer(.failed(.timeout), dnssec: .unknown)
        #expect(self.plan(scene) { $0.removesSTS = true }.steps.last?.what.hasPrefix("Remove the TXT record") == true)
    }

    @Test func aPolicyFileThatIsInvalidIsCorrectedFirst() {
        let plan = plan { $0.policyBody = Array("version: STSv1\nmode: enforced\nmax_age: 1\n".utf8) }
        #expect(plan.newFindings.contains { $0.code == .policyInvalid })
        #expect(plan.steps.map(\.what).first?.hasPrefix("Correct the policy file") == true)
    }

    @Test func anotherBodyUnderTheSameIDIsTold() {
        let plan = plan { $0.policyBody = policy("enforce", "mx1.example.com", "mx2.example.com", "mx3.example.com") }
        #expect(plan.newFindings.contains { $0.code == .policyChangedSameID })
        #expect(plan.steps.contains { $0.what.contains("change the id") })
    }

    @Test func aFirstPolicyTakesItsHostForGranted() {
        let scene = Scene().with {
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.isFetched = false
        }
        let plan = plan(scene) {
            $0.policyBody = policy("enforce", "mx1.example.com", "mx2.example.com")
            $0.recordID = "1"
        }
        #expect(plan.before.state == .unprotected)
        #expect(plan.state == .ok)
        #expect(plan.assumptions.count == 1)
    }

    @Test func aNewKeyWaitsForItsTLSARecord() throws {
        let old = FindingTests.spki
        let scene = Scene().with { scene in
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
            for index in scene.hosts.indices { scene.hosts[index].sign([old], match: .match(old)) }
            let host = scene.hosts[0]
            scene.hosts[0].tlsa = DNSAnswer(host.tlsa?.outcome ?? .noData, dnssec: .secure, ttl: 3_600)
        }
        let chain = CertificateChain(der: [[9]])
        let facts = Scene.facts(names: ["mx1.example.com"], trust: Scene.trusted(days: 80), fingerprint: "newkey")
        let match: (CertificateChain, [TLSARecord]) -> DANEMatch = { seen, _ in
            seen == chain ? .mismatch("another key") : .match(old)
        }
        let plan = plan(scene, match: match) {
            $0.certificates[Scene.name("mx1.example.com")] = .init(
                chain: chain, facts: [facts], trust: Scene.trusted(days: 80))
        }
        let dane = try #require(plan.effects.first { $0.sender == .dane })
        #expect(dane.after == .partial && dane.isHarm)
        #expect(plan.newFindings.contains { $0.code == .daneMismatch })
        #expect(plan.steps.count == 3)
        #expect(
            plan.steps[0].lines == [
                "_25._tcp.mx1.example.com. TLSA \(old)", "_25._tcp.mx1.example.com. TLSA 3 1 1 newkey",
            ])
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
        #expect(plan.steps[2].what.hasPrefix("Remove the TLSA"))
    }

    @Test func aCertificateForAnotherNameRefusesAtOnce() throws {
        let facts = Scene.facts(names: ["www.example.com"], trust: Scene.trusted(days: 80))
        let plan = plan {
            for host in ["mx1.example.com", "mx2.example.com"] {
                $0.certificates[Scene.name(host)] = .init(
                    chain: CertificateChain(der: [[9]]), facts: [facts], trust: Scene.trusted(days: 80))
            }
        }
        #expect(plan.state == .bouncing)
        #expect(plan.newFindings.contains { $0.code == .certificateNameMismatch })
        #expect(
            plan.steps.map(\.what) == [
                "Do not install that certificate on mx1.example.com: certificate wrong name.",
                "Do not install that certificate on mx2.example.com: certificate wrong name.",
            ])
    }
}
