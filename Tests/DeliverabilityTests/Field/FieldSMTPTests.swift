import Evidence
import MTASTS
import Testing

@testable import Deliverability

/// SMTP and TLS at an MX address, rule by rule: what each sender class makes of it (RFC 8461 4.2, RFC 7672 2.2).
@Suite("The field: SMTP and TLS") struct FieldSMTPTests {
    /// Both MX hosts alike.
    private static func every(
        _ name: String, _ bend: @escaping @Sendable (inout Scene.Session) -> Void,
        _ change: (inout FieldCase) -> Void
    ) -> FieldCase {
        FieldCase(name) { $0 = $0.everySession(bend) }.expecting(change)
    }

    /// No class gets through.
    private static func dead(_ name: String, _ outcome: ConnectionOutcome, _ code: FindingCode) -> FieldCase {
        every(name) {
            $0.outcome = outcome
            $0.starttls = .unknown
            $0.hasTLS = false
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.opportunistic = .refused
            $0.raises = [code]
            $0.silent = [.starttlsMissing]
        }
    }

    /// Senders that enforce refuse, the others go on in plain text.
    private static func stripped(_ name: String, _ status: STARTTLSStatus, _ code: FindingCode) -> FieldCase {
        every(name) {
            $0.starttls = status
            $0.hasTLS = false
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.opportunistic = .delivers
            $0.raises = [code]
        }
    }

    private static func tls(_ name: String, _ failure: TLSFailure, _ code: FindingCode) -> FieldCase {
        every(name) {
            $0.outcome = .tls(failure)
            $0.hasTLS = false
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.raises = [code]
        }
    }

    private static func certificate(_ name: String, _ trust: TrustTimeline, _ code: FindingCode) -> FieldCase {
        every(name) {
            $0.trust = trust
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.opportunistic = .delivers
            $0.raises = [code]
        }
    }

    /// What only we meet is unknown, and no finding about the host.
    private static func ours(_ name: String, _ outcome: ConnectionOutcome) -> FieldCase {
        every(name) {
            $0.outcome = outcome
            $0.starttls = .unknown
            $0.hasTLS = false
        } _: {
            $0.state = .unknown
            $0.mtaSTS = .unknown
            $0.opportunistic = .unknown
            $0.silent = [.mxUnreachable, .addressUnreachable, .starttlsMissing]
        }
    }

    static let connections: [FieldCase] = [
        dead("refused", .refused, .mxUnreachable), dead("timed out", .timeout("connect"), .mxUnreachable),
        dead("no route", .unreachable("connect"), .mxUnreachable),
        dead("closed before the banner", .closed("banner"), .mxUnreachable),
        dead("banner 421", .banner(code: 421, text: "too many"), .mxUnreachable),
        dead("banner 554", .banner(code: 554, text: "no service"), .mxUnreachable),
        ours("our own failure is unknown, not bad", .error("network is unreachable")),
        ours(
            "a greeting that turns our own address away says nothing of other senders",
            .banner(code: 554, text: "5.7.1 client host [192.0.2.99] is listed at a block list")),
        stripped("EHLO refused, HELO taken: no extensions", .missing, .starttlsMissing),
        stripped("masked by a firewall or an attack", .masked("250 XXXXXXXA"), .starttlsMasked),
        stripped("STARTTLS answered 454", .refused(code: 454, text: "not available"), .starttlsRefused),
        stripped("STARTTLS answered 502", .refused(code: 502, text: "no"), .starttlsRefused),
        every("bytes after the 220 are told and are no TLS data") {
            $0.starttls = .injected("250 evil")
            $0.hasTLS = false
        } _: {
            $0.raises = [.starttlsInjection]
            $0.silent = [.starttlsMissing, .starttlsMasked]
        },
        tls("an alert in the handshake", TLSFailure(kind: .handshake, reason: "alert 40"), .tlsHandshakeFailed),
        tls("silence in the handshake", TLSFailure(kind: .silence, reason: "no answer"), .tlsHandshakeFailed),
        tls("only TLS 1.0 and 1.1", TLSFailure(kind: .legacyOnly, reason: "TLSv1"), .tlsLegacyOnly),
    ]

