import Testing

extension RealServerTests {
    @Suite("Rules of the field")
    struct Field {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        private func check(_ label: String, status: Int32) async throws -> CheckReport.Domain {
            let check = try await CheckRun.run([label + "." + Testbed.zone], in: bed)
            let domain = try #require(check.report.domains.first)
            #expect(check.status == status, "\(domain.state): \(domain.findings)")
            return domain
        }

        @Test("TLSA 2 1 1 of an intermediate that is sent")
        func anchor() async throws {
            let domain = try await check("anchor", status: 0)
            #expect(domain.senders.dane.delivery == "delivers")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            let host = try #require(domain.mx.hosts.first)
            #expect(host.tlsa.first?.hasPrefix("2 1 1 ") == true)
            #expect(host.addresses.first?.dane == "match")
        }

        @Test("a key change under way: the old and the new TLSA 3 1 1 stand side by side")
        func rollover() async throws {
            let domain = try await check("rollover", status: 0)
            let host = try #require(domain.mx.hosts.first)
            #expect(host.tlsa.count == 2)
            #expect(host.addresses.first?.dane == "match")
            #expect(domain.finding("dane-mismatch") == nil)
        }

        @Test("an intermediate that is not sent")
        func incomplete() async throws {
            let domain = try await check("incomplete", status: 2)
            #expect(domain.senders.mtaSTS.delivery == "refused")
            #expect(domain.senders.opportunistic.delivery == "delivers")
            #expect(domain.finding("certificate-chain-incomplete")?.severity == "high")
            #expect(domain.finding("certificate-untrusted") == nil)
        }

        @Test("an MX that is a CNAME: its own name counts for the policy and the certificate")
        func alias() async throws {
            let domain = try await check("alias", status: 1)
            #expect(domain.state == "warning")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.finding("mx-cname") != nil)
            let host = try #require(domain.mx.hosts.first)
            #expect(host.host == "mail.alias." + Testbed.zone)
            #expect(host.inPolicy == true)
            #expect(host.addresses.first?.certificate?.nameMatches == true)
        }

        @Test("no MX record: the domain itself takes the mail")
        func implicit() async throws {
            let domain = try await check("implicit", status: 0)
            #expect(domain.mx.status == "implicit")
            #expect(domain.mx.hosts.map(\.host) == ["implicit." + Testbed.zone])
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.finding("mx-implicit")?.severity == "info")
        }

        @Test("a null MX: no mail, and nothing to alarm about")
        func null() async throws {
            let domain = try await check("null", status: 0)
            #expect(domain.mx.status == "null")
            #expect(domain.mx.hosts.isEmpty)
            #expect(domain.finding("mx-null")?.severity == "info")
        }

        @Test(
            "one address family is dead, the other takes the mail",
            .enabled(if: Loopback.hasIPv6, "this machine has no ::1"))
        func deadFamily() async throws {
            let domain = try await check("deadfamily", status: 1)
            #expect(domain.state == "warning")
            #expect(domain.senders.mtaSTS.delivery == "delivers")
            #expect(domain.finding("address-unreachable") != nil)
            #expect(domain.finding("mx-unreachable") == nil)
            let outcomes = try #require(domain.mx.hosts.first?.addresses.map(\.outcome))
            #expect(outcomes.sorted() == ["ok", "refused"])
        }

        @Test("TLS 1.0 and nothing newer")
        func legacy() async throws {
            let domain = try await check("legacy", status: 2)
            #expect(domain.senders.mtaSTS.delivery == "refused")
            #expect(domain.finding("tls-legacy-only")?.severity == "critical")
            #expect(domain.finding("tls-handshake-failed") == nil)
        }

        @Test("two MX hosts at one address, told apart by SNI, each with its own certificate")
        func serverName() async throws {
            let domain = try await check("sni", status: 0)
            #expect(domain.mx.hosts.count == 2)
            #expect(Set(domain.mx.hosts.flatMap(\.addresses).map(\.address)).count == 1)
            for host in domain.mx.hosts {
                let certificate = try #require(host.addresses.first?.certificate)
                #expect(certificate.nameMatches)
                #expect(certificate.names == [host.host])
            }
        }
    }
}
