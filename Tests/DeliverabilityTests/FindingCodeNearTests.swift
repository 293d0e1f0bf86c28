import Testing

@testable import Deliverability

@Suite struct FindingCodeNearTests {
    @Test func findsWhatWasMeant() {
        #expect(FindingCode.near("certificate-expird").first == .certificateExpired)
        #expect(FindingCode.near("MX-UNLISTD").first == .mxUnlisted)
        #expect(FindingCode.near("dane_mismatch").first == .daneMismatch)
        #expect(FindingCode.near("starttls").allSatisfy { $0.rawValue.hasPrefix("starttls-") })
        #expect(FindingCode.near("starttls").count == 5)
        #expect(FindingCode.near("certificat").first?.rawValue.hasPrefix("certificate-") == true)
        #expect(FindingCode.near("starttls", limit: 2).count == 2)
    }

    @Test func isSilentWhereNothingIsNear() {
        #expect(FindingCode.near("").isEmpty)
        #expect(FindingCode.near("zzzzzzzzzz").isEmpty)
        #expect(FindingCode.near(String(repeating: "q", count: 100_000)).isEmpty)
    }
}
