import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// An MX host that shows DANE senders another chain than the others: the one for the TLSA base domain (RFC 7672 8.1).
@Suite struct BaseDomainTests {
    private static let base = Scene.name("real.example.net")

    private static func scene(_ fingerprint: String) -> Scene {
        Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
                scene.hosts[index].base = (base, fingerprint)
            }
        }
    }

    @Test func eachSenderIsJudgedByWhatItIsShown() throws {
        let scene = Self.scene("base").with { $0.hosts[0].dane = .mismatch("another key") }
        let address = try #require(scene.assessment.hosts.first?.addresses.first)
        #expect(address.acceptance == [.mtaSTS: .accepts, .opportunistic: .accepts, .dane: .refuses("TLSA mismatch")])
        #expect(address.chains.compactMap(\.tls.leaf?.sha256) == ["aa"])
        #expect(address.daneChains.compactMap(\.tls.leaf?.sha256) == ["base"])
        let old = Self.scene("base").everySession { $0.trust = Scene.trusted(days: -1) }
        let acceptance = try #require(old.assessment.hosts.first?.addresses.first?.acceptance)
        #expect(acceptance[.mtaSTS]?.isRefusal == true && acceptance[.dane] == .accepts)
    }

    /// The memory holds the keys for the host's own name: their change says nothing of the base's.
    @Test(arguments: [("new", true), ("base", false)])
    func aNewKeyOfTheHostIsNoNewKeyOfTheBase(fingerprint: String, isTold: Bool) {
        var scene = Self.scene("base")
        scene.show("old", [FindingTests.oldKey], FindingTests.oldKey)
        scene.remember(ago: 600)
        scene.show("new", [FindingTests.spki], FindingTests.spki)
        for index in scene.hosts.indices { scene.hosts[index].base?.fingerprint = fingerprint }
        #expect(scene.codes.contains(.danePublishedTooLate) == isTold)
    }

    /// Where a match by DANE-TA ends with the chain that is shown for the base, the end is told.
    @Test func theEndOfTheBasesChainIsTold() throws {
        let scene = Self.scene("base").with { $0.hosts[0].sessions[0].trust = Scene.trusted(days: 5) }
        var evidence = scene.evidence
        let end = Scene.now.addingTimeInterval(5 * Scene.day)
        evidence.hosts[0].sessions = Self.scene("base").evidence.hosts[0].sessions
        evidence.hosts[0].dane[scene.hosts[0].sessions[0].address] = DANETimeline([
            .init(from: .distantPast, match: .match(FindingTests.spki)), .init(from: end, match: .mismatch("expired")),
        ])
        let assessment = assess(
            evidence, memory: DomainMemory().observing(evidence, now: scene.now), hosts: [:], network: .sound,
            expects: nil, now: scene.now)
        let finding = try #require(assessment.findings.first { $0.code == .certificateExpiring })
        #expect(finding.subject == "mx1.example.com (real.example.net)")
        #expect(finding.senders == [.dane] && finding.deadline == end)
    }

    /// A planned certificate comes to be shown for both names only where one is today.
    @Test(arguments: [("aa", "planned"), ("base", "base")])
    func aPlannedCertificateReplacesItsOwn(fingerprint: String, then: String) throws {
        let scene = Self.scene(fingerprint)
        let host = scene.hosts[0].name
        let trust = Scene.trusted(days: 80)
        let facts = Scene.facts(names: [host.text], trust: trust, fingerprint: "planned")
        var change = PlannedChange()
        change.certificates[host] = .init(
            chain: CertificateChain(der: [Array("planned".utf8)]), facts: [facts], trust: trust)
        let (evidence, _) = change.applied(to: scene.evidence, newHosts: [:], at: scene.now) { chain, _, _ in
            let match = DANEMatch.mismatch(String(decoding: chain.der[0], as: UTF8.self))
            return DANETimeline([.init(from: .distantPast, match: match)])
        }
        let seen = try #require(evidence.hosts.first)
        #expect(seen.sessions.first?.value.tls?.leaf?.sha256 == "planned")
        #expect(seen.dane.values.first?.match(at: scene.now) == .mismatch(then))
    }
}
