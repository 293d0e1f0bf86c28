import FoundationEssentials
import Testing

@testable import Evidence

@Suite struct TimelineTests {
    private let start = Date(timeIntervalSince1970: 1_000)
    private let end = Date(timeIntervalSince1970: 2_000)

    private var timeline: TrustTimeline {
        TrustTimeline([
            .init(from: .distantPast, trust: .notYetValid(subject: "x", notBefore: start)),
            .init(from: start, trust: .trusted), .init(from: end, trust: .expired(subject: "x", notAfter: end)),
        ])
    }

    @Test func intervalsAreHalfOpen() {
        #expect(timeline.trust(at: start) == .trusted)
        #expect(timeline.trust(at: start.addingTimeInterval(-1)) == .notYetValid(subject: "x", notBefore: start))
        #expect(timeline.trust(at: end.addingTimeInterval(-1)) == .trusted)
        #expect(timeline.trust(at: end) == .expired(subject: "x", notAfter: end))
    }

    @Test func theEndOfTrustIsTheNextTurnForTheWorse() {
        #expect(timeline.trustedUntil(from: start) == end)
        #expect(timeline.trustedUntil(from: end) == nil)
        #expect(timeline.turns(after: start) == [end])
        #expect(TrustTimeline([.init(from: .distantPast, trust: .trusted)]).trustedUntil(from: start) == nil)
    }

    @Test func nothingIsNotTrusted() {
        #expect(TrustTimeline([]).trust(at: start) == .invalid("no certificate"))
        #expect(DANETimeline([]).match(at: start) == .unusable)
    }

    @Test(arguments: [
        (TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 1, count: 32)), true),
        (TLSARecord(usage: 2, selector: 0, matchingType: 2, data: [UInt8](repeating: 1, count: 64)), true),
        (TLSARecord(usage: 3, selector: 0, matchingType: 0, data: [1]), true),
        (TLSARecord(usage: 1, selector: 1, matchingType: 1, data: [UInt8](repeating: 1, count: 32)), false),
        (TLSARecord(usage: 3, selector: 2, matchingType: 1, data: [UInt8](repeating: 1, count: 32)), false),
        (TLSARecord(usage: 3, selector: 1, matchingType: 3, data: [UInt8](repeating: 1, count: 32)), false),
        (TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [1]), false),
        (TLSARecord(usage: 3, selector: 1, matchingType: 0, data: []), false),
    ])
    func usableRecords(_ record: TLSARecord, _ isUsable: Bool) { #expect(record.isUsable == isUsable) }

    @Test func addressesOfAHostAreAsSecureAsTheWorseAnswer() {
        func addresses(_ one: DNSSECStatus, _ two: DNSSECStatus) -> DNSSECStatus {
            HostAddresses(ipv4: DNSAnswer(.noData, dnssec: one), ipv6: DNSAnswer(.noData, dnssec: two)).dnssec
        }
        #expect(addresses(.secure, .secure) == .secure)
        #expect(addresses(.secure, .insecure) == .insecure)
        #expect(addresses(.bogus, .secure) == .bogus)
        #expect(addresses(.unknown, .insecure) == .unknown)
    }
}
