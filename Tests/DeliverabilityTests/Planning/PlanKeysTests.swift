import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Plans for certificates and TLSA records: a resolver gives the old set on for its TTL.
@Suite struct PlanKeysTests {
    private static let old = FindingTests.spki
    private static let next = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: Array(repeating: 8, count: 32))
    private static let host = Scene.name("mx1.example.com")
    private static let chain = CertificateChain(der: [[9]])

    private static func scene(_ records: [TLSARecord] = [old]) -> Scene {
        Scene().with { scene in
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
            for index in scene.hosts.indices {
                scene.hosts[index].sign(records, match: .match(records[0]))
                scene.hosts[index].tlsa = DNSAnswer(.found(records), dnssec: .secure, ttl: 3_600)
            }
        }
    }

    /// The new key matches `next`, the old one `old`.
    private static func match(_ chain: CertificateChain, _ records: [TLSARecord]) -> DANEMatch {
        let own = chain == Self.chain ? next : records.contains(where: { $0.matchingType == 2 }) ? strong : old
        return records.contains(own) ? .match(own) : .mismatch("another key")
    }

    private static let strong = TLSARecord(
        usage: 3, selector: 1, matchingType: 2, data: Array(repeating: 5, count: 64))

    private static var certificate: PlannedChange.Certificate {
        let trust = Scene.trusted(days: 80)
        let facts = Scene.facts(names: ["mx1.example.com"], trust: trust, fingerprint: "newkey")
        return .init(chain: chain, facts: [facts], trust: trust)
    }

    private func plan(_ scene: Scene = scene(), certificate: Bool = true, tlsa: [TLSARecord]?) -> Plan {
        scene.plan(match: Self.match) {
            if certificate { $0.certificates[Self.host] = Self.certificate }
            $0.tlsa[Self.host] = tlsa
        }
    }

    @Test func recordsAreReadInPresentationForm() {
        #expect(TLSARecord(text: Self.next.description) == Self.next)
        #expect(TLSARecord(text: " 3\t1 1  08 0A")?.data == [8, 10])
        for text in ["", "3 1 1", "3 1 08", "3 1 1 080", "3 1 1 +8", "+3 1 1 08", "256 1 1 08", "3 1 1 zz", "3 1 1 ٠٨"]
        {
            #expect(TLSARecord(text: text) == nil, "\(text)")
        }
    }

    @Test func aKeyAndItsRecordThatAreSwappedTogetherOverlap() {
        let plan = plan(tlsa: [Self.next])
        #expect(plan.steps.map(\.what.first) == ["P", "I", "P"])
        #expect(
            plan.steps[0].lines == [
                "_25._tcp.mx1.example.com. TLSA \(Self.old)", "_25._tcp.mx1.example.com. TLSA 3 1 1 newkey",
            ])
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
        #expect(plan.steps[2].lines == ["_25._tcp.mx1.example.com. TLSA \(Self.next)"])
    }

    @Test func aSetForBothKeysIsPublishedFirst() {
        let plan = plan(tlsa: [Self.old, Self.next])
        #expect(plan.steps.map(\.what.first) == ["P", "I"])
        #expect(plan.steps[0].lines.count == 2)
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
    }

    @Test func aKeyThatIsPublishedAlreadyComesBeforeTheOldRecordGoes() {
        let plan = plan(Self.scene([Self.old, Self.next]), tlsa: [Self.next])
        #expect(plan.steps.map(\.what.first) == ["I", "P"])
        #expect(plan.steps.map(\.notBefore) == [nil, nil])
    }

    @Test func recordsThatGoWithTheKeyGoFirst() {
        let plan = plan(tlsa: [])
        #expect(plan.steps.map(\.what.first) == ["R", "I"])
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
    }

    @Test func recordsForAnotherKeyAloneAreNotPublished() throws {
        let plan = plan(certificate: false, tlsa: [Self.next])
        #expect(plan.harmsSomebody)
        let step = try #require(plan.steps.first)
        #expect(step.what.hasPrefix("Do not publish these TLSA records alone"))
        #expect(step.lines == ["_25._tcp.mx1.example.com. TLSA \(Self.old)"])
        let both = self.plan(certificate: false, tlsa: [Self.old, Self.next])
        #expect(both.steps.map(\.what) == ["Publish the new TLSA records of mx1.example.com."])
        #expect(both.steps[0].notBefore == nil)
    }

    /// The domain over a resolver that gives this status.
    private static func scene(_ dnssec: DNSSECStatus, _ records: [TLSARecord]? = nil) -> Scene {
        Scene().with { scene in
            for index in scene.hosts.indices {
                let addresses = scene.hosts[index].addresses
                scene.hosts[index].addresses = HostAddresses(
                    ipv4: DNSAnswer(addresses.ipv4.outcome, dnssec: dnssec),
                    ipv6: DNSAnswer(addresses.ipv6.outcome, dnssec: dnssec))
                scene.hosts[index].tlsa = DNSAnswer(
                    records.map { .found($0) } ?? .noData, dnssec: dnssec, ttl: 3_600)
            }
        }
    }

    /// Senders may validate what is not validated here: the key is compared all the same.
    @Test func recordsForAnotherKeyAreNotPublishedWhereDNSSECIsNotKnown() throws {
        let plan = plan(Self.scene(.unknown), certificate: false, tlsa: [Self.next])
        #expect(plan.harmsSomebody && plan.state != .ok)
        let dane = try #require(plan.effects.first { $0.sender == .dane })
        #expect(dane.before == .none && dane.after == .partial)
        #expect(plan.newFindings.contains { $0.code == .daneMismatch })
        #expect(plan.steps.map(\.what).first?.hasPrefix("Do not publish these TLSA records alone") == true)
        #expect(plan.steps.count == 1 && plan.steps[0].why.contains("at once"))
        #expect(plan.assumptions.contains { $0.hasPrefix("the answers for mx1.example.com are DNSSEC-signed") })
    }

    @Test func recordsForTheKeyOfTodayAreSignedByAssumption() {
        let plan = plan(Self.scene(.unknown), certificate: false, tlsa: [Self.old])
        #expect(!plan.harmsSomebody)
        #expect(plan.steps.map(\.what) == ["Publish the new TLSA records of mx1.example.com."])
        #expect(plan.assumptions.contains { $0.hasPrefix("the answers for mx1.example.com are DNSSEC-signed") })
    }

    @Test func recordsForAnotherKeyAreNotPublishedInAZoneThatIsNotSigned() {
        let plan = plan(Self.scene(.insecure), certificate: false, tlsa: [Self.next])
        #expect(!plan.harmsSomebody)
        #expect(plan.steps.map(\.what).first?.hasPrefix("Do not publish these TLSA records alone") == true)
        #expect(plan.steps.first?.why.contains("as soon as its zone is signed") == true)
        #expect(plan.assumptions.isEmpty)
    }

    @Test func aNewKeyWaitsForItsRecordWhereDNSSECIsNotKnown() {
        let plan = plan(Self.scene(.unknown, [Self.old]), tlsa: nil)
        #expect(plan.newFindings.contains { $0.code == .daneMismatch })
        #expect(plan.steps.map(\.what.first) == ["P", "I", "R"])
        #expect(plan.steps[1].notBefore == Scene.now + 7_200)
    }

    @Test func recordsOfAHostWhoseKeyWasNotSeenAreNotSaidToBeForIt() {
        let scene = Self.scene().firstSession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        let plan = plan(scene, certificate: false, tlsa: [Self.next])
        #expect(plan.step("Publish the new TLSA records")?.why == "Whether they are for the key of today was not seen.")
        #expect(plan.assumptions.contains { $0.contains("though that was not seen") })
    }

    @Test func recordsForNeitherKeyAreCorrectedFirst() {
        let stray = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: Array(repeating: 1, count: 32))
        let plan = plan(tlsa: [stray])
        let lines = plan.steps.map(\.lines).joined()
        #expect(plan.steps.map(\.what.first) == ["C", "P", "I", "R"])
        #expect(!lines.contains { $0.contains(stray.description) })
    }

    @Test func theFirstRecordsComeAfterTheirKey() {
        let scene = Self.scene().with { $0.hosts[0].sign(nil) }
        let plan = plan(scene, tlsa: [Self.next])
        #expect(plan.steps.map(\.what.first) == ["I", "P"])
    }

    /// The server shows an RSA chain, too: it stays, and its record goes.
    @Test func aNewKeyOfOneKindLeavesTheOtherInUse() throws {
        let scene = Self.scene([Self.old, Self.next]).with { $0.hosts[0].alternateDANE = .match(Self.old) }
            .firstSession { $0.alternate = ($0.names, Scene.trusted(days: 60)) }
        let plan = plan(scene, tlsa: [Self.next])
        let host = try #require(plan.after.hosts.first)
        #expect(host.addresses[0].chains.map(\.dane) == [.match, .mismatch])
        #expect(host.addresses[0].chains.map { $0.tls.leaf?.sha256 } == ["newkey", "rsa"])
        #expect(plan.newFindings.contains { $0.code == .daneMismatch && $0.subject == "mx1.example.com (RSA)" })
    }

    @Test func aNewRSAKeyTakesThePlaceOfTheRSAKey() throws {
        let trust = Scene.trusted(days: 80)
        let facts = Scene.facts(names: ["mx1.example.com"], trust: trust, fingerprint: "newrsa", key: "RSA 2048")
        let scene = Scene().firstSession { $0.alternate = ($0.names, Scene.trusted(days: 60)) }
        let plan = scene.plan {
            $0.certificates[Self.host] = .init(chain: Self.chain, facts: [facts], trust: trust)
        }
        #expect(plan.after.hosts[0].addresses[0].chains.map { $0.tls.leaf?.sha256 } == ["aa", "newrsa"])
    }

    @Test func addressesThatAreNotLookedAtAreStillCounted() {
        var evidence = Scene().evidence
        let host = evidence.hosts[0]
        evidence.hosts[0] = HostEvidence(
            host: host.host, addresses: host.addresses, addressCount: 99, sessions: host.sessions)
        var change = PlannedChange()
        change.certificates[host.host] = Self.certificate
        let then = change.applied(to: evidence, newHosts: [:], at: Scene.now) { _, _, _ in DANETimeline([]) }
        #expect(then.evidence.hosts[0].addressCount == 99)
    }

    /// Beside `3 1 2` of the old key a `3 1 1` of the new one does not count (RFC 7671 9).
    @Test func aWeakerDigestOfTheSameKindIsNotPublishedBesideAStrongerOne() {
        let plan = plan(Self.scene([Self.strong]), tlsa: nil)
        #expect(
            plan.steps.first?.lines == [
                "_25._tcp.mx1.example.com. TLSA \(Self.strong)", "_25._tcp.mx1.example.com. TLSA 3 0 1 newkey",
            ])
    }

    /// Beside `3 1 2` and `3 0 2` no digest that is to be had counts: both keys are named by the one that is.
    @Test func whereBothSelectorsHaveTheStrongestDigestBothKeysAreNamedAnew() {
        let certificateDigest = TLSARecord(
            usage: 3, selector: 0, matchingType: 2, data: Array(repeating: 5, count: 64))
        let plan = plan(Self.scene([Self.strong, certificateDigest]), tlsa: nil)
        #expect(plan.steps.map(\.what.first) == ["P", "I", "R"])
        #expect(plan.steps[0].what.contains("in place of the old ones"))
        #expect(
            plan.steps[0].lines == [
                "_25._tcp.mx1.example.com. TLSA 3 1 1 aa", "_25._tcp.mx1.example.com. TLSA 3 1 1 newkey",
            ])
    }
}
