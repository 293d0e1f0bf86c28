import Evidence
import FoundationEssentials
import MTASTS
import OpenSSLTLS
import Polling
import Testing

@testable import MailLab

struct LabAuthorityTests {
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    let authority: LabAuthority
    let judge: OpenSSLChainJudge

    init() throws {
        authority = try LabAuthority(now: now)
        judge = OpenSSLChainJudge(store: try .pem(authority.rootPEM))
    }

    private func trust(_ identity: LabIdentity) -> ChainTrust {
        judge.trust(of: CertificateChain(der: identity.chain)).trust(at: now)
    }

    private func issue(_ certificate: LabCertificate) throws -> LabIdentity {
        try certificate.issue(for: "mx1.harbour.example", by: authority, start: now)
    }

    @Test func `a certificate in order is trusted, for its own days only`() throws {
        let identity = try issue(.good)
        let timeline = judge.trust(of: CertificateChain(der: identity.chain))
        #expect(timeline.trust(at: now) == .trusted)
        #expect(timeline.trust(at: now.addingTimeInterval(70 * 86_400 - 60)) == .trusted)
        #expect(timeline.trust(at: now.addingTimeInterval(70 * 86_400 + 60)) != .trusted)
        #expect(timeline.trust(at: now.addingTimeInterval(-20 * 86_400 - 60)) != .trusted)
    }

    @Test func `each flaw is seen as what it is`() throws {
        if case .expired = trust(try issue(.expired)) {} else { Issue.record("expired") }
        if case .notYetValid = trust(try issue(.notYetValid)) {} else { Issue.record("not yet valid") }
        #expect(trust(try issue(.selfSigned)) == .selfSigned)
        if case .untrusted = trust(try issue(.untrusted)) {} else { Issue.record("stranger") }
        if case .incomplete = trust(try issue(.incomplete)) {} else { Issue.record("incomplete") }
        if case .weak = trust(try issue(.weak)) {} else { Issue.record("weak") }
        #expect(trust(try issue(.expiring(inDays: 5))) == .trusted)
        #expect(trust(try issue(.named("other.example"))) == .trusted)
    }

    @Test func `the leaf says what was asked for`() throws {
        let identity = try authority.issue(
            ["a.example", "*.b.example"], from: now, until: now.addingTimeInterval(86_400))
        let facts = judge.certificates(of: CertificateChain(der: identity.chain))
        #expect(facts.count == 2)
        #expect(facts.first?.names == ["a.example", "*.b.example"])
        #expect(facts.first?.notBefore == now)
        #expect(facts.first?.notAfter == now.addingTimeInterval(86_400))
        #expect(facts.first?.issuerShort == "Lab Intermediate")
        #expect(facts.first?.isSelfSigned == false)
        #expect(try facts.first?.covers(name("x.b.example")) == true)
    }

    @Test(arguments: LabKey.allCases)
    func `each kind of key is made`(key: LabKey) throws {
        let identity = try authority.good("mx.example", now: now, key: key)
        let facts = judge.certificates(of: CertificateChain(der: identity.chain))
        #expect(facts.first?.key == key.rawValue)
        #expect(identity.keyPEM.hasPrefix("-----BEGIN PRIVATE KEY-----"))
    }

    @Test func `two certificates never share a key or a serial`() throws {
        let first = try issue(.good)
        let second = try issue(.good)
        #expect(first.chain[0] != second.chain[0])
        #expect(first.endEntityTLSA != second.endEntityTLSA)
    }

    @Test func `the TLSA records match their own chain and no other`() throws {
        let identity = try issue(.good)
        let chain = CertificateChain(der: identity.chain)
        let host = try name("mx1.harbour.example")
        for record in [identity.endEntityTLSA, authority.trustAnchorTLSA, try #require(identity.trustAnchorTLSA)] {
            #expect(judge.dane(of: chain, records: [record], names: [host]).match(at: now) == .match(record))
        }
        #expect(identity.endEntityTLSA.description.hasPrefix("3 1 1 "))
        #expect(authority.trustAnchorTLSA.description.hasPrefix("2 1 1 "))
        let other = try issue(.good).endEntityTLSA
        if case .mismatch = judge.dane(of: chain, records: [other], names: [host]).match(at: now) {
        } else {
            Issue.record("a foreign key matched")
        }
        #expect(try issue(.selfSigned).trustAnchorTLSA == nil)
    }

    @Test func `another authority's root does not help`() throws {
        let other = OpenSSLChainJudge(store: try .pem(try LabAuthority(now: now).rootPEM))
        let chain = CertificateChain(der: try issue(.good).chain)
        #expect(other.trust(of: chain).trust(at: now) != .trusted)
    }
}
