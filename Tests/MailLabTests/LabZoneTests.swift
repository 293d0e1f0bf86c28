import Evidence
import MTASTS
import Testing

@testable import MailLab

struct LabZoneTests {
    @Test(arguments: [
        ("v=STSv1; id=a;", "\"v=STSv1; id=a;\""),
        ("", "\"\""),
        ("a\"b\\c", "\"a\\\"b\\\\c\""),
        ("\u{1b}\u{7f}ü", "\"\\027\\127\\195\\188\""),
    ])
    func `TXT is quoted`(text: String, quoted: String) {
        #expect(LabZone.quoted(text) == quoted)
    }

    @Test func `long TXT is cut into strings of 255 bytes`() {
        let quoted = LabZone.quoted(String(repeating: "x", count: 600))
        #expect(quoted.split(separator: " ").map(\.count) == [257, 257, 92])
    }

    @Test func `a world's zones hold all of it`() throws {
        let world = LabWorld(
            domains: [
                LabDomain("harbour.example", "", mx: ["mx1", "mx.relay.test"]),
                LabDomain("null.test", "", mx: ["."], mode: nil, tlsrpt: []),
            ], hosts: [LabHost("mx1.harbour.example", publishesTLSA: true)])
        let record = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [0xab])
        let maker = LabZoneMaker(
            addresses: [
                "mx1.harbour.example": [try address("127.0.0.2"), try address("::1")],
                "mx.relay.test": [try address("127.0.0.3")],
            ], webAddress: try address("127.0.0.4"), tlsa: ["mx1.harbour.example": record, "mx.relay.test": record])
        let zones = maker.zones(of: world)
        #expect(zones.map(\.name) == ["example", "test"])
        #expect(
            zones[0].records == [
                "harbour.example. 60 IN MX 10 mx1.harbour.example.",
                "harbour.example. 60 IN MX 20 mx.relay.test.",
                "_mta-sts.harbour.example. 60 IN TXT \"v=STSv1; id=20260101T1;\"",
                "_smtp._tls.harbour.example. 60 IN TXT \"v=TLSRPTv1; rua=mailto:tls@harbour.example\"",
                "mta-sts.harbour.example. 60 IN A 127.0.0.4",
                "mx1.harbour.example. 60 IN A 127.0.0.2",
                "mx1.harbour.example. 60 IN AAAA ::1",
                "_25._tcp.mx1.harbour.example. 60 IN TLSA 3 1 1 ab",
            ])
        #expect(zones[1].records == ["null.test. 60 IN MX 0 .", "mx.relay.test. 60 IN A 127.0.0.3"])
    }
}
