import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// An acknowledgement answers what it was given for, and nothing else of its kind.
@Suite struct AcceptedTests {
    private let hour: TimeInterval = 3_600

    private func signed() -> Scene {
        var scene = Scene()
        scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure, ttl: 300) }
        for host in scene.hosts.indices { scene.hosts[host].sign([Self.record], match: .match(Self.record)) }
        scene.remember(ago: 6 * hour)
        return scene
    }

    private static let record = TLSARecord(
        usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 1, count: 32))

    private func lost(_ scene: Scene) -> [String] {
        scene.assessment.findings.filter { $0.code == .daneLost }.map(\.subject)
    }

    /// So many seconds ago.
    private func told(_ ago: TimeInterval, _ before: Scene, _ after: Scene) -> Change? {
        let then = Scene.now.addingTimeInterval(-ago)
        return change(
            from: before.with { $0.now = then }.assessment, to: after.with { $0.now = then }.assessment, id: 1)
    }

    @Test func ofOneHostSilencesNoOther() throws {
        var scene = signed()
        let before = scene
        scene.hosts[1].sign(nil)
        scene.remember(ago: 4 * hour)
        var second = try #require(told(4 * hour, before, scene))
        let between = scene
        scene.hosts[0].sign(nil)
        scene.remember(ago: 2 * hour)
        var first = try #require(told(2 * hour, between, scene))
        #expect(first.news == [.init(code: .daneLost, subject: "mx1.example.com")])
        #expect(second.news == [.init(code: .daneLost, subject: "mx2.example.com")])
        #expect(lost(scene) == ["mx1.example.com", "mx2.example.com"])
        // Not before somebody has acknowledged it.
        scene.memory.accept(first)
        #expect(lost(scene) == ["mx1.example.com", "mx2.example.com"])
        first.acknowledgedAt = Scene.now - hour
        scene.memory.accept(first)
        #expect(lost(scene) == ["mx2.example.com"])
        second.acknowledgedAt = Scene.now - hour
        scene.memory.accept(second)
        #expect(lost(scene).isEmpty)
    }

    @Test func ofSeveralAtOnceSilencesAllOfThem() throws {
        var scene = signed()
        let before = scene
        for host in scene.hosts.indices { scene.hosts[host].sign(nil) }
        scene.remember(ago: 2 * hour)
        var both = try #require(told(2 * hour, before, scene))
        #expect(both.news?.map(\.subject) == ["mx1.example.com", "mx2.example.com"])
        both.acknowledgedAt = Scene.now - hour
        scene.memory.accept(both)
        #expect(lost(scene).isEmpty)
    }

    /// What is mended is no news: to acknowledge that answers nothing that is not.
    @Test func ofARepairSilencesNothing() throws {
        var scene = signed()
        for host in scene.hosts.indices { scene.hosts[host].sign(nil) }
        scene.remember(ago: 4 * hour)
        let before = scene
        scene.hosts[0].sign([Self.record], match: .match(Self.record))
        scene.remember(ago: 2 * hour)
        var repaired = try #require(told(2 * hour, before, scene))
        repaired.acknowledgedAt = Scene.now - hour
        scene.memory.accept(repaired)
        #expect(lost(scene) == ["mx2.example.com"])
    }

    /// A change that was stored before it said what came with it.
    @Test func ofAnOlderChangeSilencesTheKind() {
        var scene = signed()
        for host in scene.hosts.indices { scene.hosts[host].sign(nil) }
        scene.remember(ago: 2 * hour)
        let older = Change(
            id: 1, domain: scene.domain, at: Scene.now - 2 * hour, code: .daneLost, stateBefore: .ok,
            stateAfter: .warning, before: "", after: "", turns: [], impact: "", fix: "",
            acknowledgedAt: Scene.now - hour)
        scene.memory.accept(older)
        #expect(lost(scene).isEmpty)
    }

    @Test func ofOneAddressSilencesNoOther() {
        var memory = DomainMemory()
        memory.accept(.serverReplaced, of: "mx.example.com [192.0.2.1, 192.0.2.2]", at: Scene.now)
        func isNews(_ host: String, _ address: String, after seconds: TimeInterval = -60) -> Bool {
            memory.isNews(
                .serverReplaced, of: host, at: Scene.address(address), changedAt: Scene.now + seconds, for: hour,
                now: Scene.now)
        }
        #expect(!isNews("mx.example.com", "192.0.2.1") && !isNews("mx.example.com", "192.0.2.2"))
        #expect(isNews("mx.example.com", "192.0.2.3") && isNews("mx.example.com", "192.0.2.11"))
        #expect(isNews("mx.example.org", "192.0.2.1") && isNews("mx.example.com", "192.0.2.1", after: 60))
    }

    /// The same word does not answer what came later.
    @Test func isTakenInOnce() {
        var memory = DomainMemory().observing(Scene().evidence, now: Scene.now - 2 * hour)
        memory.accept(.mxNull, of: "example.com", at: Scene.now - hour)
        #expect(!memory.tookMail)
        memory = memory.observing(Scene().evidence, now: Scene.now)
        memory.accept(.mxNull, of: "example.com", at: Scene.now - hour)
        #expect(memory.tookMail)
        memory.accept(.mxNull, of: "example.com", at: Scene.now)
        #expect(!memory.tookMail)
    }

    /// The records went, and some hours later the signatures, too: DANE was lost all the same.
    @Test func danesLossOutlivesThatOfTheSignatures() {
        var scene = signed()
        scene.hosts[0].sign(nil)
        scene.remember(ago: 4 * hour)
        let host = scene.hosts[0]
        scene.hosts[0].addresses = HostAddresses(
            ipv4: DNSAnswer(host.addresses.ipv4.outcome, dnssec: .insecure),
            ipv6: DNSAnswer(host.addresses.ipv6.outcome, dnssec: .insecure))
        scene.hosts[0].tlsa = DNSAnswer(.noData, dnssec: .insecure)
        scene.remember(ago: hour)
        #expect(lost(scene) == ["mx1.example.com"])
        #expect(scene.finding(.daneLost)?.evidence.contains(Stamp.text(Scene.now - 4 * hour)) == true)
        // Whoever acknowledges the loss need not do so twice.
        scene.memory.accept(.daneLost, of: "mx1.example.com", at: Scene.now - 3 * hour)
        #expect(lost(scene).isEmpty)
        var back = signed()
        back.hosts[0].sign(nil)
        back.remember(ago: 4 * hour)
        back.hosts[0].sign([Self.record], match: .match(Self.record))
        back.remember(ago: hour)
        #expect(lost(back).isEmpty)
    }

    /// Key and record that both changed while nobody looked may have changed in the right order; where looks stood
    /// close they did not.
    @Test(arguments: [30 * 86_400.0, 300]) func whatChangedUnseenIsNoHaste(unseen: TimeInterval) {
        var scene = signed()
        scene.remember(ago: 60 + unseen)
        let record = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 9, count: 32))
        scene = scene.everySession { $0.fingerprint = "bb" }
        for host in scene.hosts.indices { scene.hosts[host].sign([record], match: .match(record)) }
        scene.remember(ago: 60)
        #expect(scene.codes.contains(.danePublishedTooLate) == (unseen == 300))
    }

    @Test(arguments: [30 * 86_400.0, 300]) func aServerReplacedUnseenIsDatedBetween(unseen: TimeInterval) throws {
        var scene = Scene().everySession { $0.greeting = "old.example.com" }
        scene.remember(ago: 40 * 86_400)
        scene.remember(ago: hour + unseen)
        scene = scene.everySession { ($0.greeting, $0.fingerprint) = ("new.example.com", "bb") }
        scene.remember(ago: hour)
        let evidence = try #require(scene.finding(.serverReplaced)?.evidence)
        #expect(evidence.contains(", both on ") == (unseen == 300))
        #expect(evidence.contains("both between \(Stamp.text(Scene.now - hour - unseen)) and ") == (unseen != 300))
    }
}
