import Evidence
import FoundationEssentials
import MTASTS
import NIOCore
import OpenSSLTLS
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5)))
struct LabPolicyHostTests {
    static let host = "mta-sts.harbour.example"
    static let path = "/.well-known/mta-sts.txt"
    static let policy = LabPolicyReply.policy("enforce", mx: ["mx1.harbour.example"])

    let time = HandTime(Date(timeIntervalSince1970: 784_111_777))
    let authority: LabAuthority
    let identity: LabIdentity
    let fallback: LabIdentity

    init() throws {
        authority = try LabAuthority()
        identity = try authority.good(Self.host)
        fallback = try authority.good("default.invalid")
    }

    private func withHost(
        _ reply: LabPolicyReply = policy, _ body: (LabPolicyHost) async throws -> Void
    ) async throws {
        let host = try await LabPolicyHost.start(at: try address("127.78.0.1"), fallback: fallback, time: time)
        do {
            try host.set(LabPolicySite(reply: reply, identity: identity), for: Self.host)
            try await body(host)
        } catch {
            await host.stop()
            throw error
        }
        await host.stop()
    }

    private func connect(_ host: LabPolicyHost, _ server: String = host) async throws -> TalkClient {
        try await TalkClient.connect(host.address, host.port, tls: (.client(), try name(server)))
    }

    private func get(_ host: LabPolicyHost, _ server: String = host, path: String = path) async throws -> String {
        let client = try await connect(host, server)
        try await client.say("GET \(path) HTTP/1.1\r\nHost: \(server):\(host.port)\r\n")
        return await client.rest()
    }

    @Test func `a policy: 200, type, length, date, body`() async throws {
        try await withHost { host in
            let answer = try await get(host)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("Content-Type: text/plain\r\n"))
            #expect(answer.contains("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
            #expect(answer.contains("Content-Length: \(Self.policy.body.count)\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n" + String(decoding: Self.policy.body, as: UTF8.self)))
            #expect(host.requests(to: Self.host) == 1)
        }
    }

    @Test func `SNI picks the certificate; a name without a site gets the fallback and 404`() async throws {
        try await withHost { host in
            let other = try authority.good("mta-sts.other.example")
            try host.set(LabPolicySite(reply: .notFound, identity: other), for: "mta-sts.other.example")
            for (server, chain) in [
                (Self.host, identity.chain), ("mta-sts.other.example", other.chain),
                ("mta-sts.nobody.example", fallback.chain),
            ] {
                let client = try await connect(host, server)
                try await client.say("GET \(Self.path) HTTP/1.1\r\nHost: \(server)\r\n")
                let answer = await client.rest()
                #expect(client.handshake?.chain.der == chain)
                #expect(answer.hasPrefix(server == Self.host ? "HTTP/1.1 200" : "HTTP/1.1 404"))
            }
            #expect(host.requests(to: "mta-sts.nobody.example") == 0)
        }
    }

    @Test func `another path is 404`() async throws {
        try await withHost { host in
            let answer = try await get(host, path: "/")
            #expect(answer.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test func `a redirect has a location`() async throws {
        try await withHost(.redirect(to: "https://www.example/x")) { host in
            let answer = try await get(host)
            #expect(answer.hasPrefix("HTTP/1.1 301"))
            #expect(answer.contains("Location: https://www.example/x\r\n"))
        }
    }

    @Test func `no content type, or another`() async throws {
        var reply = Self.policy
        reply.contentType = nil
        try await withHost(reply) { host in
            let answer = try await get(host)
            #expect(!answer.contains("Content-Type"))
            reply.contentType = "text/html"
            try host.set(LabPolicySite(reply: reply, identity: identity), for: Self.host)
            let second = try await get(host)
            #expect(second.contains("Content-Type: text/html\r\n"))
        }
    }

    @Test func `dropped: closed without an answer`() async throws {
        var reply = Self.policy
        reply.fate = .dropped
        try await withHost(reply) { host in
            let answer = try await get(host)
            #expect(answer == "")
            #expect(host.requests(to: Self.host) == 1)
        }
    }

    @Test func `cut-off: half of the promised body`() async throws {
        var reply = Self.policy
        reply.fate = .cutOff
        try await withHost(reply) { host in
            let body = try await get(host).split(separator: "\r\n\r\n", maxSplits: 1).last
            #expect(body?.utf8.count == Self.policy.body.count / 2)
        }
    }

    @Test func `stalled: nothing comes until the client goes`() async throws {
        var reply = Self.policy
        reply.fate = .stalled
        try await withHost(reply) { host in
            let client = try await connect(host)
            try await client.say("GET \(Self.path) HTTP/1.1\r\nHost: \(Self.host)\r\n")
            try await client.say("GET \(Self.path) HTTP/1.1\r\nHost: \(Self.host)\r\n")
            try await client.channel.close(mode: .output)
            #expect(await client.rest() == "")
        }
    }

    @Test func `a delay holds the answer back`() async throws {
        var reply = Self.policy
        reply.delayMilliseconds = 60
        try await withHost(reply) { host in
            let clock = ContinuousClock()
            let start = clock.now
            let answer = try await get(host)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(clock.now - start >= .milliseconds(55))
        }
    }

    @Test func `a site is changed and removed while the server runs`() async throws {
        try await withHost { host in
            let renewed = try authority.good(Self.host)
            try host.set(LabPolicySite(reply: .notFound, identity: renewed), for: Self.host)
            let client = try await connect(host)
            try await client.say("GET \(Self.path) HTTP/1.1\r\nHost: \(Self.host)\r\n")
            #expect(await client.rest().hasPrefix("HTTP/1.1 404"))
            #expect(client.handshake?.chain.der == renewed.chain)
            try host.set(nil, for: Self.host)
            #expect(host.site(Self.host) == nil)
            let after = try await connect(host)
            try await after.say("GET \(Self.path) HTTP/1.1\r\nHost: \(Self.host)\r\n")
            _ = await after.rest()
            #expect(after.handshake?.chain.der == fallback.chain)
        }
    }

    @Test func `plain HTTP gets no answer`() async throws {
        try await withHost { host in
            let client = try await TalkClient.connect(host.address, host.port)
            try await client.say("GET \(Self.path) HTTP/1.1\r\nHost: \(Self.host)\r\n")
            #expect(await !client.rest().contains("HTTP/1.1"))
        }
    }
}
