import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// The two clocks, what an overview shows of them, and when queues give up.
@Suite struct ClocksTests {
    private func after(_ days: Double) -> Date { Scene.now.addingTimeInterval(days * Scene.day) }

    @Test func aHealthyCertificateIsInTheForecastAndNoAlarm() {
        let assessment = Scene().everySession { $0.trust = Scene.trusted(days: 70) }.assessment
        #expect(assessment.bouncesAt == after(70))
        #expect(assessment.pressingBounceAt == nil)
        #expect(assessment.forecast.contains { $0.at == after(70) && $0.delivery == .refused && $0.sender == .mtaSTS })
        let near = Scene().everySession { $0.trust = Scene.trusted(days: 12) }.assessment
        #expect(near.pressingBounceAt == after(12))
        let refused = Scene().everySession { $0.trust = Scene.trusted(days: -1) }.assessment
        #expect(refused.pressingBounceAt == Scene.now)
    }

    @Test func aRenewalThatIsFarOffIsNoCountdownWhateverElseIsWrong() throws {
        func countdown(days: Double) throws -> Date? {
            let scene = Scene().everySession { $0.trust = Scene.trusted(days: days) }.with {
                $0.hosts[1].sessions[0].starttls = .missing
                $0.hosts[1].sessions[0].hasTLS = false
            }
            let assessment = scene.assessment
            try #require(assessment.state == .risk && assessment.bouncesAt == after(days))
            return StatusDigest(DomainStatus(domain: scene.domain, assessment: assessment)).nearBounce(now: Scene.now)
        }
        #expect(try countdown(days: 70) == nil)
        #expect(try countdown(days: 12) == after(12))
    }

    @Test func aMissedRenewalIsPressing() {
        let late = Scene().with { $0.renewals(lastEndsIn: 25) }.assessment
        #expect(late.pressingBounceAt == after(25))
        let usual = Scene().with { $0.renewals(lastEndsIn: 28) }.assessment
        #expect(usual.bouncesAt == after(28) && usual.pressingBounceAt == nil)
    }

    @Test func aRhythmIsMadeOfRenewalsOnly() throws {
        func missed(_ certificates: [(print: String, ends: Double, ago: Double)], at days: Double) throws -> Date? {
            let scene = Scene().with { scene in
                for (print, ends, ago) in certificates {
                    scene = scene.everySession { ($0.fingerprint, $0.trust) = (print, Scene.trusted(days: ends)) }
                    scene.remember(ago: ago * Scene.day)
                }
            }
            let memory = try #require(scene.hostMemories[Scene.name("mx1.example.com")])
            return try #require(memory.addresses.first).renewalMissed(at: after(days))
        }
        let renewed = [("a", -90.0, 130.0), ("b", -30.0, 120.0), ("c", 25.0, 60.0)]
        #expect(try missed(renewed, at: 0) == after(-5))
        #expect(try missed(Array(renewed.suffix(2)), at: 0) == nil)
        // Issued anew three days running.
        #expect(try missed([("a", 60, 3), ("b", 61, 2), ("c", 62, 1)], at: 40) == nil)
        // Machines with certificates of their own take turns.
        let turns = renewed.dropLast() + [("c", 25.0, 60.0), ("b", -30, 59), ("c", 25, 58)]
        #expect(try missed(Array(turns), at: 0) == nil)
    }

    @Test func anIntermediateThatEndsFirstIsTheClock() {
        let end = after(5)
        let trust = TrustTimeline([
            .init(from: .distantPast, trust: .trusted),
            .init(from: end, trust: .expired(subject: "CN=R11", notAfter: end)),
            .init(from: after(60), trust: .expired(subject: "CN=leaf", notAfter: after(60))),
        ])
        #expect(Scene().everySession { $0.trust = trust }.assessment.bouncesAt == end)
    }

    @Test func protectionEndsWithThePolicyHostOrTheCopies() {
        let healthy = Scene().with { $0.policyTrust = Scene.trusted(days: 50) }.assessment
        #expect(healthy.protectionEndsAt == after(50) && healthy.pressingProtectionEnd == nil)
        let near = Scene().with { $0.policyTrust = Scene.trusted(days: 5) }.assessment
        #expect(near.pressingProtectionEnd == after(5))
        let down = Scene().with {
            $0.remember(ago: Scene.day)
            $0.fetchFailure = .status(404)
        }.assessment
        #expect(down.protectionEndsAt == after(6) && down.pressingProtectionEnd == after(6))
        let gone = Scene().with {
            $0.remember(ago: Scene.day)
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
        }.assessment
        #expect(gone.protectionEndsAt == after(6))
        #expect(Scene().with { $0.record = DNSAnswer(.noData, dnssec: .insecure) }.assessment.protectionEndsAt == nil)
    }

