import Evidence
import FoundationEssentials
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Testing

@testable import MailLab

/// The lab as the program's own probe and policy fetcher see it.
@Suite(.timeLimit(.minutes(5)))
struct LabProbeTests {
    /// What is to be seen of one behaviour: the outcome, STARTTLS, and the connections that it takes.
    private static func sees(_ behaviour: MXBehaviour, _ session: SessionEvidence) -> Bool {
        switch (behaviour, session.outcome, session.starttls) {
        case (.normal, .ok, .offered): session.tls?.isModern == true
        case (.noSTARTTLS, .ok, .missing): true
        case (.masked, _, .masked): true
        case (.starttlsRefused, _, .refused(code: 454, text: _)): true
        case (.injection, _, .injected): true
        case (.bannerRefused, .banner(code: 554, text: _), _): true
        case (.ehloRefused, .ok, .missing): true
        case (.silent, .timeout, _), (.tarpit, .timeout, _): true
        case (.endlessBanner, .error, _), (.endlessLine, .error, _): true
        case (.endlessEHLO, .error, .unknown): true
        case (.hostileText, .ok, .refused(code: 454, text: _)): true
        case (.hostileRefusal, .banner(code: 554, text: _), _): true
        case (.closeAfterConnect, .closed, _): true
        case (.tlsGarbage, .tls(let failure), .offered): failure.kind == .handshake
        case (.tlsSilence, .tls(let failure), .offered), (.tlsDrip, .tls(let failure), .offered):
            failure.kind == .silence
        case (.endlessKeyUpdates, .tls, .offered): session.tls?.isModern == true
        case (.endlessSecureEHLO, .error, .offered): session.tls?.isModern == true
        case (.renegotiation, .ok, .offered): session.tls?.version == "TLSv1.2"
        case (.legacyOnly, .tls(let failure), .offered): failure.kind == .legacyOnly
        case (.refused, .refused, _): true
        default: false
        }
    }

    @Test(arguments: MXBehaviour.allCases)
    func `each behaviour is told by the probe`(behaviour: MXBehaviour) async throws {
        let authority = try LabAuthority()
        let setup = LabMXSetup(
            hostName: "mx1.harbour.example", identity: try authority.good("mx1.harbour.example"), behaviour: behaviour)
        let server = try await LabSMTPServer.start(at: [try address("127.78.2.1")], as: setup)
        var deadlines = ProbeDeadlines()
        if behaviour == .silent || behaviour == .tarpit { deadlines.banner = .milliseconds(200) }
        if behaviour == .tlsSilence || behaviour == .tlsDrip { deadlines.handshake = .milliseconds(200) }
        let probe = SMTPProbe(
            group: MultiThreadedEventLoopGroup.singleton,
            judge: OpenSSLChainJudge(store: try .pem(authority.rootPEM)), client: try .client(),
            permissive: try .client(permissive: true), helo: try name("tester.example"), deadlines: deadlines)
        let key = SessionKey(
            address: server.addresses[0], port: server.port, serverName: try name("mx1.harbour.example"))
        let session = await probe.probe(key)
        #expect(Self.sees(behaviour, session), "\(session.outcome) \(session.starttls)")
        // A failed handshake is tried once more, with old TLS allowed.
        let expected = [.tlsGarbage: 2, .legacyOnly: 2, .refused: 0][behaviour] ?? 1
        #expect(server.connections(to: key.address) == expected)
        #expect(server.visits(to: key.address).allSatisfy { !$0.commands.contains("MAIL") })
        if behaviour == .normal {
            #expect(session.tls?.trust.trust(at: Date()) == .trusted)
            #expect(server.visits(to: key.address).first?.serverName == "mx1.harbour.example")
        }
        await server.stop()
    }

    @Test func `the demo's policies come as the table says`() async throws {
        let lab = try await Lab.start()
        let fetcher = HTTPSPolicyFetcher(
            group: MultiThreadedEventLoopGroup.singleton, judge: OpenSSLChainJudge(store: try .pem(lab.caPEM)),
            client: try .client(), port: lab.httpsPort)
        for domain in lab.world.domains {
            guard let reply = domain.policy else { continue }
            let fetch = await fetcher.fetch(
                host: try name(domain.policyHost), addresses: [lab.web.address], aliases: [])
            switch reply.status {
            case 200: #expect(fetch.body == reply.body)
            case 301: #expect(fetch.failure == .redirect(status: 301, location: reply.location ?? ""))
            default: #expect(fetch.failure == .status(reply.status))
            }
            let isTrusted = fetch.tls?.trust.trust(at: Date()) == .trusted
            #expect(isTrusted == (domain.policyCertificate == .good), "\(domain.name)")
        }
        await lab.stop()
    }
}
