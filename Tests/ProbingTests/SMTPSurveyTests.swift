import Evidence
import FoundationEssentials
import MTASTS
import MailLab
import NIOPosix
import OpenSSLTLS
import Testing

@testable import Probing

/// More handshakes with one server, each asked otherwise; the servers are OpenSSL's.
@Suite(.timeLimit(.minutes(5))) struct SMTPSurveyTests {
    private static let host = "mx1.example.test"

    private static func identity(_ names: [String], _ key: LabKey, _ authority: LabAuthority) throws
        -> TLSServerIdentity
    {
        let made = try authority.issue(
            names, from: Date().addingTimeInterval(-86_400), until: Date().addingTimeInterval(86_400), key: key)
        return TLSServerIdentity(names: names, chainPEM: made.chainPEM, keyPEM: made.keyPEM)
    }

    private static func look(
        _ server: TLSContext, _ authority: LabAuthority
    ) async throws -> (session: SessionEvidence, survey: TLSSurvey, names: [String?]) {
        let probe = SMTPProbe(
            group: .singletonMultiThreadedEventLoopGroup,
            judge: OpenSSLChainJudge(store: try .pem(authority.rootPEM)), client: try .client(),
            permissive: try .client(permissive: true),
            families: [.rsa: try .client(only: .rsa), .ecdsa: try .client(only: .ecdsa)],
            helo: try #require(DomainName("probe.example.test")))
        return try await ScriptedServer.run([ScriptedServer.Script(acts: SMTPProbeTests.acts(server))]) { running in
            let session = await probe.probe(try SMTPProbeTests.key(running.port))
            let survey = await probe.survey(session)
            await running.log.wait { $0.closed == $0.connections }
            return (session.with(survey), survey, running.log.entries.serverNames)
        }
    }

    @Test func theSecondChainIsSeen() async throws {
        let authority = try LabAuthority()
        let server = try TLSContext.server(
            identities: [Self.identity([Self.host], .p256, authority)],
            second: Self.identity([Self.host], .rsa2048, authority))
        let (session, survey, names) = try await Self.look(server, authority)
        #expect(session.tls?.leaf?.keyFamily == .ecdsa)
        #expect(session.alternate?.leaf?.keyFamily == .rsa)
        #expect(session.alternate?.trust.trust(at: Date()) == .trusted)
        #expect(survey.withoutName == .notAsked)
        #expect(names == [Self.host, Self.host])
    }

    @Test func theAbsentOneIsNot() async throws {
        let authority = try LabAuthority()
        let server = try TLSContext.server(identities: [Self.identity([Self.host], .p256, authority)])
        let (session, survey, _) = try await Self.look(server, authority)
        #expect(session.alternate == nil)
        guard case .refused(let reason) = survey.otherKey else {
            Issue.record("\(survey.otherKey)")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func theDefaultWhateverTheNameIsKnownForIt() async throws {
        let authority = try LabAuthority()
        let server = try TLSContext.server(identities: [Self.identity(["www.example.test"], .p256, authority)])
        let (session, _, names) = try await Self.look(server, authority)
        #expect(session.serverNameUse == .ignored)
        #expect(names.last == .some(nil))
    }

    @Test func aServerThatPicksByNameIsKnownForIt() async throws {
        let authority = try LabAuthority()
        let wrong = try Self.identity(["wrong.example.test"], .p256, authority)
        let server = try TLSContext.server(
            identities: [
                Self.identity(["www.example.test"], .p256, authority),
                TLSServerIdentity(names: [Self.host], chainPEM: wrong.chainPEM, keyPEM: wrong.keyPEM),
            ])
        let (session, _, _) = try await Self.look(server, authority)
        guard case .picks(let other)? = session.serverNameUse else {
            Issue.record("\(String(describing: session.serverNameUse))")
            return
        }
        #expect(session.tls?.leaf?.names == ["wrong.example.test"])
        #expect(other.leaf?.names == ["www.example.test"])
    }

    @Test func aServerThatBreaksOffAtTheNameIsAskedWithout() async throws {
        let authority = try LabAuthority()
        let server = try TLSContext.server(
            identities: [Self.identity(["www.example.test"], .p256, authority)], unknownNames: .refuse)
        let (session, _, _) = try await Self.look(server, authority)
        guard case .tls(let failure) = session.outcome, case .rejected(let other)? = session.serverNameUse else {
            Issue.record("\(session.outcome), \(String(describing: session.serverNameUse))")
            return
        }
        #expect(failure.kind == .unknownName)
        #expect(other.leaf?.names == ["www.example.test"])
    }
}
