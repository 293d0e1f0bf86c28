import Evidence
import MTASTS
import Polling
import Testing
import UnboundDNS

@testable import MailLab

/// The zones as the program's own resolver reads them.
@Suite(.timeLimit(.minutes(5)))
struct LabDNSTests {
    private func resolver(_ lab: Lab) throws -> UnboundResolver {
        try UnboundResolver(
            .init(
                resolvers: [.init(address: lab.names.address, port: UInt16(lab.names.port))],
                trustAnchors: [try #require(lab.trustAnchor)], trustsRoot: false))
    }

    @Test func `every domain of the demo resolves to what the table says`() async throws {
        let lab = try await Lab.start()
        let resolver = try resolver(lab)
        for domain in lab.world.domains {
            let mx = await resolver.mx(try name(domain.name), fresh: false)
            guard domain.signing != .lapsed else {
                #expect(mx.dnssec == .bogus && mx.value == nil)
                continue
            }
            #expect(mx.dnssec == (domain.signing == .unsigned ? .insecure : .secure), "\(domain.name)")
            let hosts = domain.hosts.compactMap { DomainName($0) }
            if hosts.isEmpty {
                #expect(mx.value?.count == 1)
            } else {
                #expect(mx.value?.map(\.host) == hosts)
            }
            let records = await resolver.txt(try name("_mta-sts." + domain.name), fresh: false)
            #expect(Set(records.value?.map(\.bytes) ?? []) == Set(domain.records.map { Array($0.utf8) }))
            let web = await resolver.addresses(try name(domain.policyHost), fresh: false)
            #expect(web.ipv4.value == (domain.policy == nil ? nil : [lab.web.address]))
            let report = await resolver.txt(try name("_smtp._tls." + domain.name), fresh: false)
            #expect(report.value?.map(\.bytes) == (domain.tlsrpt.isEmpty ? nil : domain.tlsrpt.map { Array($0.utf8) }))
            if domain.tlsrpt.isEmpty { #expect(report.isAbsent) }
        }
        for host in lab.world.hosts where !host.name.hasSuffix("lapsed-zone.example") {
            let found = await resolver.addresses(try name(host.name), fresh: false)
            let all = Set((found.ipv4.value ?? []) + (found.ipv6.value ?? []))
            #expect(all == Set(lab.addresses(of: host.name)), "\(host.name)")
            let tlsa = await resolver.tlsa(try name("_25._tcp." + host.name), fresh: false)
            if host.tlsaFault != nil {
                #expect(tlsa.failure == .serverFailure)
            } else {
                #expect(tlsa.value?.count == (host.tlsa.isEmpty ? nil : host.tlsa.count), "\(host.name)")
            }
        }
        for (host, isInUse) in [("mx1.anchor-bank.example", true), ("mx1.key-turned.example", false)] {
            let tlsa = await resolver.tlsa(try name("_25._tcp." + host), fresh: false)
            #expect(tlsa.dnssec == .secure)
            #expect((tlsa.value == lab.identity(of: host).map { [$0.endEntityTLSA] }) == isInUse)
        }
        let authority = await resolver.tlsa(try name("_25._tcp.mx1.house-ca.example"), fresh: false)
        #expect(authority.value == [lab.authority.trustAnchorTLSA])
        #expect(await resolver.mx(try name("nobody.example"), fresh: false).outcome == .noName)
        await lab.stop()
    }

    @Test func `a changed key leaves its TLSA records behind, and the old key comes back`() async throws {
        let lab = try await Lab.start()
        let resolver = try resolver(lab)
        let host = "mx1.anchor-bank.example"
        func published() async throws -> [TLSARecord]? {
            await resolver.tlsa(try name("_25._tcp." + host), fresh: true).value
        }
        let before = try #require(lab.identity(of: host))
        #expect(try await published() == [before.endEntityTLSA])
        try await lab.perform(.apply(.keyChanged, "anchor-bank.example"))
        #expect(lab.identity(of: host)?.endEntityTLSA != before.endEntityTLSA)
        #expect(try await published() == [before.endEntityTLSA])
        try await lab.perform(.repair(.keyChanged, "anchor-bank.example"))
        #expect(lab.identity(of: host) == before)
        await lab.stop()
    }

    @Test func `a change is seen by the very next lookup`() async throws {
        let lab = try await Lab.start()
        let resolver = try resolver(lab)
        let domain = try name("harbour-bank.example")
        let before = await resolver.mx(domain, fresh: false).value
        #expect(before?.count == 2)
        try await lab.perform(.apply(.unlistedMX, domain.text))
        #expect(await resolver.mx(domain, fresh: true).value?.map(\.host?.text) == [LabWorld.elsewhere])
        try await lab.perform(.repair(.unlistedMX, domain.text))
        #expect(await resolver.mx(domain, fresh: true).value == before)
        try await lab.perform(.apply(.recordRemoved, domain.text))
        #expect(await resolver.txt(try name("_mta-sts." + domain.text), fresh: true).isAbsent)
        await lab.stop()
    }
}
