import Evidence
import MTASTS
import Testing

@testable import Deliverability

/// The pages say what the rules do.
@Suite struct FindingExplanationTests {
    @Test func eachCodeIsExplainedOnce() {
        #expect(FindingExplanation.all.map(\.code.rawValue).sorted() == FindingCode.allCases.map(\.rawValue).sorted())
        for code in FindingCode.allCases { #expect(FindingExplanation.of(code)?.code == code) }
        #expect(FindingExplanation.families.allSatisfy { !$0.name.isEmpty && !$0.explanations.isEmpty })
    }

    @Test(arguments: FindingCode.allCases) func textsAreWithinBounds(_ code: FindingCode) throws {
        let page = try #require(FindingExplanation.of(code))
        #expect((30...400).contains(page.meaning.count))
        #expect((7...300).contains(page.when.count))
        #expect((20...300).contains(page.fix.count))
        for text in [page.meaning, page.when, page.fix] {
            #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) })
            #expect(text.hasSuffix(".") || text.hasSuffix(")"))
        }
        let severity = page.severity
        #expect(!(severity.enforce + severity.testing + severity.unenforced).isEmpty)
        for list in [severity.enforce, severity.testing, severity.unenforced] {
            #expect(list == Array(Set(list)).sorted())
        }
        #expect(Set(page.senders).count == page.senders.count)
        let section = page.rfc.split(separator: " ")
        #expect(page.rfc == "-" || (section.count == 2 && Int(section[0]) != nil))
    }

    /// Every finding of every scene, in every mode: RFC, TLSRPT type, senders and severity are those of the page.
    @Test(arguments: FindingTests.rows) func agreesWithTheRules(_ row: FindingTests.Row) throws {
        let scenes = [row.scene(), row.nearMiss?.scene()].compactMap { $0 }
        for scene in scenes {
            try check(scene)
            try check(scene.with { $0.mode = "testing" })
            try check(scene.with { $0.record = DNSAnswer(.noData, dnssec: .insecure) })
        }
        let severities = try #require(FindingExplanation.of(row.code)).severity
        #expect((severities.enforce + severities.testing).contains(row.severity))
    }

    /// Where DANE senders refuse for the same defect, the severity of enforce holds without a policy.
    @Test func keepsItsSeverityForDANE() throws {
        let anchor = TLSARecord(usage: 2, selector: 1, matchingType: 1, data: [UInt8](repeating: 1, count: 32))
        let scene = Scene().with { scene in
            scene.record = DNSAnswer(.noData, dnssec: .insecure)
            for index in scene.hosts.indices { scene.hosts[index].sign([anchor], match: .mismatch("expired")) }
        }.everySession { $0.trust = Scene.trusted(days: -1) }
        #expect(scene.finding(.certificateExpired)?.severity == .critical)
        try check(scene)
    }

    private func check(_ scene: Scene) throws {
        let assessment = scene.assessment
        let isLive = assessment.record?.status == .valid
        // Copies in mode enforce are enforced whatever is served.
        let isHeld = assessment.cached.contains { $0.mode == .enforce }
        for finding in assessment.findings {
            let page = try #require(FindingExplanation.of(finding.code))
            #expect(finding.rfc == page.rfc)
            #expect(finding.tlsrpt == page.tlsrpt, "\(finding.code)")
            #expect(Set(finding.senders).isSubset(of: page.senders), "\(finding.code): \(finding.senders)")
            let byMode =
                switch isLive ? assessment.policy?.policy?.mode : nil {
                case .enforce: page.severity.enforce
                case .testing: page.severity.testing
                case .some(.none), nil: page.severity.unenforced
                }
            let isKept = page.severity.keepsForDANE && finding.senders.contains(.dane)
            #expect(
                (isKept || (isHeld && !byMode.contains(finding.severity)) ? page.severity.enforce : byMode).contains(
                    finding.severity), "\(finding.code)")
        }
    }
}
