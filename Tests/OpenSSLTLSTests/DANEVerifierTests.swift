import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import OpenSSLTLS

struct DANEVerifierTests {
    private let pki: TestPKI
    private let leaf: TestCertificate
    private let names = [DomainName("example.org"), DomainName("mx1.example.org")].compactMap { $0 }

    init() throws {
        pki = try TestPKI()
        leaf = try pki.leaf()
    }

    private func timeline(
        _ records: [TLSARecord], of chain: CertificateChain? = nil, names: [DomainName]? = nil
    ) -> DANETimeline {
        DANEVerifier(
            chain: chain ?? CertificateChain(der: [leaf.der, pki.intermediate.der]), records: records,
            names: names ?? self.names
        ).timeline()
    }

    private func mismatch(_ timeline: DANETimeline, day: Double = 1) -> String? {
        guard case .mismatch(let text) = timeline.match(at: TestTime.day(day)) else { return nil }
        return text
    }

    @Test(arguments: [(3, 1, 1), (3, 0, 1), (3, 1, 2), (3, 0, 2), (3, 1, 0), (3, 0, 0)])
    func serverRecordsMatchAtAllTimes(_ usage: Int, _ selector: Int, _ matchingType: Int) throws {
        let record = try TestTLSA.record(usage, selector, matchingType, leaf)
        #expect(timeline([record]).intervals.map(\.match) == [.match(record)])
        let stranger = try pki.leafMaker().sign(TestKey(), by: pki.intermediate)
        let other = try TestTLSA.record(usage, selector, matchingType, stranger)
        #expect(mismatch(timeline([other])) != nil)
        #expect(timeline([other, record]).match(at: TestTime.day(1)) == .match(record))
    }

    @Test func serverRecordsIgnoreNameIssuerAndDates() throws {
        var maker = pki.leafMaker("elsewhere.example")
        maker.until = TestTime.day(1)
        let stranger = try TestCertificateMaker(subject: "Stranger", isAuthority: true).sign(TestKey())
        let other = try maker.sign(pki.leafKey, by: stranger)
        let record = try TestTLSA.record(3, 1, 1, other)
        #expect(timeline([record], of: chain(other)).match(at: TestTime.day(500)) == .match(record))
        #expect(timeline([record], of: chain(other), names: []).match(at: TestTime.day(-500)) == .match(record))
    }

