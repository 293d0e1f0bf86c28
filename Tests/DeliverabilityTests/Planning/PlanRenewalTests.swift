import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Plans for a certificate of which no more than the dates is known.
@Suite struct PlanRenewalTests {
    private static let host = Scene.name("mx1.example.com")
    private static let day = 86_400.0

    private static func session(_ scene: Scene) throws -> TLSSession {
        try #require(scene.evidence.hosts.first { $0.host == host }?.sessions.first?.value.tls)
    }

    /// - Parameters: days from now; without a beginning as people mostly type it.
    private static func renewed(
        _ scene: Scene, from: Double? = nil, days: Double
    ) throws -> PlannedChange.Certificate {
        let start = from.map { Stamp.text(Scene.now + $0 * day) + ".." } ?? ""
        let dates = try #require(CertificateDates(text: start + Stamp.text(Scene.now + days * day)))
        return try #require(PlannedChange.Certificate(renewing: session(scene), dates, now: Scene.now))
    }

    private func plan(
        _ scene: Scene, _ certificate: PlannedChange.Certificate,
        match: @escaping (CertificateChain, [TLSARecord]) -> DANEMatch = { _, _ in .unusable }
    ) -> Plan {
        scene.plan(match: match) { $0.certificates[Self.host] = certificate }
    }

    @Test func anEndThatComesSoonerIsForecast() throws {
        let scene = Scene()
        let plan = plan(scene, try Self.renewed(scene, days: 3))
        #expect(!plan.harmsSomebody)
        #expect(plan.newFindings.contains { $0.code == .certificateExpiring && $0.subject == Self.host.text })
        #expect(plan.steps.map(\.what) == ["Install the certificate on mx1.example.com."])
        #expect(
            plan.assumptions == [
                "the renewed certificate of mx1.example.com has the names, the issuer and the key of the one of today"
            ])
    }

    @Test func anEndThatIsPastIsRefusedAndNotInstalled() throws {
        let scene = Scene()
        let plan = plan(scene, try Self.renewed(scene, from: -90, days: -1))
        let standing = plan.after.hosts.first { $0.host == Self.host }?.addresses.first?.certificate
        #expect(standing == .expired)
        #expect(plan.step("Do not install that certificate on mx1.example.com: certificate expired") != nil)
    }

    @Test func whatIsNotValidYetIsNotInstalled() throws {
        let scene = Scene()
        let plan = plan(scene, try Self.renewed(scene, from: 1, days: 90))
        #expect(plan.step("Do not install that certificate on mx1.example.com: certificate not yet valid") != nil)
    }

    @Test func anExpiredOneIsMendedByItsRenewal() throws {
        let scene = Scene().with { scene in
            for index in scene.hosts.indices { scene.hosts[index].sessions[0].trust = Scene.trusted(days: -2) }
        }
        #expect(scene.assessment.mtaSTS.delivery == .refused)
        let dates = try #require(CertificateDates(text: Stamp.text(Scene.now + 90 * Self.day)))
        let plan = scene.plan { change in
            for host in scene.evidence.hosts {
                let tls = host.sessions.first?.value.tls
                change.certificates[host.host] = tls.flatMap { .init(renewing: $0, dates, now: Scene.now) }
            }
        }
        #expect(plan.after.mtaSTS.delivery == .delivers)
        #expect(plan.after.state == .ok)
    }

    @Test("What is wrong with the chain besides its dates stays wrong")
    func flaws() throws {
        let scene = Scene().with { scene in
            scene.hosts[0].sessions[0].trust = Scene.always(.selfSigned)
        }
        let certificate = try Self.renewed(scene, from: 0, days: 90)
        #expect(certificate.trust.trust(at: Scene.now + 1) == .selfSigned)
    }

    @Test func datesAreReadToTheLetter() {
        func stamps(_ text: String) -> [String]? {
            CertificateDates(text: text).map { [$0.notBefore, $0.notAfter].compactMap { $0 }.map(Stamp.text) }
        }
        #expect(stamps("2027-02-01") == ["2027-02-01T00:00:00Z"])
        #expect(stamps("2027-02-01T12:30:00Z") == ["2027-02-01T12:30:00Z"])
        #expect(stamps("2026-11-01..2027-02-01") == ["2026-11-01T00:00:00Z", "2027-02-01T00:00:00Z"])
        for text in ["", "..", "2027-02-31", "2027-2-1", "2027-02-01..", "2027-02-01..2026-11-01", "chain.pem", "2027"]
        {
            #expect(stamps(text) == nil, "\(text)")
        }
        for text in ["2027-02-31", "2027-2-1", "2027-02-01.."] { #expect(CertificateDates.isMeant(by: text)) }
        for text in ["2027-chain.pem", "2027", "./2027-02-01", "-", "T.Z-"] {
            #expect(!CertificateDates.isMeant(by: text), "\(text)")
        }
    }

    @Test("The key stays, and with it its record; one of the whole certificate goes, an issuer's ends with the dates")
    func records() throws {
        let scene = Scene()
        let certificate = try Self.renewed(scene, days: 10)
        func record(_ usage: Int, _ selector: Int) -> TLSARecord {
            TLSARecord(usage: usage, selector: selector, matchingType: 1, data: Array(repeating: 7, count: 32))
        }
        func timeline(_ records: TLSARecord...) -> DANETimeline {
            certificate.dane(records, [Self.host]) { _, records, _ in
                let match = records.first { $0.isUsable }.map { DANEMatch.match($0) } ?? .unusable
                return DANETimeline([.init(from: .distantPast, match: match)])
            }
        }
        let soon = Scene.now + Self.day
        let late = Scene.now + 20 * Self.day
        #expect(timeline(record(3, 1)).match(at: late) == .match(record(3, 1)))
        #expect(timeline(record(3, 0), record(3, 1)).match(at: soon) == .match(record(3, 1)))
        guard case .mismatch = timeline(record(3, 0)).match(at: soon) else {
            Issue.record("a record of the whole certificate matched another one")
            return
        }
        #expect(timeline(record(2, 0)).match(at: soon) == .match(record(2, 0)))
        #expect(timeline(record(2, 0)).turns(after: soon) == [Scene.now + 10 * Self.day])
        #expect(timeline(record(1, 1)).match(at: soon) == .unusable)
    }
}
