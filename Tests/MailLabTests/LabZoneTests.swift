import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import MailLab

struct LabZoneTests {
    private let record = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [0xab])

    private func zones(_ world: LabWorld) throws -> [LabZone] {
        LabZoneMaker(
            addresses: [
                "mx1.harbour.example": [try address("127.0.0.2"), try address("::1")],
                "mx.relay.test": [try address("127.0.0.3")], "mx1.apart.test": [try address("127.0.0.5")],
            ], webAddress: try address("127.0.0.4"), tlsa: ["mx1.harbour.example": [record]],
            start: Date(timeIntervalSince1970: 1_790_000_000)
        ).zones(of: world)
    }

    @Test func `a world's zones hold all of it`() throws {
        let zones = try zones(
            LabWorld(
                domains: [
                    LabDomain("harbour.example", "", mx: ["mx1", "mx.relay.test"]),
                    LabDomain("null.test", "", mx: ["."], mode: nil, tlsrpt: []),
                ], hosts: [LabHost("mx1.harbour.example", tlsa: [.key])]))
        #expect(zones.map(\.name) == [".", "example", "test"])
        #expect(zones[0].records.isEmpty)
        #expect(
            zones[1].records == [
                "harbour.example": [.mx(10, "mx1.harbour.example"), .mx(20, "mx.relay.test")],
                "_mta-sts.harbour.example": [.text("v=STSv1; id=20260101T1;")],
                "_smtp._tls.harbour.example": [.text("v=TLSRPTv1; rua=mailto:tls@harbour.example")],
                "mta-sts.harbour.example": [.address(try address("127.0.0.4"))],
                "mx1.harbour.example": [.address(try address("127.0.0.2")), .address(try address("::1"))],
                "_25._tcp.mx1.harbour.example": [.tlsa(record)],
            ])
        #expect(
            zones[2].records == [
                "null.test": [.mx(0, ".")], "mx.relay.test": [.address(try address("127.0.0.3"))],
            ])
        #expect(zones.allSatisfy { $0.signing != nil })
    }

    @Test func `a domain that is signed apart is a zone of its own, with all below it`() throws {
        for (signing, isSigned) in [(LabDomain.Signing.unsigned, false), (.lapsed, true)] {
            let zones = try zones(
                LabWorld(domains: [LabDomain("apart.test", "", mx: ["mx1"], mode: nil, tlsrpt: [], signing: signing)]))
            #expect(zones.map(\.name) == [".", "apart.test"])
            #expect(Set(zones[1].records.keys) == ["apart.test", "mx1.apart.test"])
            #expect((zones[1].signing != nil) == isSigned)
            #expect(zones[1].signing.map { $0.until < Date(timeIntervalSince1970: 1_790_000_000) } ?? true)
        }
    }
}