    @Test func mismatchSaysWhatWasSeen() throws {
        let old = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: Array(repeating: 0xCD, count: 32))
        let seen = Digest.hex(Digest.sha256(try pki.leafKey.publicDER()).prefix(8))
        #expect(
            mismatch(timeline([old])) == "server key sha256 \(seen)..., published 3 1 1 cdcdcdcdcdcdcdcd...")
    }

    /// The certificate's digest is the published one, yet nobody can read its key (1.2.840.10045.2.9 is no algorithm).
    @Test func mismatchSaysWhenTheKeyCannotBeRead() throws {
        let algorithm: [UInt8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02]
        let place = try #require(leaf.der.firstRange(of: algorithm + [0x01]))
        var der = leaf.der
        der[place.upperBound - 1] = 0x09
        let own = TLSARecord(usage: 3, selector: 0, matchingType: 1, data: Digest.sha256(der))
        let digest = Digest.hex(own.data.prefix(8))
        #expect(
            timeline([own], of: CertificateChain(der: [der])).intervals.map(\.match) == [
                .mismatch(
                    "the server's key cannot be read (1.2.840.10045.2.9), so no record holds; "
                        + "server certificate sha256 \(digest)..., published 3 0 1 \(digest)...")
            ])
    }

    @Test(arguments: [(2, 0, 1), (2, 1, 1), (2, 1, 2), (2, 0, 0), (2, 1, 0)])
    func anchorRecordsHoldFromLeafsStartToItsEnd(_ usage: Int, _ selector: Int, _ matchingType: Int) throws {
        let record = try TestTLSA.record(usage, selector, matchingType, pki.intermediate)
        let timeline = timeline([record])
        #expect(timeline.match(at: TestTime.start) == .match(record))
        #expect(timeline.match(at: TestTime.day(90)) == .match(record))
        #expect(timeline.turns(after: TestTime.start).first == TestTime.day(90).addingTimeInterval(1))
        #expect(
            mismatch(timeline, day: 91)
                == "the chain reaches the published trust anchor, but CN=mx1.example.org expired 2033-08-16T03:33:20Z")
        #expect(mismatch(timeline, day: -1)?.contains("CN=mx1.example.org begins 2033-05-18T03:33:20Z") == true)
        let stranger = try TestCertificateMaker(subject: "Test Intermediate", isAuthority: true).sign(TestKey())
        #expect(mismatch(self.timeline([try TestTLSA.record(usage, selector, matchingType, stranger)])) != nil)
    }

    @Test func anchorsThatAreNotSentCanBeInTheRecord() throws {
        for record in [
            try TestTLSA.record(2, 0, 0, pki.intermediate), try TestTLSA.record(2, 1, 0, pki.intermediate),
        ] {
            #expect(timeline([record], of: chain(leaf)).match(at: TestTime.day(1)) == .match(record))
        }
        let digest = try TestTLSA.record(2, 1, 1, pki.intermediate)
        #expect(mismatch(timeline([digest], of: chain(leaf))) != nil)
    }

    @Test func rootAsAnchorMustBeSent() throws {
        let record = try TestTLSA.record(2, 1, 1, pki.root)
        #expect(mismatch(timeline([record])) != nil)
        let full = chain(leaf, pki.intermediate, pki.root)
        #expect(timeline([record], of: full).match(at: TestTime.day(1)) == .match(record))
    }

    @Test func selfSignedAnchorsEndEndsTheMatch() throws {
        let short = try TestCertificateMaker(subject: "Short", isAuthority: true, until: TestTime.day(10))
            .sign(TestKey())
        let below = try pki.leafMaker().sign(pki.leafKey, by: short)
        for (record, sent) in [
            (try TestTLSA.record(2, 1, 1, short), chain(below, short)),
            (try TestTLSA.record(2, 0, 0, short), chain(below)),
        ] {
            let timeline = timeline([record], of: sent)
            #expect(timeline.match(at: TestTime.day(10)) == .match(record))
            #expect(timeline.turns(after: TestTime.start).first == TestTime.day(10).addingTimeInterval(1))
            #expect(mismatch(timeline, day: 11)?.contains("CN=Short expired") == true)
        }
    }

    @Test func intermediateBelowTheAnchorEndsTheMatch() throws {
        let short = try TestCertificateMaker(subject: "Short", isAuthority: true, until: TestTime.day(10))
            .sign(TestKey(), by: pki.root)
        let below = try pki.leafMaker().sign(pki.leafKey, by: short)
        let record = try TestTLSA.record(2, 1, 1, pki.root)
        let timeline = timeline([record], of: chain(below, short, pki.root))
        #expect(timeline.match(at: TestTime.day(10)) == .match(record))
        #expect(mismatch(timeline, day: 11)?.contains("CN=Short expired") == true)
    }

    /// OpenSSL looks at the dates of an anchor only when it is self-signed, and so do the senders that use it.
    @Test func intermediateAsAnchorOutlivesItsOwnEnd() throws {
        let short = try TestCertificateMaker(subject: "Short", isAuthority: true, until: TestTime.day(10))
            .sign(TestKey(), by: pki.root)
        let below = try pki.leafMaker().sign(pki.leafKey, by: short)
        let record = try TestTLSA.record(2, 1, 1, short)
        #expect(timeline([record], of: chain(below, short)).match(at: TestTime.day(11)) == .match(record))
    }

    @Test func anchorRecordsCheckTheNameByAnyReference() throws {
        let record = try TestTLSA.record(2, 1, 1, pki.intermediate)
        #expect(timeline([record], names: [names[1]]).match(at: TestTime.day(1)) == .match(record))
        #expect(
            mismatch(timeline([record], names: [names[0]]))
                == "the chain reaches the published trust anchor, but the certificate has no name example.org")
        #expect(mismatch(timeline([record], names: [])) != nil)
        var maker = pki.leafMaker()
        maker.names = [Array("*.example.org".utf8)]
        let wildcard = try maker.sign(pki.leafKey, by: pki.intermediate)
        #expect(
            timeline([record], of: chain(wildcard, pki.intermediate), names: [names[1]]).match(at: TestTime.day(1))
                == .match(record))
        maker.names = []
        let nameless = try maker.sign(pki.leafKey, by: pki.intermediate)
        #expect(mismatch(timeline([record], of: chain(nameless, pki.intermediate))) != nil)
    }

    @Test func onlyTheStrongestDigestCounts() throws {
        let good = try TestTLSA.record(3, 1, 1, leaf)
        let stale = TLSARecord(usage: 3, selector: 1, matchingType: 2, data: Array(repeating: 1, count: 64))
        #expect(mismatch(timeline([good, stale])) != nil)
        #expect(mismatch(timeline([stale, good])) != nil)
        // Another selector is judged by its own digests, and full data always counts.
        let whole = try TestTLSA.record(3, 0, 1, leaf)
        #expect(timeline([good, stale, whole]).match(at: TestTime.day(1)) == .match(whole))
        let full = try TestTLSA.record(3, 1, 0, leaf)
        #expect(timeline([stale, full]).match(at: TestTime.day(1)) == .match(full))
        let anchor = try TestTLSA.record(2, 1, 1, pki.intermediate)
        #expect(timeline([stale, anchor]).match(at: TestTime.day(1)) == .match(anchor))
    }

    @Test func unusableRecordsAreLeftOut() throws {
        let digest = Digest.sha256(try pki.leafKey.publicDER())
        let unusable = [
            TLSARecord(usage: 1, selector: 1, matchingType: 1, data: digest),
            TLSARecord(usage: 0, selector: 1, matchingType: 1, data: digest),
            TLSARecord(usage: 3, selector: 2, matchingType: 1, data: digest),
            TLSARecord(usage: 3, selector: 1, matchingType: 3, data: digest),
            TLSARecord(usage: 3, selector: 1, matchingType: 1, data: digest.dropLast()),
            TLSARecord(usage: 3, selector: 0, matchingType: 0, data: [0x30, 0x03, 1, 2, 3]),
            TLSARecord(usage: 999, selector: -1, matchingType: 300, data: digest),
        ]
        #expect(timeline(unusable).intervals.map(\.match) == [.unusable])
        #expect(timeline([]).intervals.map(\.match) == [.unusable])
        let good = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: digest)
        #expect(timeline(unusable + [good]).match(at: TestTime.day(1)) == .match(good))
    }

    @Test func weakKeysAreVouchedForByTheRecord() throws {
        let weak = try pki.leafMaker().sign(TestKey(.rsa(1024)), by: pki.intermediate)
        for record in [try TestTLSA.record(3, 1, 1, weak), try TestTLSA.record(2, 1, 1, pki.intermediate)] {
            #expect(
                timeline([record], of: chain(weak, pki.intermediate)).match(at: TestTime.day(1)) == .match(record))
        }
    }

    @Test func unreadableChainIsAMismatch() throws {
        let record = try TestTLSA.record(3, 1, 1, leaf)
        for der in [[], [[1, 2, 3]]] as [[[UInt8]]] {
            #expect(mismatch(timeline([record], of: CertificateChain(der: der))) != nil)
        }
    }
}