    /// Of several hosts the one is named whose own end it is, not the first that refuses by then.
    @Test func theForecastNamesTheHostThatTurns() {
        let twice = Scene().with {
            $0.hosts[0].sessions[0].trust = Scene.trusted(days: 5)
            $0.hosts[1].sessions[0].trust = Scene.trusted(days: 20)
        }
        #expect(
            twice.assessment.forecast.filter { $0.sender == .mtaSTS }.map(\.because) == [
                "certificate-expiring mx1.example.com", "certificate-expiring mx2.example.com",
            ])
        #expect(twice.assessment.why == "mx1 cert expires in 5d")
        let later = twice.with { $0.hosts.swapAt(0, 1) }
        #expect(later.assessment.why == "mx1 cert expires in 5d")
        let bare = Scene().with {
            ($0.hosts[0].sessions[0].starttls, $0.hosts[0].sessions[0].hasTLS) = (.missing, false)
            $0.hosts[1].sessions[0].trust = Scene.trusted(days: 20)
        }
        #expect(
            bare.assessment.forecast.first { $0.delivery == .refused }?.because
                == "certificate-expiring mx2.example.com")
        let together = Scene().everySession { $0.trust = Scene.trusted(days: 5) }
        #expect(together.assessment.why == "mx1,mx2 cert expires in 5d")
    }

    @Test func copiesThatWillRefuseAreInTheForecast() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.maxAge = "700000"
        }.everySession { $0.trust = Scene.trusted(days: 5) }
        let turn = scene.assessment.forecast.first { $0.sender == .cached && $0.delivery == .refused }
        #expect(turn?.at == after(5))
    }

    @Test func queuesGiveUpByTheClassThatRefuses() throws {
        let broken = Scene().everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        var memory = DomainMemory().observing(broken.evidence, now: broken.now)
        #expect(memory.stamp(Scene().assessment).queuesGiveUp.isEmpty)
        let first = memory.stamp(broken.assessment).queuesGiveUp
        #expect(first.first?.at == Scene.now && first.first?.senderClass == .mtaSTS)
        #expect(first.first { $0.sender == "Exchange Online" }?.at == after(1))
        #expect(first.first { $0.sender == "Postfix" }?.at == after(5))
        #expect(!first.contains { $0.sender == "Exim" })
        // The clock runs from the first refusal.
        let later = broken.with { $0.now = after(0.5) }
        #expect(memory.stamp(later.assessment).queuesGiveUp == first)
        let own = QueueLifetimes([.init("ours", seconds: 60, classes: [.mtaSTS, .dane])])
        let ends = own.ends(of: [.dane: after(1), .mtaSTS: after(2)])
        #expect(ends == [QueueEnd(sender: "ours", senderClass: .dane, at: after(1).addingTimeInterval(60))])
    }

    /// What a certificate ended has a date, also where it is seen for the first time: the queues have waited since.
    @Test func whatEndedBeforeTheFirstLookIsDatedByItsEnd() throws {
        var memory = DomainMemory()
        let scene = Scene().everySession { $0.trust = Scene.trusted(days: -2) }
        let stamped = memory.stamp(scene.assessment)
        #expect(stamped.mtaSTS.since == after(-2) && memory.state?.since == after(-2) && stamped.bouncesAt == after(-2))
        #expect(stamped.findings.first { $0.code == .certificateExpired }?.since == after(-2))
        #expect(stamped.queuesGiveUp.first { $0.sender == "Exchange Online" }?.at == after(-1))
        // Whoever was seen to deliver since is refused from the look on.
        var seen = DomainMemory()
        _ = seen.stamp(Scene().assessment)
        #expect(seen.stamp(scene.assessment).mtaSTS.since == Scene.now)
        // Something else keeps the second host out, nobody knows since when.
        var other = DomainMemory()
        let mixed = scene.with {
            ($0.hosts[1].sessions[0].starttls, $0.hosts[1].sessions[0].hasTLS) = (.missing, false)
        }
        #expect(other.stamp(mixed.assessment).mtaSTS.since == Scene.now)
    }

    /// Few go by expiry: that they are refused is a risk, and no bounce that is still to come.
    @Test func whatHoldersByExpiryMeetHasBegun() {
        var memory = DomainMemory()
        var scene = Scene().with { $0.remember(ago: 3_600) }
        _ = scene.memory.stamp(scene.assessment)
        scene.patterns = ["new.example.com"]
        scene.hosts = [Scene.Host("new.example.com", "192.0.2.9")]
        scene.mx = Scene.found([MXHost(preference: 10, host: Scene.name("new.example.com"))])
        scene.publish("NEW")
        scene.memory = scene.memory.observing(scene.evidence, now: scene.now)
        scene.now = after(1)
        let assessment = scene.assessment
        #expect(assessment.cached.contains { $0.holders == .expiry && $0.delivery == .refused })
        #expect(!assessment.cached.contains { $0.holders == .id && $0.delivery == .refused })
        memory = scene.memory
        let stamped = memory.stamp(assessment)
        #expect(stamped.state == .risk && stamped.bouncesAt == assessment.at)
    }

    /// A server that is down is no refusal of a sender's own: nobody returns at once what waits for it.
    @Test func whatNobodyCanDeliverIsNotReturnedAtOnce() {
        var memory = DomainMemory()
        let down = Scene().everySession {
            ($0.outcome, $0.starttls, $0.hasTLS) = (.timeout("connect"), .unknown, false)
        }
        let ends = memory.stamp(down.assessment).queuesGiveUp
        #expect(ends.map(\.sender) == ["chasquid", "Exchange Online", "Exim", "Postfix"])
        let bare = Scene().everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        #expect(memory.stamp(bare.assessment).queuesGiveUp.contains { $0.sender == "Stalwart" })
    }

    /// Copies that only run out by their age are refused by those who ignore the id.
    @Test func queuesOfThoseWhoGoByTheIDAreNotNamedForOthers() {
        var scene = Scene()
        scene.patterns = ["old.example.com"]
        scene.remember(ago: 3_600)
        scene.patterns = ["mx1.example.com", "mx2.example.com"]
        scene.publish("2")
        scene.remember(ago: 1_800)
        var memory = scene.memory
        let stamped = memory.stamp(scene.assessment)
        #expect(stamped.cached.filter { $0.delivery == .refused }.map(\.holders) == [.expiry])
        #expect(stamped.queuesGiveUp.map(\.sender) == ["Postfix"])
        let both = QueueLifetimes.standard.ends(
            of: [:], copies: [.id: Scene.now, .expiry: Scene.now]
        ).map(\.sender)
        #expect(both.contains("Stalwart") && both.contains("Exchange Online"))
    }

    /// Who goes by expiry refuses for days before those do who go by the id: the bounce begins with these.
    @Test func aBounceIsDatedByThoseWhoMakeIt() throws {
        var scene = Scene()
        var stamped = scene.assessment
        func move(to host: String, _ address: String) {
            scene.patterns = [host]
            scene.hosts = [Scene.Host(host, address)]
            scene.mx = Scene.found([MXHost(preference: 10, host: Scene.name(host))])
        }
        func look(_ days: Double) {
            scene.remember(ago: days * Scene.day)
            stamped = scene.memory.stamp(scene.with { $0.now = after(-days) }.assessment)
        }
        move(to: "old.example.net", "192.0.2.50")
        look(10)
        scene.publish("B")
        move(to: "mx1.example.com", "192.0.2.1")
        for days in [5, 4.99, 4] { look(days) }
        #expect(stamped.state == .risk)
        #expect(stamped.queuesGiveUp.map(\.sender) == ["Postfix"])
        move(to: "mx3.example.com", "192.0.2.3")
        look(1)
        #expect(stamped.state == .bouncing && stamped.mtaSTS.delivery == .delivers)
        #expect(stamped.bouncesAt == after(-1))
        #expect(stamped.queuesGiveUp.first { $0.sender == "Exchange Online" }?.at == after(0))
        // Postfix goes by either.
        let postfix = try #require(stamped.queuesGiveUp.first { $0.sender == "Postfix" }?.at)
        #expect(postfix < after(1))
    }

    @Test func momentsAreSpokenNeverTooEarly() {
        #expect(Stamp.spoken(Date(timeIntervalSince1970: 1_796_306_400)) == "3 December 2026 14:00 UTC")
        #expect(Stamp.spoken(Date(timeIntervalSince1970: 1_796_306_401)) == "3 December 2026 14:01 UTC")
        #expect(!Stamp.spoken(.distantFuture).isEmpty && !Stamp.spoken(.distantPast).isEmpty)
    }

    @Test func aDifferenceThatTurnsNothingIsALine() throws {
        let before = Scene().with { $0.remember(ago: 3_600) }
        let renewed = before.everySession { $0.fingerprint = "bb" }
        let line = try #require(change(from: before.assessment, to: renewed.assessment, id: 1))
        #expect(line.code == .certificateChanged && !line.isWorse && line.turns.isEmpty)
        let finding = try #require(renewed.finding(.certificateChanged))
        #expect(line.sight == finding.evidence && line.fix == finding.fix)
        #expect(line.before.hasPrefix("until ") && line.after.hasPrefix("until "))
        // That it is no news any more is not worth a line.
        #expect(change(from: renewed.assessment, to: before.assessment, id: 2) == nil)
    }

    @Test func copiesThatRefuseAreATurn() throws {
        let before = Scene().with { $0.remember(ago: 3_600) }
        let moved = before.with {
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("mx9.example.com"))])
            $0.hosts = [Scene.Host("mx9.example.com", "192.0.2.9")]
            $0.patterns = ["mx9.example.com"]
        }
        let turned = try #require(change(from: before.assessment, to: moved.assessment, id: 1))
        #expect(turned.turns == [Change.Turn(sender: .cached, from: .none, to: .refused)])
        #expect(turned.stateAfter == .bouncing)
    }
}
