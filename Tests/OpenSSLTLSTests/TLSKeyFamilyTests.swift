import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import OpenSSLTLS

/// A client that takes one kind of key only, and servers that have one or both.
@Suite(.timeLimit(.minutes(5))) struct TLSKeyFamilyTests {
    private let pki: TestPKI
    private let name: DomainName

    init() throws {
        pki = try TestPKI()
        name = try #require(DomainName("mx1.example.org"))
    }

    private func identity(_ kind: TestKey.Kind) throws -> TLSServerIdentity {
        let leaf = try pki.leafMaker().sign(TestKey(kind), by: pki.intermediate)
        return TLSServerIdentity(
            names: ["mx1.example.org"], chainPEM: TestCertificate.pem([leaf.der, pki.intermediate.der]),
            keyPEM: leaf.key.pem)
    }

    private func shake(_ context: TLSContext, _ client: TLSContext, name: DomainName? = nil) throws -> TLSEnd {
        let end = try TLSEnd(client, .client(serverName: name ?? self.name))
        try pump(end, TLSEnd(context, .server))
        return end
    }

    @Test(arguments: [TLSVersion.v12, .v13]) func bothAreShownToWhoAsks(_ version: TLSVersion) throws {
        let server = try TLSContext.server(
            identities: [identity(.p256)], minimum: version, maximum: version, second: identity(.rsa(2_048)))
        for family in [KeyFamily.rsa, .ecdsa] {
            let end = try shake(server, .client(only: family))
            let handshake = try #require(end.recorder.handshakes.first, "\(end.recorder.errors)")
            #expect(CertificateReader.facts(of: handshake.chain).first?.keyFamily == family)
            #expect(handshake.version == version.rawValue)
        }
        #expect(try shake(server, .client()).recorder.handshakes.count == 1)
    }

    @Test(
        arguments: [TLSVersion.v12, .v13],
        [(TestKey.Kind.p256, KeyFamily.ecdsa), (.rsa(2_048), .rsa), (.ed25519, .ecdsa)])
    func theOnlyOneIsNotShownAsTheOther(_ version: TLSVersion, _ has: (TestKey.Kind, KeyFamily)) throws {
        let server = try TLSContext.server(identities: [identity(has.0)], minimum: version, maximum: version)
        let own = try shake(server, .client(only: has.1))
        #expect(own.recorder.handshakes.count == 1, "\(own.recorder.errors)")
        let other = try shake(server, .client(only: has.1.other))
        #expect(other.recorder.handshakes.isEmpty)
        #expect(other.recorder.errors.count == 1)
    }

    @Test func theWarningOfAnUnknownNameIsNoted() throws {
        let stranger = try #require(DomainName("other.example.org"))
        let server = try TLSContext.server(identities: [identity(.p256)], maximum: .v12, unknownNames: .warn)
        #expect(try shake(server, .client(), name: stranger).recorder.handshakes.first?.isNameUnknown == true)
        #expect(try shake(server, .client()).recorder.handshakes.first?.isNameUnknown == false)
    }

    @Test(arguments: [TLSVersion.v12, .v13]) func theFatalAlertOfAnUnknownNameIsTold(_ version: TLSVersion) throws {
        let stranger = try #require(DomainName("other.example.org"))
        let server = try TLSContext.server(
            identities: [identity(.p256)], minimum: version, maximum: version, unknownNames: .refuse)
        let end = try shake(server, .client(), name: stranger)
        guard case .unknownName? = end.recorder.errors.first else {
            Issue.record("\(end.recorder.errors)")
            return
        }
        #expect(try shake(server, .client()).recorder.handshakes.count == 1)
    }
}
