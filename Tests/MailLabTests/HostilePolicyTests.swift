import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import NIOPosix
import OpenSSLTLS
import Polling
import Probing
import Testing

@testable import MailLab

/// Every way in which a policy host of the lab means harm, through the real fetch to what the operator reads.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HostilePolicyTests {
    /// What one answer must come to.
    struct Row: Sendable, CustomTestStringConvertible {
        let reply: LabHostileReply
        /// Nil where the answer is to be taken.
        let finding: FindingCode?
        /// A part of the finding's evidence.
        var evidence = ""
        /// True where only the deadline can end it.
        var runsOut = false

        var testDescription: String { reply.rawValue }
    }

    static let rows: [Row] = [
        Row(reply: .redirect, finding: .policyRedirect, evidence: "HTTP 301 to https://evil"),
        Row(reply: .endlessHeaders, finding: .policyUnreachable, evidence: "headers"),
        Row(reply: .endlessHeader, finding: .policyUnreachable, evidence: "headers"),
        Row(reply: .endlessInterim, finding: .policyUnreachable, evidence: "more than 16384 bytes of headers"),
        Row(reply: .endlessBody, finding: .policyTooLarge, evidence: "over 64 KiB"),
        Row(reply: .endlessChunks, finding: .policyTooLarge, evidence: "over 64 KiB"),
        Row(reply: .hugeChunk, finding: .policyTooLarge, evidence: "over 64 KiB"),
        Row(reply: .slowDrip, finding: .policyUnreachable, evidence: "timed out (body)", runsOut: true),
        Row(reply: .chunked, finding: nil),
        Row(reply: .lengthTooLarge, finding: .policyUnreachable, evidence: "closed before the end of the body"),
        Row(reply: .lengthTooSmall, finding: .policyInvalid, evidence: "line 4, column 9"),
        Row(reply: .twoLengths, finding: .policyUnreachable, evidence: "not HTTP"),
        Row(reply: .compressed, finding: .policyUnreachable, evidence: "compressed body"),
        Row(reply: .cutHeaders, finding: .policyUnreachable, evidence: "closed before the end of the headers"),
        Row(reply: .cutBody, finding: .policyUnreachable, evidence: "closed before the end of the body"),
        Row(reply: .hostileType, finding: .policyContentType, evidence: "evil"),
        Row(reply: .hostileHeader, finding: .policyUnreachable, evidence: "not HTTP"),
        Row(reply: .hostileBody, finding: .policyInvalid, evidence: "line 5"),
        Row(reply: .noHTTP, finding: .policyUnreachable, evidence: "not HTTP"),
    ]

    static func fetch(
        _ reply: LabPolicyReply, door: LabPolicyDoor = .open, identity: LabIdentity? = nil, timeout: Duration
    ) async throws -> (PolicyFetch, took: Duration) {
        let authority = try LabAuthority()
        let web = try await LabPolicyHost.start(
            at: try address("127.78.3.2"), fallback: try authority.good("default.invalid"))
        try web.set(
            LabPolicySite(reply: reply, identity: try identity ?? authority.good(HostileVerdict.policyHost)),
            for: HostileVerdict.policyHost)
        web.set(door)
        let fetcher = HTTPSPolicyFetcher(
            group: MultiThreadedEventLoopGroup.singleton, judge: OpenSSLChainJudge(store: try .pem(authority.rootPEM)),
            client: try .client(), port: web.port, timeout: timeout)
        let clock = ContinuousClock()
        let start = clock.now
        let fetch = await fetcher.fetch(
            host: try name(HostileVerdict.policyHost), addresses: [web.address], aliases: [])
        let took = start.duration(to: clock.now)
        await web.stop()
        return (fetch, took)
    }

    @Test func `every hostile answer has its row`() {
        #expect(Set(Self.rows.map(\.reply)) == Set(LabHostileReply.allCases))
    }

    @Test(arguments: rows)
    func `each hostile answer comes to an end and to a finding, and nothing of it is shown raw`(row: Row) async throws {
        let timeout = row.runsOut ? Duration.milliseconds(1_200) : .seconds(20)
        let (fetch, took) = try await Self.fetch(row.reply.reply(HostileVerdict.policy.body), timeout: timeout)
        #expect(took < (row.runsOut ? .seconds(15) : .seconds(20)), "the deadline of the whole fetch")
        #expect((fetch.body?.count ?? 0) <= 64 * 1_024)
        #expect((fetch.contentType ?? "").utf8.count <= 203)
        let verdict = try HostileVerdict(fetch: fetch)
        if let code = row.finding {
            let finding = try #require(verdict.finding(code), "\(String(describing: fetch.failure)) \(verdict.codes)")
            #expect(finding.evidence.contains(row.evidence), "\(finding.evidence)")
        } else {
            #expect(fetch.body == HostileVerdict.policy.body)
            #expect(verdict.codes == [.tlsrptMissing])
        }
        try verdict.expectNothingRaw(row.reply.rawValue)
    }

    @Test(arguments: [
        (LabPolicyDoor.silent, "timed out (TLS handshake)"), (.garbage, "not TLS: HTTP/1.0 400"),
        (.drip, "timed out (TLS handshake)"), (.endlessRecords, "TLS"),
    ])
    func `what comes in place of TLS comes to an end and to a finding`(
        door: LabPolicyDoor, evidence: String
    ) async throws {
        let (fetch, took) = try await Self.fetch(HostileVerdict.policy, door: door, timeout: .milliseconds(1_200))
        #expect(took < .seconds(15))
        let verdict = try HostileVerdict(fetch: fetch)
        let finding = try #require(verdict.finding(.policyUnreachable), "\(verdict.codes)")
        #expect(finding.evidence.contains(evidence), "\(finding.evidence)")
        try verdict.expectNothingRaw(door.rawValue)
    }

    @Test func `a policy host with a hostile certificate or too long a chain`() async throws {
        let authority = try LabAuthority()
        let (fetch, _) = try await Self.fetch(
            HostileVerdict.policy, identity: try authority.issueHostile(for: HostileVerdict.policyHost),
            timeout: .seconds(20))
        let verdict = try HostileVerdict(fetch: fetch)
        #expect(verdict.finding(.policyHostCertificateUntrusted) != nil, "\(verdict.codes)")
        try verdict.expectNothingRaw("policy host certificate")

        let long = authority.overlong(try authority.good(HostileVerdict.policyHost), by: 400)
        let (refused, _) = try await Self.fetch(HostileVerdict.policy, identity: long, timeout: .seconds(20))
        let told = try HostileVerdict(fetch: refused)
        let finding = try #require(told.finding(.policyUnreachable), "\(told.codes)")
        #expect(finding.evidence.contains("more than 131072 bytes"), "\(finding.evidence)")
        try told.expectNothingRaw("policy host chain")
    }
}
