import Evidence
import MTASTS
import Polling
import Testing

@testable import UnboundDNS

/// Validation, with a zone signed beforehand.
@Suite(.timeLimit(.minutes(5))) struct UnboundResolverDNSSECTests {
    private func server(_ change: (inout [DNSRecord]) -> Void = { _ in }) throws -> ScriptedServer {
        var records = SignedZone.records
        change(&records)
        return try ScriptedServer { script in
            script.serve(SignedZone.name, records)
            script.serve(
                "unsigned.signed.example", [.soa("unsigned.signed.example"), .txt("unsigned.signed.example", "u")])
        }
    }

    private func resolver(_ server: ScriptedServer, timeout: Duration = .seconds(60)) throws -> UnboundResolver {
        try UnboundDNSTests.resolver(asking: server, anchors: [SignedZone.anchor], timeout: timeout)
    }

    @Test func signedDataAndDenialsAreSecure() async throws {
        let resolver = try resolver(server())
        let mx = try await resolver.mx(name("signed.example"), fresh: false)
        #expect(mx.value?.count == 2)
        #expect(mx.dnssec == .secure)
        let host = try await resolver.addresses(name("mx1.signed.example"), fresh: false)
        #expect(host.all.map(\.description) == ["192.0.2.1"])
        #expect(host.ipv6.outcome == .noData)
        #expect(host.dnssec == .secure)
        let alias = try await resolver.addresses(name("alias.signed.example"), fresh: false)
        #expect(alias.aliases.map(\.text) == ["mx1.signed.example"])
        #expect(alias.dnssec == .secure)
        let tlsa = try await resolver.tlsa(name("_25._tcp.mx1.signed.example"), fresh: false)
        #expect(tlsa.value?.first?.isUsable == true)
        #expect(tlsa.dnssec == .secure)
        let none = try await resolver.tlsa(name("_25._tcp.mx2.signed.example"), fresh: false)
        #expect(none.outcome == .noName)
        #expect(none.dnssec == .secure)
        #expect(await resolver.health() == .validating)
    }

    @Test func anUnsignedDelegationIsInsecure() async throws {
        let answer = try await resolver(server()).txt(name("unsigned.signed.example"), fresh: false)
        #expect(answer.value == [TXTRecord("u")])
        #expect(answer.dnssec == .insecure)
    }

    @Test func changedDataIsBogusAndNotGivenOut() async throws {
        let server = try server { records in
            records.removeAll { $0.owner == "mx2.signed.example" && $0.type == 1 }
            records.append(.a("mx2.signed.example", "192.0.2.66"))
        }
        let answer = try await resolver(server).addresses(name("mx2.signed.example"), fresh: false)
        guard case .bogus(let reason) = answer.ipv4.failure else {
            Issue.record("not bogus: \(answer.ipv4)")
            return
        }
        #expect(reason.contains("mx2.signed.example"))
        #expect(answer.ipv4.value == nil)
        #expect(answer.dnssec == .bogus)
    }

    @Test func aRepairedSignatureIsSeenByAFreshLook() async throws {
        let host = "mx2.signed.example"
        let server = try server { $0.removeAll { $0.owner == host && $0.covered == 1 } }
        let resolver = try resolver(server)
        #expect(try await resolver.addresses(name(host), fresh: false).ipv4.dnssec == .bogus)
        server.edit { $0.serve(SignedZone.name, SignedZone.records) }
        #expect(try await resolver.addresses(name(host), fresh: true).ipv4.dnssec == .secure)
    }

    @Test func withheldKeysMakeValidationImpossibleAndNothingBogus() async throws {
        // The forwarder answers, and strips all that validation needs.
        let server = try server { $0.removeAll { [46, 47, 48].contains($0.type) } }
        let resolver = try resolver(server)
        let mx = try await resolver.mx(name("signed.example"), fresh: false)
        #expect(mx.value?.count == 2)
        #expect(mx.dnssec == .unknown)
        guard case .unvalidated(let reason) = await resolver.health() else {
            Issue.record("not unvalidated")
            return
        }
        #expect(reason.contains("127.0.0.1") && reason.contains("--recursive"))
        #expect(try await resolver.tlsa(name("_25._tcp.mx2.signed.example"), fresh: true).dnssec == .unknown)
        // Once the forwarder is mended, the next look finds out.
        server.edit { $0.serve(SignedZone.name, SignedZone.records) }
        #expect(await resolver.health() == .validating)
        #expect(try await resolver.mx(name("signed.example"), fresh: false).dnssec == .secure)
    }

    @Test func aKeyThatIsNotAnsweredForIsOurTimeoutNotBogusData() async throws {
        // Two anchored zones: one keeps validation proven, the keys of the other are never answered for.
        let lost = "lost.example"
        let server = try server()
        server.edit { script in
            script.set(lost, 48, .silence)
            script.set(lost, 6, .message(answers: [.soa(lost)]))
            script.set(lost, 15, .message(answers: [.mx(lost, 1, "mx.lost.example")]))
            script.set("failing.example", 48, .message(rcode: 2))
            script.set("failing.example", 15, .message(answers: [.mx("failing.example", 1, "mx.lost.example")]))
            script.set("keyless.example", 48, .message(authority: [.soa("keyless.example")]))
            script.set("keyless.example", 15, .message(answers: [.mx("keyless.example", 1, "mx.lost.example")]))
        }
        let digest = SignedZone.anchor.split(separator: " ").dropFirst(3).joined(separator: " ")
        let others = [lost, "failing.example", "keyless.example"].map { "\($0). IN DS \(digest)" }
        let resolver = try UnboundDNSTests.resolver(
            asking: server, anchors: [SignedZone.anchor] + others, timeout: .seconds(3))
        #expect(try await resolver.mx(name(lost), fresh: false).failure == .timeout)
        #expect(try await resolver.mx(name("failing.example"), fresh: false).failure == .serverFailure)
        // Here the servers say that there is no key, which is a broken zone.
        #expect(try await resolver.mx(name("keyless.example"), fresh: false).dnssec == .bogus)
    }
}
