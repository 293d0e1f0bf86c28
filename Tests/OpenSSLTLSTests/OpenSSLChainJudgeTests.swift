import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Testing

@testable import OpenSSLTLS

struct OpenSSLChainJudgeTests {
    @Test func judgesByTheStoreItWasGiven() throws {
        let pki = try TestPKI()
        let sent = chain(try pki.leaf(), pki.intermediate)
        let judge: any ChainJudge = OpenSSLChainJudge(store: try pki.store())
        let stranger: any ChainJudge = OpenSSLChainJudge(store: try TestPKI().store())
        for _ in 0..<2 {
            #expect(judge.trust(of: sent).trust(at: TestTime.day(1)) == .trusted)
            #expect(
                stranger.trust(of: sent).trust(at: TestTime.day(1)) == .incomplete(missingIssuer: "CN=Test Root"))
            #expect(judge.certificates(of: sent).map(\.issuerShort) == ["Test Intermediate", "Test Root"])
        }
    }

    @Test func daneVerdictsAreKeptByRecordsAndNames() throws {
        let pki = try TestPKI()
        let leaf = try pki.leaf()
        let sent = chain(leaf, pki.intermediate)
        let judge = OpenSSLChainJudge(store: try pki.store())
        let anchor = try TestTLSA.record(2, 1, 1, pki.intermediate)
        let server = try TestTLSA.record(3, 1, 1, leaf)
        let good = try #require(DomainName("mx1.example.org"))
        let bad = try #require(DomainName("mx9.example.org"))
        for _ in 0..<2 {
            #expect(judge.dane(of: sent, records: [anchor], names: [good]).match(at: TestTime.day(1)) == .match(anchor))
            guard case .mismatch = judge.dane(of: sent, records: [anchor], names: [bad]).match(at: TestTime.day(1))
            else {
                Issue.record("the name was not looked at")
                return
            }
            #expect(judge.dane(of: sent, records: [server], names: [bad]).match(at: TestTime.day(1)) == .match(server))
        }
    }

    @Test func bordersBetweenCertificatesCount() throws {
        let pki = try TestPKI()
        let leaf = try pki.leaf()
        let judge = OpenSSLChainJudge(store: try pki.store())
        let split = CertificateChain(der: [leaf.der, pki.intermediate.der])
        let joined = CertificateChain(der: [leaf.der + pki.intermediate.der])
        #expect(judge.trust(of: split).trust(at: TestTime.day(1)) == .trusted)
        guard case .invalid = judge.trust(of: joined).trust(at: TestTime.day(1)) else {
            Issue.record("two certificates in one were taken for two")
            return
        }
    }

    @Test func manyTasksMayJudgeAtOnce() async throws {
        let pki = try TestPKI()
        let judge = OpenSSLChainJudge(store: try pki.store(), capacity: 4)
        let chains = try (0..<12).map { chain(try pki.leaf("mx\($0).example.org"), pki.intermediate) }
        await withTaskGroup(of: Bool.self) { group in
            for round in 0..<60 {
                let sent = chains[round % chains.count]
                group.addTask { judge.trust(of: sent).trust(at: TestTime.day(1)) == .trusted }
            }
            for await trusted in group { #expect(trusted) }
        }
    }
}
