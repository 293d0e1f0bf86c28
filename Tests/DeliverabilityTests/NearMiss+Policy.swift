import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

extension NearMiss {
    static let policy: [NearMiss] = [
        NearMiss(.recordMissing, "another TXT record beside it") {
            $0.record = Scene.found([TXTRecord("v=spf1 -all"), TXTRecord("v=STSv1; id=20260101T1")])
        },
        NearMiss(.recordInvalid, "a final semicolon") {
            $0.record = Scene.found([TXTRecord("v=STSv1; id=20260101T1;")])
        },
        NearMiss(.recordMultiple, "the second one is of another version") {
            $0.record = Scene.found([TXTRecord("v=STSv1; id=a"), TXTRecord("v=STSv2; id=b")])
        },
        NearMiss(.recordLenient, "the blanks are behind the semicolon") {
            $0.record = Scene.found([TXTRecord("v=STSv1;   id=20260101T1")])
        },
        NearMiss(.policyBelowExpectation, "testing is all that is expected", instead: [.policyTesting]) {
            $0.mode = "testing"
            $0.expects = .testing
        },
        NearMiss(.recordLookupFailed, "nobody answered in time") {
            $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown)
        },
        NearMiss(.recordRemoved, "all copies have run out", instead: [.recordMissing]) {
            $0.remember(ago: 10 * Scene.day)
            $0.record = DNSAnswer(.noName, dnssec: .insecure)
            $0.remember(ago: 8 * Scene.day)
        },
        NearMiss(.policyUnreachable, "our own lookup timed out") { $0.fetchFailure = .lookup(.timeout) },
        NearMiss(.policyHTTPStatus, "a redirect", instead: [.policyRedirect]) {
            $0.fetchFailure = .redirect(status: 302, location: "/")
        },
        NearMiss(.policyRedirect, "a 404", instead: [.policyHTTPStatus]) { $0.fetchFailure = .status(404) },
        NearMiss(.policyContentType, "parameters, capitals") { $0.contentType = "Text/Plain ; charset=utf-8" },
        NearMiss(.policyTooLarge, "60 kB of extensions") {
            $0.body = $0.policyText + String(repeating: "x: " + String(repeating: "y", count: 997) + "\n", count: 60)
        },
        NearMiss(.policySlow, "just two seconds") { $0.fetchMilliseconds = 2_000 },
        NearMiss(.policyHostAddressUnreachable, "our own network has no IPv6") {
            $0.edges = [("192.0.2.80", nil, nil), ("2001:db8::80", .notFetched("nobody answers over IPv6"), nil)]
        },
        NearMiss(.policyDiffersBetweenAddresses, "the same text twice") {
            $0.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, nil)]
        },
        NearMiss(
            .policyHostCertificateExpired, "one second is left", instead: [.policyHostCertificateExpiring]
        ) { $0.policyTrust = Scene.trusted(days: 1 / Scene.day) },
        NearMiss(.policyHostCertificateExpiring, "23 of 90 days are left") {
            $0.policyTrust = Scene.trusted(days: 23)
        },
        NearMiss(.policyHostCertificateUntrusted, "expired", instead: [.policyHostCertificateExpired]) {
            $0.policyTrust = Scene.trusted(days: -1)
        },
        NearMiss(.policyHostCertificateNameMismatch, "a wildcard over the left-most label") {
            $0.policyNames = ["*.example.com"]
        },
        NearMiss(.policyInvalid, "CRLF, an unknown key, no end of the last line") {
            $0.body =
                "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmx: mx2.example.com\r\n"
                + "max_age: 604800\r\nnote: ab"
        },
        NearMiss(.policyAmbiguous, "no sender reads it", instead: [.policyInvalid]) { $0.body = "<html></html>\n" },
        NearMiss(.policyChangedSameID, "the id was changed with the body") {
            $0.memory = $0.memory.observing($0.evidence, now: $0.now.addingTimeInterval(-600))
            $0.record = Scene.found([TXTRecord("v=STSv1; id=20260102T1")])
            $0.patterns = ["*.example.com"]
        },
        NearMiss(.policyMaxAgeShort, "just one day") { $0.maxAge = "86400" },
        NearMiss(.policyMaxAgeZero, "one second", instead: [.policyMaxAgeShort]) { $0.maxAge = "1" },
        NearMiss(.policyTesting, "mode none") { $0.mode = "none" },
        NearMiss(.tlsrptMissing, "no part in MTA-STS or DANE", instead: [.recordMissing]) {
            $0.tlsrpt = DNSAnswer(.noData, dnssec: .insecure)
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
        },
        NearMiss(.tlsrptInvalid, "two addresses of two kinds") {
            $0.tlsrpt = Scene.found([TXTRecord("v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/r")])
        },
        NearMiss(.tlsrptMultiple, "the other TXT record is SPF") {
            $0.tlsrpt = Scene.found([TXTRecord("v=TLSRPTv1; rua=mailto:a@example.com"), TXTRecord("v=spf1 -all")])
        },
    ]
}
