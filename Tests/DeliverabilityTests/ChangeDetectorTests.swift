import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

@Suite struct ChangeDetectorTests {
    let healthy = Scene().assessment

    @Test func nothingOfConsequenceIsNoChange() {
        #expect(change(from: healthy, to: healthy, id: 1) == nil)
        let renewed = Scene().everySession { $0.fingerprint = "bb" }.assessment
        #expect(change(from: healthy, to: renewed, id: 1) == nil)
    }

    @Test func strippedSTARTTLSTurnsTheClass() throws {
        let broken = Scene().everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }.assessment
        let turned = try #require(change(from: healthy, to: broken, id: 7))
        #expect(turned.id == 7)
        #expect(turned.code == .starttlsMissing)
        #expect(turned.stateBefore == .ok && turned.stateAfter == .bouncing)
        #expect(turned.turns == [Change.Turn(sender: .mtaSTS, from: .delivers, to: .refused)])
        #expect(turned.isWorse)
        #expect(turned.fix.contains("STARTTLS"))
        #expect(turned.after == "no STARTTLS on mx1,mx2")
        let repaired = try #require(change(from: broken, to: healthy, id: 8))
        #expect(!repaired.isWorse && repaired.fix.isEmpty)
        #expect(repaired.impact == "mta-sts senders deliver again")
    }

    /// One more address of a host with the same fault turns nothing; another host does.
    @Test func theSameFaultAtAnotherAddressIsNoChange() throws {
        var scene = Scene()
        scene.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.11", "192.0.2.21")
        func broken(_ count: Int, _ others: Int = 0) -> Assessment {
            scene.with { scene in
                for index in 0..<count { scene.hosts[0].sessions[index].names = ["www.example.com"] }
                for index in 0..<others { scene.hosts[1].sessions[index].names = ["www.example.com"] }
            }.assessment
        }
        let one = try #require(change(from: scene.assessment, to: broken(1), id: 1))
        #expect(one.code == .certificateNameMismatch && one.stateAfter == .risk)
        #expect(broken(1).findings.map(\.subject) != broken(2).findings.map(\.subject))
        #expect(change(from: broken(1), to: broken(2), id: 2) == nil)
        let host = try #require(change(from: broken(2), to: broken(3), id: 3))
        #expect(host.turns == [Change.Turn(sender: .mtaSTS, from: .delivers, to: .partial)])
        #expect(change(from: broken(3), to: broken(3, 1), id: 4)?.stateAfter == .bouncing)
    }

    /// To acknowledge what was seen at one address answers for no other.
    @Test func whatIsAnsweredForIsToldAtEachAddress() throws {
        func replaced(_ addresses: String) -> Assessment {
            var assessment = healthy
            assessment.findings.append(
                Finding(
                    .serverReplaced, .warning, subject: "mx1.example.com [\(addresses)]", evidence: "another server",
                    fix: "See who answers.", rfc: "8461 10.2"))
            return assessment
        }
        let (one, both) = (replaced("192.0.2.1"), replaced("192.0.2.1, 192.0.2.11"))
        let told = try #require(change(from: one, to: both, id: 1))
        #expect(told.isWorse && told.news == [.init(code: .serverReplaced, subject: both.findings.last?.subject ?? "")])
    }

    @Test func unknownIsNoTransition() {
        let unknown = Scene().with { $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown) }.assessment
        #expect(change(from: healthy, to: unknown, id: 1) == nil)
        #expect(change(from: unknown, to: healthy, id: 1) == nil)
    }

    /// A delegation that moves on a domain that has a warning already: the finding says to acknowledge it.
    @Test func whatAsksForAnAnswerIsMarked() throws {
        let warned = Scene().with {
            $0.maxAge = "3600"
            $0.policyAliases = [Scene.name("policy.example.net")]
            $0.remember(ago: 3_600)
        }
        let moved = warned.with { $0.policyAliases = [Scene.name("other.example.org")] }
        let turned = try #require(change(from: warned.assessment, to: moved.assessment, id: 1))
        #expect(turned.stateBefore == .warning && turned.stateAfter == .warning)
        #expect(turned.code == .policyDelegationChanged && turned.isWorse)
    }

    /// What an acknowledgement accepts is the change, not what else is wrong since.
    @Test func theChangeComesBeforeWhatIsMerelyAsGrave() throws {
        let before = Scene().with {
            $0.policyAliases = [Scene.name("policy.example.net")]
            $0.remember(ago: 3_600)
        }
        let moved = before.with {
            $0.policyAliases = [Scene.name("other.example.org")]
            $0.policyTrust = Scene.trusted(days: 5)
        }
        let turned = try #require(change(from: before.assessment, to: moved.assessment, id: 1))
        #expect(moved.codes == [.policyDelegationChanged, .policyHostCertificateExpiring])
        #expect(turned.code == .policyDelegationChanged)
    }

    @Test func aDeliveryThatGetsWorseIsMarkedInAnyState() {
        func turned(_ from: Delivery, _ to: Delivery) -> Change {
            Change(
                id: 1, domain: healthy.domain, at: Scene.now, code: .mxUnlisted, stateBefore: .risk, stateAfter: .risk,
                before: "", after: "", turns: [.init(sender: .mtaSTS, from: from, to: to)], impact: "", fix: "")
        }
        #expect(turned(.delivers, .partial).isWorse)
        #expect(!turned(.partial, .delivers).isWorse)
    }

    @Test func aSecondCriticalFindingIsTold() throws {
        let first = Scene().everySession { $0.trust = Scene.trusted(days: -1) }.assessment
        let second = Scene().everySession { ($0.trust, $0.names) = (Scene.trusted(days: -1), ["x.example"]) }.assessment
        let turned = try #require(change(from: first, to: second, id: 1))
        #expect(turned.code == .certificateNameMismatch)
        // Not once more what was wrong before.
        #expect(turned.after.contains("x.example") && turned.after != second.why)
    }

    /// Each tells of a change that turns no delivery.
    static let quiet: [(code: FindingCode, change: @Sendable (inout Scene) -> Void)] = [
        (
            .policyChangedSameID,
            {
                $0.remember(ago: 3_600)
                $0.patterns = ["*.example.com"]
            }
        ),
        (
            .policyMaxAgeLoweredSameID,
            {
                $0.remember(ago: 3_600)
                $0.maxAge = "345600"
            }
        ),
        (.policyIDReused, { $0.reuse(first: 7_200, second: 3_600) }),
        (
            .policyWithdrawnUnsafely,
            {
                $0.remember(ago: 3_600)
                $0.mode = "none"
            }
        ),
        (.renewalMissed, { $0.renewals(lastEndsIn: 25) }),
    ]

    @Test(arguments: quiet.indices) func aDomainThatIsWarnedOfTellsItsChanges(_ row: Int) throws {
        let before = Scene().with { $0.policyTrust = Scene.trusted(days: 5) }
        let after = before.with(Self.quiet[row].change)
        #expect(!before.codes.contains(Self.quiet[row].code) && after.codes.contains(Self.quiet[row].code))
        let line = try #require(change(from: before.assessment, to: after.assessment, id: 1))
        #expect(line.stateBefore == .warning && line.stateAfter == .warning)
        #expect(line.code?.asksForAnswer == true && line.isWorse)
        // It is told once.
        #expect(change(from: after.assessment, to: after.assessment, id: 2) == nil)
    }

    @Test func aChangeThatComesWithARepairIsMarked() throws {
        let broken = Scene().with { $0.remember(ago: 3_600) }
            .everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        let repaired = broken.with { $0.patterns = ["*.example.com"] }
            .everySession { ($0.starttls, $0.hasTLS) = (.offered, true) }
        let line = try #require(change(from: broken.assessment, to: repaired.assessment, id: 1))
        #expect(line.stateBefore == .bouncing && line.stateAfter == .warning)
        #expect(line.code == .policyChangedSameID && line.isWorse && !line.fix.isEmpty)
        // That it went is none.
        let whole = broken.everySession { ($0.starttls, $0.hasTLS) = (.offered, true) }
        let mended = try #require(change(from: repaired.assessment, to: whole.assessment, id: 2))
        #expect(mended.code == .policyChangedSameID && !mended.isWorse)
    }

    /// A line of what turns nothing speaks of its own finding, not of what else is wrong.
    @Test func whatTurnsNothingIsToldByItsFinding() throws {
        let before = Scene().with {
            $0.policyTrust = Scene.trusted(days: 5)
            $0.policyAliases = [Scene.name("policy.example.net")]
            $0.remember(ago: 3_600)
        }
        let moved = before.with { $0.policyAliases = [Scene.name("other.example.org")] }
        #expect(moved.assessment.bouncesAt != nil)
        let line = try #require(change(from: before.assessment, to: moved.assessment, id: 1))
        let finding = try #require(moved.finding(.policyDelegationChanged))
        #expect(line.before == "CNAME policy.example.net")
        #expect(line.after.hasPrefix("other.example.org on ") && line.sight == finding.evidence)
        #expect(line.fix == finding.fix && line.impact == "nobody yet")
    }

    @Test func evidenceThatIsNoPairIsWhatIsSeenNow() throws {
        let before = Scene().with {
            $0.policyTrust = Scene.trusted(days: 5)
            $0.remember(ago: 3_600)
        }
        let changed = before.with { $0.maxAge = "604801" }
        let line = try #require(change(from: before.assessment, to: changed.assessment, id: 1))
        let finding = try #require(changed.finding(.policyChangedSameID))
        #expect(line.before.isEmpty && line.after == finding.evidence && line.sight == finding.evidence)
        #expect(line.fix == finding.fix)
    }

    @Test func aMissedRenewalNamesTheBounceItLeadsTo() throws {
        let before = Scene().with { $0.policyTrust = Scene.trusted(days: 5) }
        let late = before.with { $0.renewals(lastEndsIn: 25) }
        let line = try #require(change(from: before.assessment, to: late.assessment, id: 1))
        let end = try #require(late.finding(.renewalMissed)?.deadline)
        #expect(line.code == .renewalMissed && line.impact == "nobody yet; bounces from \(Stamp.text(end))")
    }
}
