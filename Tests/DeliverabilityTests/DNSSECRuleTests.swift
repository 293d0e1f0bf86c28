import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

extension DNSAnswer {
    /// The answer as a signed zone gives it, its signature made for so many days.
    func signed(daysLeft: Double, of days: Double = 30, zone: String = "example.com") -> DNSAnswer {
        let until = Scene.now.addingTimeInterval(daysLeft * Scene.day)
        return DNSAnswer(
            outcome, dnssec: .secure, aliases: aliases, ttl: ttl,
            signatures: SignatureValidity(zone: zone, from: until.addingTimeInterval(-days * Scene.day), until: until))
    }
}

/// When a signature is late, and what follows when it ends.
@Suite struct DNSSECRuleTests {
    @Test(arguments: [
        // Left and life in days: the signers in use at their latest, and just beyond.
        (7.5, 30.0, false), (3.1, 30, false), (2.9, 30, true), (1.5, 14, false), (1.3, 14, true), (0.9, 2, false),
        (0.1, 2, true), (3.1, 3650, false), (-1, 30, true),
    ])
    func isLateInTheLastTenth(_ row: (left: Double, life: Double, isLate: Bool)) {
        let scene = Scene().with { $0.mx = $0.mx?.signed(daysLeft: row.left, of: row.life) }
        #expect(scene.codes == (row.isLate ? [.dnssecSignatureExpiring] : []))
    }

    @Test func oneFindingForEachZone() throws {
        let scene = Scene().with { scene in
            scene.mx = scene.mx?.signed(daysLeft: 2)
            scene.record = scene.record?.signed(daysLeft: 1)
            scene.hosts[0].tlsa = DNSAnswer(.noData, dnssec: .secure).signed(daysLeft: 2.5, zone: "example.net")
            scene.hosts[1].tlsa = DNSAnswer(.noData, dnssec: .secure).signed(daysLeft: 20, zone: "example.org")
        }
        let findings = scene.assessment.findings
        #expect(findings.map(\.subject) == ["example.com", "example.net"])
        #expect(findings[0].evidence.hasPrefix("the signature of TXT _mta-sts.example.com and 1 more ends "))
        #expect(findings[0].deadline == Scene.now.addingTimeInterval(Scene.day))
        #expect(scene.assessment.why == "DNSSEC signature ends in 1d")
    }

    @Test func theForecastTellsWhenValidatingSendersDefer() throws {
        let scene = Scene().with { $0.mx = $0.mx?.signed(daysLeft: 2) }
        let end = Scene.now.addingTimeInterval(2 * Scene.day)
        let entry = try #require(scene.assessment.forecast.first)
        #expect(scene.assessment.bouncesAt == end)
        #expect(entry.at == end && entry.sender == .dane && entry.delivery == .refused)
        #expect(entry.because == "dnssec-signature-expiring example.com")
    }

    @Test func theForecastTellsWhenAHostTurns() throws {
        let scene = Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
                scene.hosts[index].tlsa = scene.hosts[index].tlsa?.signed(daysLeft: 1)
            }
        }
        let entry = try #require(scene.assessment.forecast.first)
        #expect(entry.at == Scene.now.addingTimeInterval(Scene.day) && entry.sender == .dane)
        #expect(entry.delivery == .refused && entry.because == "dnssec-signature-expiring mx1.example.com")
        #expect(scene.assessment.dane.delivery == .delivers)
    }

    /// The signatures are late, the TLSA records hold for both keys, and nothing else turns.
    @Test func theForecastForgetsNeitherKey() {
        let scene = Scene().with { scene in
            scene.record = scene.record?.signed(daysLeft: 2)
            for index in scene.hosts.indices {
                scene.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
                scene.hosts[index].alternateDANE = .match(FindingTests.spki)
            }
        }.everySession { $0.alternate = ($0.names, Scene.trusted(days: 60)) }
        let end = Scene.now.addingTimeInterval(2 * Scene.day)
        let host = scene.evidence.withoutRenewedSignatures(at: end, now: Scene.now).hosts[0]
        #expect(host.alternateDANE == scene.evidence.hosts[0].alternateDANE && !host.alternateDANE.isEmpty)
        #expect(!scene.assessment.forecast.contains { $0.sender == .dane && $0.at <= end })
    }

    /// A signer that is on time renews: its dates are no clock of the domain's.
    @Test func signaturesThatAreNotLateForecastNothing() {
        let assessment = Scene().with { $0.mx = $0.mx?.signed(daysLeft: 10) }.assessment
        let healthy = Scene().assessment
        #expect(assessment.bouncesAt == healthy.bouncesAt)
        #expect(assessment.forecast == healthy.forecast)
    }
}
