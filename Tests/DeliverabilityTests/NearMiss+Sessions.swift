import Evidence

@testable import Deliverability

extension NearMiss {
    static let sessions: [NearMiss] = [
        NearMiss(session: .starttlsMissing, "EHLO was never answered", instead: [.mxUnreachable]) {
            ($0.outcome, $0.starttls, $0.hasTLS) = (.banner(code: 421, text: "later"), .unknown, false)
        },
        NearMiss(session: .starttlsMasked, "plainly not offered", instead: [.starttlsMissing]) {
            ($0.starttls, $0.hasTLS) = (.missing, false)
        },
        NearMiss(session: .starttlsRefused, "accepted, then the handshake fails", instead: [.tlsHandshakeFailed]) {
            ($0.outcome, $0.hasTLS) = (.tls(TLSFailure(kind: .handshake, reason: "reset")), false)
        },
        NearMiss(session: .starttlsInjection, "an error instead of the 220", instead: [.starttlsRefused]) {
            ($0.starttls, $0.hasTLS) = (.refused(code: 454, text: "250 hello"), false)
        },
        NearMiss(session: .tlsHandshakeFailed, "old versions still work", instead: [.tlsLegacyOnly]) {
            ($0.outcome, $0.hasTLS) = (.tls(TLSFailure(kind: .legacyOnly, reason: "TLS 1.1")), false)
        },
        NearMiss(session: .tlsLegacyOnly, "TLS 1.2") { $0.version = "TLSv1.2" },
        NearMiss(session: .certificateExpired, "one second is left", instead: [.certificateExpiring]) {
            $0.trust = Scene.trusted(days: 1 / Scene.day)
        },
        NearMiss(session: .certificateNotYetValid, "valid from this second") { $0.trust = Scene.trusted(days: 90) },
        NearMiss(session: .certificateExpiring, "23 of 90 days are left") { $0.trust = Scene.trusted(days: 23) },
        NearMiss(session: .certificateUntrusted, "self-signed", instead: [.certificateSelfSigned]) {
            $0.trust = Scene.always(.selfSigned)
        },
        NearMiss(session: .certificateSelfSigned, "a private root", instead: [.certificateUntrusted]) {
            $0.trust = Scene.always(.untrusted(root: "CN=Private CA"))
        },
        NearMiss(session: .certificateChainIncomplete, "whole, to a private root", instead: [.certificateUntrusted]) {
            $0.trust = Scene.always(.untrusted(root: "CN=Private CA"))
        },
        NearMiss(session: .certificateNameMismatch, "a wildcard over the left-most label") {
            $0.names = ["*.example.com"]
        },
        NearMiss(session: .certificateWeak, "another defect of the chain", instead: [.certificateUntrusted]) {
            $0.trust = Scene.always(.invalid("unhandled critical extension"))
        },
        NearMiss(.certificateDiffersBetweenAddresses, "two certificates, both good") {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.3")
            $0.hosts[0].sessions[1].fingerprint = "bb"
        },
        NearMiss(
            session: .certificateDiffersBetweenKeys, "both have expired", instead: [.certificateExpired]
        ) {
            $0.trust = Scene.trusted(days: -1)
            $0.alternate = ($0.names, Scene.trusted(days: -2))
        },
    ]

    static let dane: [NearMiss] = [
        NearMiss(.daneMismatch, "the record matches") {
            for index in $0.hosts.indices {
                $0.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
            }
        },
        NearMiss(.daneLookupFailed, "the address is not signed") {
            $0.hosts[0].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
        },
        NearMiss(.daneBogus, "SERVFAIL that is not DNSSEC's", instead: [.daneLookupFailed]) {
            $0.hosts[0].sign(nil)
            $0.hosts[0].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
        },
        NearMiss(.daneUnusable, "a usable record beside it") {
            let unusable = TLSARecord(usage: 1, selector: 1, matchingType: 1, data: [1])
            for index in $0.hosts.indices {
                $0.hosts[index].sign([unusable, FindingTests.spki], match: .match(FindingTests.spki))
            }
        },
        NearMiss(.daneInsecure, "no record, and that is signed") { $0.hosts[0].sign(nil) },
        NearMiss(.danePartial, "records everywhere, one does not match", instead: [.daneMismatch]) {
            $0.hosts[0].sign([FindingTests.spki], match: .match(FindingTests.spki))
            $0.hosts[1].sign([FindingTests.spki], match: .mismatch("other key"))
        },
        NearMiss(.dnssecSignatureExpiring, "just renewed, and signed for two days only") {
            $0.mx = $0.mx?.signed(daysLeft: 1, of: 2)
        },
    ]
}
