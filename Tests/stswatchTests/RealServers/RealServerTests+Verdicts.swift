import Testing

extension RealServerTests {
    @Suite("Verdicts")
    struct Verdicts {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        /// Checks one domain of the bed by its label.
        private func check(_ label: String) async throws -> (domain: CheckReport.Domain, status: Int32) {
            let check = try await CheckRun.run([label + "." + Testbed.zone], in: bed)
            #expect(check.report.schema == 1)
            let domain = try #require(check.report.domains.first)
            #expect(check.report.domains.count == 1)
            #expect(domain.domain == label + "." + Testbed.zone)
            return (domain, check.status)
        }

        private func address(_ domain: CheckReport.Domain) throws -> CheckReport.MX.Address {
            try #require(domain.mx.hosts.first?.addresses.first)
        }

        @Test("a healthy domain is ok, over both address families")
        func healthy() async throws {
            let (domain, status) = try await check("healthy")
            #expect(domain.state == "ok")
            #expect(status == 0)
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.senders.dane.delivery == "none")
            #expect(domain.senders.opportunistic.delivery == "delivers")
            #expect(domain.record.status == "valid")
            #expect(domain.policy.status == "valid")
            #expect(domain.policy.mode == "enforce")
            #expect(domain.tlsrpt.status == "valid")
            #expect(domain.mx.status == "present")
            #expect(domain.mx.dnssec == "secure")
            #expect(domain.findings.map(\.code) == [])
            let host = try #require(domain.mx.hosts.first)
            #expect(host.inPolicy == true)
            #expect(host.addresses.count == (bed.loopback.hasIPv6 ? 2 : 1))
            for address in host.addresses {
                #expect(address.outcome == "ok")
                #expect(address.starttls == "offered")
                #expect(address.tls == "TLSv1.3")
                #expect(address.certificate?.trusted == true)
                #expect(address.certificate?.nameMatches == true)
            }
        }

        @Test("a healthy Exim with an RSA key is ok; without TLSRPT record that is remarked and nothing else")
        func exim() async throws {
            let (domain, status) = try await check("exim")
            #expect(domain.state == "ok")
            #expect(status == 0)
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.findings.map(\.code) == ["tlsrpt-missing"])
            #expect(domain.finding("tlsrpt-missing")?.severity == "info")
            #expect(try address(domain).certificate?.key.hasPrefix("RSA") == true)
        }

        @Test(
            "what makes an enforcing sender refuse the only MX makes the domain bounce",
            arguments: [
                ("expired", "certificate-expired", "certificate-expired"),
                ("wrongname", "certificate-name-mismatch", "certificate-host-mismatch"),
                ("selfsigned", "certificate-self-signed", "certificate-not-trusted"),
                ("plain", "starttls-missing", "starttls-not-supported"),
                ("eximplain", "starttls-missing", "starttls-not-supported"),
            ])
        func refused(_ label: String, _ code: String, _ tlsrpt: String) async throws {
            let (domain, status) = try await check(label)
            #expect(domain.state == "bouncing")
            #expect(status == 2)
            #expect(domain.senders.mtaSTS.delivery == "refused")
            #expect(domain.senders.dane.delivery == "none")
            #expect(domain.senders.opportunistic.delivery == "delivers")
            let finding = try #require(domain.finding(code), "\(domain.findings.map(\.code))")
            #expect(finding.severity == "critical")
            #expect(finding.subject.contains("mx1.\(label).\(Testbed.zone)"))
            #expect(finding.senders.contains("mta-sts"))
            #expect(finding.tlsrpt == tlsrpt)
            #expect(finding.fix?.isEmpty == false)
            #expect(try address(domain).starttls == (code == "starttls-missing" ? "missing" : "offered"))
        }

        @Test("one broken MX of two is a partial delivery and a risk")
        func partial() async throws {
            let (domain, status) = try await check("partial")
            #expect(domain.state == "risk")
            #expect(status == 1)
            #expect(domain.senders.mtaSTS.delivery == "partial")
            let finding = try #require(domain.finding("starttls-missing"))
            #expect(finding.subject.contains("mx2.partial."))
            #expect(domain.finding("mx-last-usable") != nil)
        }

        @Test("an MX that the policy does not list bounces, whatever its certificate")
        func unlisted() async throws {
            let (domain, status) = try await check("unlisted")
            #expect(domain.state == "bouncing")
            #expect(status == 2)
            #expect(domain.senders.mtaSTS.delivery == "refused")
            #expect(domain.finding("mx-none-listed")?.severity == "critical")
            #expect(domain.mx.hosts.first?.inPolicy == false)
            let address = try address(domain)
            #expect(address.certificate?.trusted == true, "\(address), \(domain.findings)")
        }

        @Test(
            "a policy that cannot be had is a warning: nothing bounces by itself",
            arguments: [("notfound", "policy-http-status", 404), ("redirect", "policy-redirect", 301)])
        func noPolicy(_ label: String, _ code: String, _ http: Int) async throws {
            let (domain, status) = try await check(label)
            #expect(domain.state == "warning")
            #expect(status == 1)
            #expect(domain.senders.mtaSTS.delivery == "none")
            #expect(domain.finding(code)?.severity == "warning")
            #expect(domain.finding(code)?.tlsrpt == "sts-policy-fetch-error")
            #expect(domain.policy.status == "rejected")
            #expect(domain.policy.http?.status == http)
            #expect(domain.policy.mode == nil)
        }

        @Test("a TLSA record that matches the key authenticates the host")
        func tlsaMatch() async throws {
            let (domain, status) = try await check("tlsamatch")
            #expect(domain.state == "ok")
            #expect(status == 0)
            #expect(domain.senders.dane.delivery == "delivers")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.mx.hosts.first?.tlsa.first?.hasPrefix("3 1 1 ") == true)
            #expect(try address(domain).dane == "match")
            #expect(domain.defects == [])
        }

        @Test("a TLSA record of another key bounces mail of DANE senders alone")
        func tlsaMismatch() async throws {
            let (domain, status) = try await check("tlsamismatch")
            #expect(domain.state == "bouncing")
            #expect(status == 2)
            #expect(domain.senders.dane.delivery == "refused")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(try address(domain).dane == "mismatch")
            let finding = try #require(domain.finding("dane-mismatch"))
            #expect(finding.severity == "critical")
            #expect(finding.senders.contains("dane"))
        }

        @Test("TLSA 3 1 1 ignores dates and issuer, MTA-STS does not")
        func daneOnly() async throws {
            let (domain, status) = try await check("daneonly")
            #expect(domain.state == "bouncing")
            #expect(status == 2)
            #expect(domain.senders.dane.delivery == "delivers")
            #expect(domain.senders.mtaSTS.delivery == "refused")
            #expect(try address(domain).dane == "match")
        }

        @Test("TLSA in an unsigned zone is nobody's protection")
        func unsigned() async throws {
            let (domain, status) = try await check("unsigned")
            #expect(domain.state == "warning")
            #expect(status == 1)
            #expect(domain.mx.dnssec == "insecure")
            #expect(domain.senders.dane.delivery == "none")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.finding("dane-insecure")?.severity == "warning")
            #expect(try address(domain).dane == "insecure")
        }
    }
}
