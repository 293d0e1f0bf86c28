import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Testing

@testable import MailLab

/// Every way in which an MX host of the lab means harm, through the real probe to what the operator reads.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostileSMTPTests {
    /// What one behaviour must come to.
    struct Row: Sendable, CustomTestStringConvertible {
        let behaviour: MXBehaviour
        let finding: FindingCode
        /// A part of the finding's evidence.
        let evidence: String

        var testDescription: String { behaviour.rawValue }
    }

    static let rows: [Row] = [
        Row(behaviour: .silent, finding: .mxUnreachable, evidence: "no answer (banner)"),
        Row(behaviour: .tarpit, finding: .mxUnreachable, evidence: "no answer (banner)"),
        Row(behaviour: .endlessBanner, finding: .mxUnreachable, evidence: "banner: more than 100 lines"),
        Row(behaviour: .endlessEHLO, finding: .mxUnreachable, evidence: "EHLO: more than 100 lines"),
        Row(behaviour: .endlessLine, finding: .mxUnreachable, evidence: "a line of more than 2048 bytes"),
        Row(behaviour: .hostileText, finding: .starttlsRefused, evidence: "STARTTLS is answered 454 evil\\x1b"),
        Row(behaviour: .hostileRefusal, finding: .mxUnreachable, evidence: "answers 554 evil\\x1b]0;owned"),
        Row(behaviour: .injection, finding: .starttlsInjection, evidence: "plain text after the 220"),
        Row(behaviour: .tlsGarbage, finding: .tlsHandshakeFailed, evidence: "not TLS: \\x00\\x01this"),
        Row(behaviour: .tlsSilence, finding: .tlsHandshakeFailed, evidence: "no answer in the handshake"),
        Row(behaviour: .tlsDrip, finding: .tlsHandshakeFailed, evidence: "no answer in the handshake"),
        Row(behaviour: .endlessKeyUpdates, finding: .tlsHandshakeFailed, evidence: "records without data"),
        Row(behaviour: .endlessSecureEHLO, finding: .mxUnreachable, evidence: "EHLO after STARTTLS: more than 100"),
        Row(behaviour: .closeAfterConnect, finding: .mxUnreachable, evidence: "connection closed (banner)"),
        Row(behaviour: .legacyOnly, finding: .tlsLegacyOnly, evidence: "TLSv1.1"),
    ]

    static func probe(_ setup: LabMXSetup, root: String) async throws -> (SessionEvidence, took: Duration) {
        let server = try await LabSMTPServer.start(at: [try address("127.78.3.1")], as: setup)
        let key = SessionKey(
            address: server.addresses[0], port: server.port, serverName: try name(HostileVerdict.mxHost))
        var deadlines = ProbeDeadlines(timeout: .seconds(20))
        switch setup.behaviour {
        case .silent, .tarpit: deadlines.banner = .milliseconds(300)
        case .tlsSilence, .tlsDrip: deadlines.handshake = .milliseconds(300)
        default: break
        }
        let probe = SMTPProbe(
            group: MultiThreadedEventLoopGroup.singleton, judge: OpenSSLChainJudge(store: try .pem(root)),
            client: try .client(), permissive: try .client(permissive: true), helo: try name("tester.example"),
            deadlines: deadlines)
        let clock = ContinuousClock()
        let start = clock.now
        let session = await probe.probe(key)
        let took = start.duration(to: clock.now)
        await server.stop()
        return (session, took)
    }

    @Test(arguments: rows)
    func `each hostile MX comes to an end and to a finding, and nothing of it is shown raw`(row: Row) async throws {
        let authority = try LabAuthority()
        let setup = LabMXSetup(
            hostName: HostileVerdict.mxHost, identity: try authority.good(HostileVerdict.mxHost),
            behaviour: row.behaviour)
        let (session, took) = try await Self.probe(setup, root: authority.rootPEM)
        #expect(took < .seconds(20), "the deadline of the whole probe")
        #expect(session.dialogue.lines.count <= 200)
        #expect(session.keptBytes <= 64 * 1_024)
        let verdict = try HostileVerdict(session: session)
        let finding = try #require(verdict.finding(row.finding), "\(session.outcome) \(verdict.codes)")
        #expect(finding.evidence.contains(row.evidence), "\(finding.evidence)")
        try verdict.expectNothingRaw(row.behaviour.rawValue)
    }

    @Test func `a server that asks for another handshake gets none, and the probe goes on`() async throws {
        let authority = try LabAuthority()
        let setup = LabMXSetup(
            hostName: HostileVerdict.mxHost, identity: try authority.good(HostileVerdict.mxHost),
            behaviour: .renegotiation)
        let (session, _) = try await Self.probe(setup, root: authority.rootPEM)
        #expect(session.outcome == .ok)
        #expect(session.tls?.version == "TLSv1.2")
        let verdict = try HostileVerdict(session: session)
        #expect(!verdict.codes.contains { [.tlsHandshakeFailed, .mxUnreachable].contains($0) }, "\(verdict.codes)")
        try verdict.expectNothingRaw("renegotiation")
    }

    @Test func `control, bidi and 8-bit bytes in subject, issuer and SAN stay out of every text`() async throws {
        let authority = try LabAuthority()
        for host in [nil, HostileVerdict.mxHost] {
            let setup = LabMXSetup(
                hostName: HostileVerdict.mxHost, identity: try authority.issueHostile(for: host))
            let (session, _) = try await Self.probe(setup, root: authority.rootPEM)
            let leaf = try #require(session.tls?.leaf)
            #expect(leaf.subject.contains("evil"))
            #expect(leaf.names == [host].compactMap { $0 }, "a name with a NUL is no name")
            let verdict = try HostileVerdict(session: session)
            #expect(verdict.finding(.certificateSelfSigned) != nil)
            #expect((verdict.finding(.certificateNameMismatch) != nil) == (host == nil))
            try verdict.expectNothingRaw("certificate")
        }
    }

    @Test func `chains and certificates beyond the limits are refused as such`() async throws {
        let authority = try LabAuthority()
        let good = try authority.good(HostileVerdict.mxHost)
        let rows: [(LabIdentity, String)] = [
            (authority.overlong(good, by: 30), "32 certificates, more than 20"),
            (authority.overlong(good, by: 400), "more than 131072 bytes"),
            (try authority.issueManyNames(for: HostileVerdict.mxHost, count: 1_500), "a certificate of"),
            (try authority.issueManyNames(for: HostileVerdict.mxHost, count: 6_000), "more than 131072 bytes"),
        ]
        for (identity, evidence) in rows {
            let setup = LabMXSetup(hostName: HostileVerdict.mxHost, identity: identity)
            let (session, took) = try await Self.probe(setup, root: authority.rootPEM)
            #expect(took < .seconds(20))
            let verdict = try HostileVerdict(session: session)
            let finding = try #require(verdict.finding(.tlsHandshakeFailed), "\(session.outcome)")
            #expect(finding.evidence.contains(evidence), "\(finding.evidence)")
            try verdict.expectNothingRaw(evidence)
        }
    }

    @Test func `a thousand names are read, and the name that fits is found`() async throws {
        let authority = try LabAuthority()
        let identity = try authority.issueManyNames(for: HostileVerdict.mxHost, count: 1_000)
        let setup = LabMXSetup(hostName: HostileVerdict.mxHost, identity: identity)
        let (session, _) = try await Self.probe(setup, root: authority.rootPEM)
        #expect(session.tls?.leaf?.names.count == 1_000)
        let verdict = try HostileVerdict(session: session)
        #expect(verdict.finding(.certificateNameMismatch) == nil, "\(verdict.codes)")
        try verdict.expectNothingRaw("many names")
    }
}
