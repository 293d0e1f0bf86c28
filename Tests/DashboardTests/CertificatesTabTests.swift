import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Testing

@Suite struct CertificatesTabTests {
    private func screen(_ rhythm: RenewalRhythm, width: Int = 120) -> [String] {
        let status = Sample.status("a.example", .ok, hosts: [Sample.host("mx1.a.example")])
        guard var assessment = status.assessment else { return [] }
        assessment.renewals = [rhythm]
        let told = DomainStatus(domain: status.domain, assessment: assessment, evidence: status.evidence)
        var model = Sample.model(
            [.listed([Sample.watched(told)]), .assessed([told])], size: Size(width: width, height: 30))
        model.type("4")
        return model.screen(width, 30)
    }

    private func rhythm(
        _ daysAgo: [Double], expected: Double?, isMissed: Bool = false, host: String = "mx1.a.example"
    ) -> RenewalRhythm {
        RenewalRhythm(
            host: Sample.name(host), address: Sample.address("192.0.2.10"),
            renewals: daysAgo.map { Sample.ago($0 * 86_400) }, expected: expected.map { Sample.ahead(days: $0) },
            isMissed: isMissed)
    }

    @Test("The rhythm of renewals is told, and the next one")
    func rhythmIsTold() {
        let lines = screen(rhythm([30, 90, 150], expected: 30))
        #expect(
            lines.contains(" renewed  25 Oct, 26 Aug, 27 Jun (every 60d)   next expected 24 Dec"),
            "\(lines.joined(separator: "\n"))")
    }

    @Test("A renewal that did not come is told as missed, on its own line where width lacks")
    func missed() {
        let lines = screen(rhythm([30, 90], expected: -2, isMissed: true), width: 60)
        #expect(lines.contains(" renewed  25 Oct, 26 Aug (every 60d)"))
        #expect(lines.contains("          next expected 22 Nov: MISSED"))
    }

    @Test("One renewal alone has no rhythm; another host's is not told here")
    func few() {
        #expect(screen(rhythm([30], expected: nil)).contains(" renewed  25 Oct"))
        #expect(!screen(rhythm([30, 90], expected: 30, host: "mx2.a.example")).contains { $0.contains("renewed") })
    }
}
