import Testing

extension RealServerTests {
    /// Records whose signatures fail are an error, never absence (FIELD.md 2 and 5).
    @Suite("A signed zone made bogus")
    struct Bogus {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        private func check(_ label: String) async throws -> CheckReport.Domain {
            let check = try await CheckRun.run([label + "." + Testbed.zone], in: bed)
            let domain = try #require(check.report.domains.first)
            #expect(["bouncing", "risk", "warning", "unknown"].contains(domain.state))
            #expect(check.status != 0)
            for absence in ["record-missing", "mx-missing", "domain-missing", "mx-implicit", "mx-null"] {
                #expect(domain.finding(absence) == nil, "\(absence)")
            }
            return domain
        }

        @Test("an MX record changed after signing")
        func changedMX() async throws {
            let domain = try await check("bogusmx")
            #expect(domain.mx.status == "bogus")
            #expect(domain.mx.dnssec == "bogus")
            let finding = try #require(domain.finding("mx-bogus"), "\(domain.findings.map(\.code))")
            #expect(finding.severity == "critical")
            #expect(finding.tlsrpt == "dnssec-invalid")
            // The other records of the zone are still true.
            #expect(domain.record.status == "valid")
            #expect(domain.policy.status == "valid")
        }

        @Test("a TLSA record changed after signing: DANE senders defer, the others deliver")
        func changedTLSA() async throws {
            let domain = try await check("bogustlsa")
            #expect(domain.mx.dnssec == "secure")
            #expect(domain.finding("dane-bogus")?.severity == "critical")
            #expect(domain.senders.dane.delivery == "refused")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.mx.hosts.first?.addresses.first?.dane == "bogus")
        }

        @Test("a DS of another key: nothing in the zone can be believed")
        func wrongDS() async throws {
            let domain = try await check("wrongds")
            #expect(domain.record.status == "failed")
            #expect(domain.finding("record-lookup-failed") != nil)
            #expect(domain.mx.status == "bogus")
            #expect(domain.finding("mx-bogus") != nil)
        }
    }
}
