import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import OpenSSLTLS

struct CertificateReaderTests {
    @Test func readsALeaf() throws {
        let pki = try TestPKI()
        var maker = pki.leafMaker()
        maker.organisation = "Example, Inc."
        maker.names = ["MX1.Example.ORG", "*.example.org"].map { Array($0.utf8) }
        let leaf = try maker.sign(pki.leafKey, by: pki.intermediate)
        let facts = try #require(CertificateReader.facts(der: leaf.der))
        #expect(facts.subject == #"CN=mx1.example.org,O=Example\, Inc."#)
        #expect(facts.issuer == "CN=Test Intermediate")
        #expect(facts.issuerShort == "Test Intermediate")
        #expect(facts.names == ["mx1.example.org", "*.example.org"])
        #expect(facts.notBefore == TestTime.start)
        #expect(facts.notAfter == TestTime.day(90))
        #expect(facts.key == "EC P-256")
        #expect(facts.keyBits == 256)
        #expect(facts.signature == "ecdsa-with-SHA256")
        #expect(!facts.isSelfSigned)
        #expect(facts.sha256 == Digest.hex(Digest.sha256(leaf.der)))
        #expect(facts.publicKeySHA256 == Digest.hex(Digest.sha256(try pki.leafKey.publicDER())))
        #expect(try facts.covers(#require(DomainName("mx2.example.org"))))
    }

    @Test(arguments: [
        (TestKey.Kind.rsa(1024), "RSA 1024", 1024, "RSA-SHA256"), (.ed25519, "Ed25519", 256, "ED25519"),
    ])
    func namesTheKey(_ kind: TestKey.Kind, _ text: String, _ bits: Int, _ signature: String) throws {
        var maker = TestCertificateMaker(subject: "mx")
        if kind == .ed25519 { maker.digest = .none }
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey(kind)).der))
        #expect(facts.key == text)
        #expect(facts.signature == signature)
        #expect(facts.isSelfSigned)
        #expect(kind == .ed25519 || facts.keyBits == bits)
    }

    @Test func issuerWithoutCommonNameIsShownByItsOrganisation() throws {
        var maker = TestCertificateMaker(subject: "", isAuthority: true)
        maker.organisation = "Example Trust"
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey()).der))
        #expect(facts.issuerShort == "Example Trust")
    }

    @Test func equalNamesDoNotMakeItSelfSigned() throws {
        let key = try TestKey()
        let twin = try TestCertificateMaker(subject: "Twin").sign(key)
        let other = try TestCertificateMaker(subject: "Twin").sign(TestKey(), by: twin)
        let facts = try #require(CertificateReader.facts(der: other.der))
        #expect(facts.subject == facts.issuer)
        #expect(!facts.isSelfSigned)
    }

    @Test func escapesWhatATerminalCouldActOn() throws {
        let maker = TestCertificateMaker(subject: "a\u{1B}[2Jb\u{202E}ü\n")
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey()).der))
        for text in [facts.subject, facts.issuer, facts.issuerShort] {
            #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
            #expect(text.contains("[2Jb"))
        }
    }

    @Test func boundsLongNames() throws {
        var maker = TestCertificateMaker(subject: String(repeating: "x", count: 64))
        maker.organisation = String(repeating: "\u{1}", count: 64)
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey()).der))
        #expect(facts.subject.utf8.count == 256)
        #expect(facts.subject.hasSuffix("..."))
    }

    @Test func dropsNamesThatNobodyCanAskFor() throws {
        var maker = TestCertificateMaker(subject: "mx")
        maker.names = [
            Array("mx1.example.org\0.evil.example".utf8), Array("mx2.example.org".utf8), [0xFF, 0x41],
            Array("a b.example".utf8), [], Array(repeating: 0x61, count: 256),
        ]
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey()).der))
        #expect(facts.names == ["mx2.example.org"])
    }

    @Test func keepsAtMostAThousandNames() throws {
        var maker = TestCertificateMaker(subject: "mx")
        maker.names = (0..<1_200).map { Array("h\($0).example".utf8) }
        let facts = try #require(CertificateReader.facts(der: try maker.sign(TestKey()).der))
        #expect(facts.names.count == 1_000)
    }

    @Test func garbageIsNoCertificate() throws {
        let good = try TestCertificateMaker(subject: "mx").sign(TestKey()).der
        #expect(CertificateReader.facts(der: []) == nil)
        #expect(CertificateReader.facts(der: [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(CertificateReader.facts(der: good + [0]) == nil)
        #expect(CertificateReader.facts(der: good.dropLast()) == nil)
    }

    @Test func noSingleChangedByteTraps() throws {
        var maker = TestCertificateMaker(subject: "mx", names: [Array("mx.example".utf8)])
        maker.organisation = "Example"
        let good = try maker.sign(TestKey()).der
        let store = try TrustStore.pem(TestCertificate.pem([good]))
        var unreadable = 0
        for index in good.indices {
            for flip: UInt8 in [0x01, 0x80, 0xFF] {
                var bytes = good
                bytes[index] ^= flip
                let broken = CertificateChain(der: [bytes])
                let facts = CertificateReader.facts(of: broken)
                if facts.isEmpty { unreadable += 1 }
                #expect(ChainVerifier(store: store).timeline(of: broken).trust(at: TestTime.day(1)) != .trusted)
            }
        }
        #expect(unreadable > good.count / 4)
        #expect(
            ChainVerifier(store: store).timeline(of: CertificateChain(der: [good])).trust(at: TestTime.day(1))
                == .trusted)
    }

    @Test func unreadableCertificatesAreLeftOut() throws {
        let pki = try TestPKI()
        let leaf = try pki.leaf()
        let readable = CertificateReader.facts(of: CertificateChain(der: [leaf.der, [1, 2, 3], pki.intermediate.der]))
        #expect(readable.map(\.subject) == ["CN=mx1.example.org", "CN=Test Intermediate"])
        #expect(CertificateReader.facts(of: CertificateChain(der: [[1, 2, 3], leaf.der])).isEmpty)
        #expect(CertificateReader.facts(of: CertificateChain(der: [])).isEmpty)
    }
}
