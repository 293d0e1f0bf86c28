import Evidence
import MTASTS
import Polling
import Synchronization
import Testing
import UnboundDNS

@testable import MailLab

/// The zones as the program's own resolver reads them.
@Suite(.timeLimit(.minutes(1)))
struct LabDNSTests {
    /// The root zone keeps every question inside: nothing is asked of anybody.
    private func resolver(_ lab: Lab) throws -> UnboundResolver {
        let zones = lab.zones.map { LocalZone(name: $0.name, records: $0.records) }
        return try UnboundResolver(
            .init(
                resolvers: [.init(address: try address("127.0.0.1"), port: 1)], trustsRoot: false,
                localZones: zones + [LocalZone(name: ".", records: [])]))
    }

    @Test func `every domain of the demo resolves to what the table says`() async throws {
        let lab = try await Lab.start()
        let resolver = try resolver(lab)
        for domain in lab.world.domains {
            let mx = await resolver.mx(try name(domain.name), fresh: false)
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
        for host in lab.world.hosts {
            let found = await resolver.addresses(try name(host.name), fresh: false)
            let all = Set((found.ipv4.value ?? []) + (found.ipv6.value ?? []))
            #expect(all == Set(lab.addresses(of: host.name)), "\(host.name)")
            let tlsa = await resolver.tlsa(try name("_25._tcp." + host.name), fresh: false)
            #expect(tlsa.value == (host.publishesTLSA ? lab.identity(of: host.name).map { [$0.endEntityTLSA] } : nil))
        }
        #expect(await resolver.mx(try name("nobody.example"), fresh: false).outcome == .noName)
        await lab.stop()
    }

    @Test func `a change is seen by the very next lookup`() async throws {
        let lab = try await Lab.start()
        let resolver = try resolver(lab)
        let failures = Mutex<[String]>([])
        lab.onZoneChange { zones in
            for zone in zones {
                do {
                    try resolver.setLocalData(zone.name, zone.records)
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        let domain = try name("harbour-bank.example")
        let before = await resolver.mx(domain, fresh: false).value
        #expect(before?.count == 2)
        try await lab.perform(.apply(.unlistedMX, domain.text))
        #expect(await resolver.mx(domain, fresh: true).value?.map(\.host?.text) == [LabWorld.elsewhere])
        try await lab.perform(.repair(.unlistedMX, domain.text))
        #expect(await resolver.mx(domain, fresh: true).value == before)
        try await lab.perform(.apply(.recordRemoved, domain.text))
        #expect(await resolver.txt(try name("_mta-sts." + domain.text), fresh: true).isAbsent)
        #expect(failures.withLock { $0 } == [])
        await lab.stop()
    }
}
