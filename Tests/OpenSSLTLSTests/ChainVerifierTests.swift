import Evidence
import FoundationEssentials
import Testing

@testable import OpenSSLTLS

struct ChainVerifierTests {
    private let pki: TestPKI

    init() throws {
        pki = try TestPKI()
    }

    private func timeline(_ chain: CertificateChain, store: TrustStore? = nil) throws -> TrustTimeline {
        ChainVerifier(store: try store ?? pki.store()).timeline(of: chain)
    }

    private func trust(_ chain: CertificateChain, day: Double = 1) throws -> ChainTrust {
        try timeline(chain).trust(at: TestTime.day(day))
    }

    @Test func goodChainTurnsAtItsDatesToTheSecond() throws {
        let timeline = try timeline(chain(try pki.leaf(), pki.intermediate))
        let subject = "CN=mx1.example.org"
        let end = TestTime.day(90)
        #expect(timeline.trust(at: TestTime.start) == .trusted)
        #expect(
            timeline.trust(at: TestTime.start.addingTimeInterval(-1))
                == .notYetValid(subject: subject, notBefore: TestTime.start))
        #expect(timeline.trust(at: end) == .trusted)
        #expect(timeline.trust(at: end.addingTimeInterval(1)) == .expired(subject: subject, notAfter: end))
        #expect(timeline.trustedUntil(from: TestTime.day(1)) == end.addingTimeInterval(1))
        #expect(timeline.intervals.first?.from == .distantPast)
        #expect(timeline.intervals.map(\.from) == timeline.intervals.map(\.from).sorted())
        #expect(zip(timeline.intervals, timeline.intervals.dropFirst()).allSatisfy { $0.trust != $1.trust })
    }

    @Test func turnsAtTheRootsDatesToo() throws {
        var maker = pki.leafMaker()
        maker.until = TestTime.day(20_000)
        var issuer = TestCertificateMaker(subject: "Long Intermediate", isAuthority: true)
        issuer.until = TestTime.day(20_000)
        let intermediate = try issuer.sign(TestKey(), by: pki.root)
        let timeline = try timeline(chain(try maker.sign(pki.leafKey, by: intermediate), intermediate))
        #expect(timeline.trustedUntil(from: TestTime.day(1)) == TestTime.day(3_650).addingTimeInterval(1))
    }

    @Test func expiredAndNotYetValidLeaf() throws {
        let good = chain(try pki.leaf(), pki.intermediate)
        #expect(try trust(good, day: 91) == .expired(subject: "CN=mx1.example.org", notAfter: TestTime.day(90)))
        #expect(try trust(good, day: -1) == .notYetValid(subject: "CN=mx1.example.org", notBefore: TestTime.start))
    }

    @Test func expiredIntermediateIsNamed() throws {
        var maker = TestCertificateMaker(subject: "Short Intermediate", isAuthority: true)
        maker.until = TestTime.day(10)
        let short = try maker.sign(TestKey(), by: pki.root)
        let leaf = try pki.leafMaker().sign(pki.leafKey, by: short)
        let timeline = try timeline(chain(leaf, short))
        #expect(timeline.trust(at: TestTime.day(9)) == .trusted)
        #expect(
            timeline.trust(at: TestTime.day(11))
                == .expired(subject: "CN=Short Intermediate", notAfter: TestTime.day(10))
        )
        #expect(timeline.trustedUntil(from: TestTime.day(1)) == TestTime.day(10).addingTimeInterval(1))
    }

    @Test func anotherPathCarriesTrustPastAnExpiredIntermediate() throws {
        let key = try TestKey()
        var maker = TestCertificateMaker(subject: "Crossed Intermediate", isAuthority: true)
        maker.until = TestTime.day(10)
        let short = try maker.sign(key, by: pki.root)
        maker.until = TestTime.day(365)
        let long = try maker.sign(key, by: pki.root)
        let leaf = try pki.leafMaker().sign(pki.leafKey, by: short)
        for order in [chain(leaf, short, long), chain(leaf, long, short)] {
            #expect(try timeline(order).trustedUntil(from: TestTime.day(1)) == TestTime.day(90).addingTimeInterval(1))
        }
    }

    @Test func rootInTheStoreWinsOverItsExpiredCrossSignature() throws {
        let oldRoot = try TestCertificateMaker(subject: "Old Root", isAuthority: true, until: TestTime.day(5))
            .sign(TestKey())
        let crossed = try TestCertificateMaker(subject: "Test Root", isAuthority: true, until: TestTime.day(5))
            .sign(pki.root.key, by: oldRoot)
        let sent = chain(try pki.leaf(), pki.intermediate, crossed, oldRoot)
        #expect(try timeline(sent).trustedUntil(from: TestTime.day(1)) == TestTime.day(90).addingTimeInterval(1))
    }

    @Test func selfSignedLeafStaysSelfSignedWhenExpired() throws {
        let alone = chain(try pki.leafMaker().sign(pki.leafKey))
        #expect(try timeline(alone).intervals.map(\.trust) == [.selfSigned])
    }

    @Test func selfSignedLeafInTheStoreIsTrusted() throws {
        let leaf = try pki.leafMaker().sign(pki.leafKey)
        let timeline = try timeline(chain(leaf), store: TrustStore.pem(leaf.pem))
        #expect(timeline.trust(at: TestTime.day(1)) == .trusted)
    }

    @Test func missingIntermediateIsIncomplete() throws {
        #expect(try trust(chain(try pki.leaf())) == .incomplete(missingIssuer: "CN=Test Intermediate"))
        let deep = try TestCertificateMaker(subject: "Deep", isAuthority: true).sign(TestKey(), by: pki.intermediate)
        let leaf = try pki.leafMaker().sign(pki.leafKey, by: deep)
        #expect(try trust(chain(leaf, deep)) == .incomplete(missingIssuer: "CN=Test Intermediate"))
    }

    @Test func strangeRootIsUntrustedWhateverTheDate() throws {
        let stranger = try TestCertificateMaker(subject: "Stranger", isAuthority: true).sign(TestKey())
        let leaf = try pki.leafMaker().sign(pki.leafKey, by: stranger)
        #expect(try timeline(chain(leaf, stranger)).intervals.map(\.trust) == [.untrusted(root: "CN=Stranger")])
    }

    @Test func smallKeysAreWeak() throws {
        let leaf = try pki.leafMaker().sign(TestKey(.rsa(1024)), by: pki.intermediate)
        #expect(try trust(chain(leaf, pki.intermediate)) == .weak("key RSA 1024 of CN=mx1.example.org"))
        let issuer = try TestCertificateMaker(subject: "Small", isAuthority: true)
            .sign(TestKey(.rsa(1024)), by: pki.root)
        let below = try pki.leafMaker().sign(pki.leafKey, by: issuer)
        #expect(try trust(chain(below, issuer)) == .weak("key RSA 1024 of CN=Small"))
    }

    @Test func sha1SignaturesAreWeak() throws {
        var maker = pki.leafMaker()
        maker.digest = .sha1
        let leaf = try maker.sign(pki.leafKey, by: pki.intermediate)
        #expect(
            try trust(chain(leaf, pki.intermediate)) == .weak("signature ecdsa-with-SHA1 on CN=mx1.example.org"))
    }

    @Test func namesAreNotLookedAt() throws {
        var maker = pki.leafMaker()
        maker.names = []
        #expect(try trust(chain(try maker.sign(pki.leafKey, by: pki.intermediate), pki.intermediate)) == .trusted)
    }

    @Test func otherDefectsComeInTheVerifiersWords() throws {
        let forged = try pki.leafMaker().sign(pki.leafKey, by: pki.intermediate, with: TestKey())
        #expect(try trust(chain(forged, pki.intermediate)) == .invalid("certificate signature failure"))
        var maker = pki.leafMaker()
        maker.purpose = "clientAuth"
        let client = try maker.sign(pki.leafKey, by: pki.intermediate)
        #expect(try trust(chain(client, pki.intermediate)) == .invalid("unsuitable certificate purpose"))
        let leaf = try pki.leaf()
        let below = try pki.leafMaker("mx2.example.org").sign(pki.leafKey, by: leaf)
        guard case .invalid = try trust(chain(below, leaf, pki.intermediate)) else {
            Issue.record("a leaf has no right to sign")
            return
        }
    }

    @Test func orderAndStrayCertificatesDoNotMatter() throws {
        let stray = try TestCertificateMaker(subject: "Stray", isAuthority: true).sign(TestKey())
        #expect(try trust(chain(try pki.leaf(), stray, pki.root, pki.intermediate)) == .trusted)
    }

    @Test func unreadableOrEmptyChainsAreInvalidForAllTime() throws {
        let leaf = try pki.leaf()
        for der in [[], [[]], [leaf.der, [0x30, 0]], Array(repeating: leaf.der, count: 21)] as [[[UInt8]]] {
            let timeline = try timeline(CertificateChain(der: der))
            #expect(timeline.intervals.count == 1)
            guard case .invalid = timeline.trust(at: TestTime.day(1)) else {
                Issue.record("\(timeline) for \(der.count) certificates")
                return
            }
        }
    }
}
