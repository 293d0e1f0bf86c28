import Evidence
import FoundationEssentials
import MTASTS
import OpenSSLTLS
import Polling
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5)))
struct LabTests {
    private static let small = LabWorld(
        domains: [
            LabDomain("harbour.example", "", mx: ["mx1", "mx2"]),
            LabDomain("lighthouse.test", "", mx: ["mx1.harbour.example"]),
        ], hosts: [LabHost("mx2.harbour.example", .noSTARTTLS, addressCount: 2)])

    private func withLab(_ world: LabWorld = small, _ body: (Lab) async throws -> Void) async throws {
        let lab = try await Lab.start(world)
        do {
            try await body(lab)
        } catch {
            await lab.stop()
            throw error
        }
        await lab.stop()
    }

    private func policy(_ lab: Lab, _ domain: String) async throws -> (body: String, chain: [[UInt8]]?) {
        let host = "mta-sts." + domain
        let client = try await TalkClient.connect(
            lab.web.address, lab.httpsPort, tls: (.client(), try name(host)))
        try await client.say("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: \(host)\r\n")
        let body = await client.rest()
        return (body, client.handshake?.chain.der)
    }

    @Test func `every host of the demo does what its row says`() async throws {
        try await withLab(.demo) { lab in
            for host in lab.world.hosts {
                let places = lab.addresses(of: host.name)
                #expect(places.filter(\.isIPv4).count == host.addressCount)
                for place in places {
                    if host.behaviour == .refused {
                        await #expect(throws: (any Error).self) { try await TalkClient.connect(place, lab.smtpPort) }
                        continue
                    }
                    let client = try await TalkClient.connect(place, lab.smtpPort)
                    if host.behaviour != .silent {
                        #expect(await client.reply().first?.hasPrefix("220 ") == true)
                        let offers = try await client.ask("EHLO t.example").contains("250-STARTTLS")
                        #expect(offers == [.normal, .legacyOnly].contains(host.behaviour), "\(host.name)")
                        if offers {
                            _ = try await client.ask("STARTTLS")
                            let permissive = host.behaviour == .legacyOnly
                            let handshake = try await client.startTLS(.client(permissive: permissive), name(host.name))
                            #expect(handshake?.chain.der == lab.identity(of: host.name)?.chain)
                        }
                    }
                    await client.close()
                }
            }
        }
    }

    @Test func `every policy host of the demo shows its certificate and its file`() async throws {
        try await withLab(.demo) { lab in
            for domain in lab.world.domains {
                guard let reply = domain.policy else { continue }
                let (answer, chain) = try await policy(lab, domain.name)
                #expect(answer.hasPrefix("HTTP/1.1 \(reply.status) "))
                #expect(answer.hasSuffix(String(decoding: reply.body, as: UTF8.self)))
                #expect(chain == lab.identity(of: domain.policyHost)?.chain)
            }
        }
    }

    @Test func `its root judges the demo's certificates as the table says`() async throws {
        try await withLab(.demo) { lab in
            let judge = OpenSSLChainJudge(store: try .pem(lab.caPEM))
            func trust(_ host: String) throws -> ChainTrust {
                let chain = try #require(lab.identity(of: host)?.chain)
                return judge.trust(of: CertificateChain(der: chain)).trust(at: Date())
            }
            #expect(try trust("mx1.harbour-bank.example") == .trusted)
            #expect(try trust("mta-sts.harbour-bank.example") == .trusted)
            #expect(try trust("mx1.own-signed.example") == .selfSigned)
            if case .expired = try trust("mx1.old-mill.example") {} else { Issue.record("old-mill") }
            if case .expired = try trust("mta-sts.web-lapsed.example") {} else { Issue.record("web-lapsed") }
            if case .incomplete = try trust("mx1.chain-gap.example") {} else { Issue.record("chain-gap") }
        }
    }

    @Test func `a change reaches the sockets and the zones before its caller goes on`() async throws {
        try await withLab { lab in
            let zones = lab.zones
            let place = try #require(lab.addresses(of: "mx1.harbour.example").first)
            let before = lab.identity(of: "mx1.harbour.example")

            try await lab.perform(.apply(.stripSTARTTLS, "mx1.harbour.example"))
            let client = try await TalkClient.connect(place, lab.smtpPort)
            _ = await client.reply()
            #expect(try await !client.ask("EHLO t.example").contains("250-STARTTLS"))
            await client.close()
            #expect(lab.zones == zones)

            try await lab.perform(.apply(.unlistedMX, "lighthouse.test"))
            #expect(lab.zones.filter { !zones.contains($0) }.map(\.name) == ["test"])
            #expect(lab.zones.last?.records["lighthouse.test"] == [.mx(10, "mx.elsewhere.example")])

            try await lab.perform(.apply(.wrongCertificate, "mx1.harbour.example"))
            try await lab.perform(.repair(.stripSTARTTLS, "mx1.harbour.example"))
            let (second, handshake) = try await greet(place, lab.smtpPort, as: "mx1.harbour.example")
            #expect(handshake?.chain.der == lab.identity(of: "mx1.harbour.example")?.chain)
            #expect(handshake?.chain.der != before?.chain)
            await second.close()

            try await lab.perform(.apply(.brokenPolicy, "harbour.example"))
            #expect(try await policy(lab, "harbour.example").body.contains("mode: enforced\r\n"))
            #expect(try await lab.perform(.reset) == "everything is as it was at the start")
            #expect(lab.world == lab.original)
            #expect(try await policy(lab, "harbour.example").body.contains("mode: enforce\r\n"))
        }
    }

    @Test func `a domain that goes takes its policy and its names with it`() async throws {
        try await withLab { lab in
            try await lab.change { world in world.domains.removeAll { $0.name == "lighthouse.test" } }
            #expect(lab.web.site("mta-sts.lighthouse.test") == nil)
            #expect(lab.zones.map(\.name) == [".", "example"])
            #expect(try await policy(lab, "lighthouse.test").body.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test func `a host that was not there at the start is refused, and nothing changes`() async throws {
        try await withLab { lab in
            let error = await #expect(throws: LabError.self) {
                try await lab.change { world in world.domains[0].mx = [LabDomain.MX(10, "mx9.new.example")] }
            }
            #expect(error?.description.contains("mx9.new.example") == true)
            #expect(lab.world == lab.original)
        }
    }

    @Test func `many labs run at once, each with ports, root and counts of its own`() async throws {
        let labs = try await withThrowingTaskGroup(of: Lab.self) { group in
            for _ in 0..<6 { group.addTask { try await Lab.start(Self.small) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(labs.map(\.smtpPort)).count == labs.count)
        #expect(Set(labs.map(\.httpsPort)).count == labs.count)
        #expect(Set(labs.map(\.caPEM)).count == labs.count)
        for (index, lab) in labs.enumerated() {
            let place = try #require(lab.addresses(of: "mx1.harbour.example").first)
            for _ in 0..<index {
                let (client, handshake) = try await greet(place, lab.smtpPort, as: "mx1.harbour.example")
                #expect(handshake?.chain.der == lab.identity(of: "mx1.harbour.example")?.chain)
                await client.close()
            }
            #expect(lab.smtp.connections(to: place) == index)
        }
        for lab in labs { await lab.stop() }
        for lab in labs {
            let place = try #require(lab.addresses(of: "mx1.harbour.example").first)
            await #expect(throws: (any Error).self) { try await TalkClient.connect(place, lab.smtpPort) }
            await #expect(throws: (any Error).self) { try await TalkClient.connect(lab.web.address, lab.httpsPort) }
        }
    }
}