    static let chains: [FieldCase] = [
        certificate("expired", Scene.trusted(days: -1), .certificateExpired),
        certificate("not yet valid", Scene.trusted(days: 100), .certificateNotYetValid),
        certificate("self-signed", Scene.always(.selfSigned), .certificateSelfSigned),
        certificate("another root", Scene.always(.untrusted(root: "CN=x")), .certificateUntrusted),
        certificate(
            "intermediate not sent", Scene.always(.incomplete(missingIssuer: "CN=R11")), .certificateChainIncomplete),
        certificate("RSA 1024", Scene.always(.weak("EE key too small")), .certificateWeak),
        certificate("a chain signed with SHA-1", Scene.always(.weak("CA md too weak")), .certificateWeak),
        every("the CN is never consulted") {
            $0.names = []
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.raises = [.certificateNameMismatch]
        },
        every("another name") {
            $0.names = ["mail.example.net"]
        } _: {
            $0.state = .bouncing
            $0.mtaSTS = .refused
            $0.opportunistic = .delivers
            $0.raises = [.certificateNameMismatch]
        },
        every("a wildcard that covers the host") {
            $0.names = ["*.example.com"]
        } _: {
            $0.state = .ok
            $0.silent = [.certificateNameMismatch]
        },
        every("a wildcard covers one label only") {
            $0.names = ["*.com"]
        } _: {
            $0.mtaSTS = .refused
            $0.raises = [.certificateNameMismatch]
        },
        FieldCase("testing: the same defect bounces nothing and says what enforce would do") {
            $0.mode = "testing"
            $0 = $0.everySession { $0.trust = Scene.trusted(days: -1) }
        }.expecting {
            $0.state = .warning
            $0.mtaSTS = .delivers
            $0.enforced = .refused
            $0.raises = [.policyTesting, .certificateExpired]
        },
    ]

    static let addresses: [FieldCase] = [
        FieldCase("one refused MX of two: mail flows through the other") {
            $0.hosts[0].sessions[0].trust = Scene.trusted(days: -1)
        }
        .expecting {
            $0.state = .risk
            $0.mtaSTS = .partial
            $0.opportunistic = .delivers
        },
        FieldCase("a dead IPv6 side is told and refuses nothing") {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "2001:db8::1")
            $0.hosts[0].sessions[1].outcome = .timeout("connect")
            $0.hosts[0].sessions[1].starttls = .unknown
            $0.hosts[0].sessions[1].hasTLS = false
        }.expecting {
            $0.mtaSTS = .delivers
            $0.raises = [.addressUnreachable]
            $0.silent = [.mxUnreachable]
        },
        FieldCase("certificates that differ between the addresses of a host") {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.3")
            $0.hosts[0].sessions[1].trust = Scene.trusted(days: -1)
            $0.hosts[0].sessions[1].fingerprint = "bb"
        }.expecting { $0.raises = [.certificateDiffersBetweenAddresses, .certificateExpired] },
        FieldCase("a good MX behind five bad addresses does not save the mail of Postfix") {
            $0.hosts[0] = Scene.Host(
                "mx1.example.com", "192.0.2.1", "192.0.2.11", "192.0.2.12", "192.0.2.13", "192.0.2.14")
            for index in $0.hosts[0].sessions.indices {
                $0.hosts[0].sessions[index].starttls = .missing
                $0.hosts[0].sessions[index].hasTLS = false
            }
        }.expecting { $0.raises = [.mxBeyondLimit] },
        FieldCase("so without a policy, where five addresses are dead") {
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.isFetched = false
            $0.hosts[0] = Scene.Host(
                "mx1.example.com", "192.0.2.1", "192.0.2.11", "192.0.2.12", "192.0.2.13", "192.0.2.14")
            for index in $0.hosts[0].sessions.indices {
                $0.hosts[0].sessions[index].outcome = .refused
                $0.hosts[0].sessions[index].starttls = .unknown
                $0.hosts[0].sessions[index].hasTLS = false
            }
        }.expecting { $0.raises = [.mxBeyondLimit] },
    ]

    @Test(arguments: connections) func dialogueMeansSo(_ row: FieldCase) { row.verify() }
    @Test(arguments: chains) func chainMeansSo(_ row: FieldCase) { row.verify() }
    @Test(arguments: addresses) func addressesMeanSo(_ row: FieldCase) { row.verify() }
}
