import Evidence
import Foundation
import MTASTS
import NIOCore
import NIOPosix
import OpenSSLTLS
import Testing

@testable import Probing

@Suite(.timeLimit(.minutes(5))) struct HTTPSPolicyFetcherTests {
    typealias Act = ScriptedServer.Act

    static let policy = "version: STSv1\nmode: enforce\nmx: mx1.example.test\nmax_age: 604800\n"

    static func script(_ acts: [Act]) throws -> ScriptedServer.Script {
        ScriptedServer.Script(delimiter: "\r\n\r\n", context: try TestIdentity.context(), acts: [[], acts])
    }

    static func makeFetcher(_ port: Int, timeout: Duration = .seconds(60)) throws -> HTTPSPolicyFetcher {
        HTTPSPolicyFetcher(
            group: .singletonMultiThreadedEventLoopGroup, judge: CountingJudge(), client: try .client(), port: port,
            timeout: timeout)
    }

    static func addresses(_ texts: String...) throws -> [IPAddress] {
        try texts.map { try #require(IPAddress($0)) }
    }

    static let host = DomainName("mta-sts.example.test")

    static func fetch(
        _ script: ScriptedServer.Script, timeout: Duration = .seconds(60)
    ) async throws -> (fetch: PolicyFetch, log: ServerLog.Entries) {
        try await ScriptedServer.run([script]) { server in
            let fetch = try await makeFetcher(server.port, timeout: timeout)
                .fetch(host: try #require(host), addresses: try addresses("127.0.0.1"), aliases: [])
            await server.log.wait { $0.connections > 0 && $0.closed == $0.connections }
            return (fetch, server.log.entries)
        }
    }

    static func response(_ head: String, _ body: String) -> Act {
        .say("HTTP/1.1 \(head.replacing("\n", with: "\r\n"))\r\n\r\n\(body)")
    }

    @Test func fetchesAPolicy() async throws {
        let (fetch, log) = try await Self.fetch(
            try Self.script([
                Self.response(
                    """
                    200 OK
                    Content-Type: text/plain; charset=utf-8
                    Date: Sun, 06 Nov 1994 08:49:37 GMT
                    Content-Length: \(Self.policy.utf8.count)
                    """, Self.policy)
            ]))
        #expect(fetch.failure == nil)
        #expect(fetch.status == 200)
        #expect(fetch.body == Array(Self.policy.utf8))
        #expect(fetch.contentType == "text/plain; charset=utf-8")
        #expect(fetch.serverDate == Date(timeIntervalSince1970: 784_111_777))
        #expect(fetch.address?.description == "127.0.0.1")
        #expect(fetch.host == Self.host)
        let tls = try #require(fetch.tls)
        #expect(tls.version == "TLSv1.3")
        #expect(tls.certificates.count == 1)
        #expect(tls.trust.trust(at: .distantPast) == .selfSigned)
        #expect(log.serverNames == ["mta-sts.example.test"])
        let request = try #require(log.messages.first).components(separatedBy: "\r\n")
        #expect(request.first == "GET /.well-known/mta-sts.txt HTTP/1.1")
        #expect(request.contains("User-Agent: stswatch"))
        #expect(request.contains("Connection: close"))
        #expect(request.contains("Accept-Encoding: identity"))
        #expect(request.contains { $0.hasPrefix("Host: mta-sts.example.test:") })
        #expect(log.messages.count == 1)
    }

    @Test(arguments: [
        ("chunked", "200 OK\nTransfer-Encoding: chunked", "4\r\nvers\r\n4;x=y\r\nion:\r\n0\r\n\r\n", true, "version:"),
        ("ended by close_notify", "200 OK", "version:", true, "version:"),
        ("interim responses", "103 Early Hints\nLink: x\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK", "v", true, "v"),
        ("empty", "200 OK\nContent-Length: 0", "", true, ""),
        ("more than the length says", "200 OK\nContent-Length: 3", "version:", false, "ver"),
    ])
    func readsEveryKindOfBody(name: String, head: String, body: String, isClosed: Bool, read: String) async throws {
        let acts = [Self.response(head, body)] + (isClosed ? [Act.close] : [])
        let (fetch, _) = try await Self.fetch(try Self.script(acts))
        #expect(fetch.failure == nil)
        #expect(fetch.body == Array(read.utf8))
    }

    @Test(
        arguments: [
            ("404 Not Found\nContent-Length: 3", "abc", .status(404), 404),
            ("500 Oops", "", .status(500), 500),
            (
                "301 Moved\nLocation: https://other.example/mta-sts.txt\nContent-Length: 0", "",
                .redirect(status: 301, location: "https://other.example/mta-sts.txt"), 301
            ),
            ("200 OK\nContent-Encoding: gzip\nContent-Length: 3", "abc", .malformed("compressed body"), 200),
            ("200 OK\nContent-Length: 70000", "abc", .tooLarge, 200),
            (
                "200 OK\nContent-Length: 30", "abc", .malformed("the connection was closed before the end of the body"),
                200
            ),
            (
                "200 OK\nTransfer-Encoding: chunked", "4\r\nvers\r\n",
                .malformed("the connection was closed before the end of the body"), 200
            ),
            (
                "200 OK\nContent-Type: text", "", nil, 200
            ),
        ] as [(String, String, PolicyFetchFailure?, Int)])
    func failuresKeepTheSession(head: String, body: String, failure: PolicyFetchFailure?, status: Int) async throws {
        let (fetch, _) = try await Self.fetch(try Self.script([Self.response(head, body), .close]))
        #expect(fetch.failure == failure)
        #expect(fetch.status == status)
        #expect((fetch.body == nil) == (failure != nil))
        #expect(fetch.tls?.chain.der.count == 1)
    }

    @Test func aResetIsAnEarlyClose() async throws {
        let (fetch, _) = try await Self.fetch(try Self.script([.reset]))
        #expect(fetch.failure == .malformed("the connection was closed before the end of the headers"))
        #expect(fetch.tls != nil)
    }

    @Test(arguments: [
        "HTTP/2.0 200 OK\r\n\r\n", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc", "HTTP/1.1 99999 OK\r\n\r\n", "\u{0}\u{1}\u{2}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ])
    func whatIsNoHTTPIsMalformed(text: String) async throws {
        let (fetch, _) = try await Self.fetch(try Self.script([.say(text), .close]))
        guard case .malformed = fetch.failure else {
            Issue.record("\(String(describing: fetch.failure))")
            return
        }
        #expect(fetch.body == nil)
        #expect(fetch.tls != nil)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n", "X-Header: \(String(repeating: "x", count: 50))\r\n"),
        ("HTTP/1.1 200 OK\r\nX: ", "xxxxxxxxxx"),
        ("HTTP/1.1 200 ", "xxxxxxxxxx"),
        ("", "HTTP/1.1 103 Early Hints\r\n\r\n"),
    ])
    func endlessHeadersAreCutOff(start: String, more: String) async throws {
        let (fetch, log) = try await Self.fetch(try Self.script([.say(start), .flood(more)]))
        guard case .malformed(let reason) = fetch.failure else {
            Issue.record("\(String(describing: fetch.failure))")
            return
        }
        #expect(reason.contains("headers"))
        #expect(log.closed == 1)
    }

    @Test func aHundredHeadersAreEnough() async throws {
        for (count, isFine) in [(99, true), (101, false)] {
            let headers = (0..<count).map { "X-\($0): y\n" }.joined()
            let (fetch, _) = try await Self.fetch(
                try Self.script([Self.response("200 OK\n\(headers)Content-Length: 1", "a")]))
            #expect((fetch.failure == nil) == isFine)
        }
    }

    @Test(arguments: [
        ("200 OK", "policy without end\n", PolicyFetchFailure.tooLarge),
        ("200 OK\nTransfer-Encoding: chunked", "8\r\npolicy..\r\n", .tooLarge),
        (
            "200 OK\nTransfer-Encoding: chunked", "1;\(String(repeating: "x", count: 200))\r\na\r\n",
            .malformed("more than 524288 bytes of response")
        ),
    ])
    func endlessBodiesAreCutOff(head: String, more: String, failure: PolicyFetchFailure) async throws {
        let (fetch, log) = try await Self.fetch(try Self.script([Self.response(head, ""), .flood(more)]))
        #expect(fetch.failure == failure)
        #expect(fetch.body == nil)
        #expect(log.closed == 1)
    }

    @Test func brokenHandshakesAreTLSFailures() async throws {
        for acts: [[Act]] in [
            [[.close]], [[.say("220 mail\r\n")]], [[.afterBytes([.close])]],
            [[.afterBytes([.sayBytes([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])])]],
        ] {
            let (fetch, _) = try await Self.fetch(ScriptedServer.Script(acts: acts))
            guard case .tls(let reason) = fetch.failure else {
                Issue.record("\(String(describing: fetch.failure))")
                return
            }
            #expect(!reason.isEmpty)
            #expect(fetch.tls == nil)
            #expect(fetch.status == nil)
        }
    }

    @Test func oldTLSIsAFailure() async throws {
        let legacy = try TestIdentity.context(minimum: .v10, maximum: .v11)
        let (fetch, _) = try await Self.fetch(ScriptedServer.Script(context: legacy, acts: [[]]))
        guard case .tls = fetch.failure else {
            Issue.record("\(String(describing: fetch.failure))")
            return
        }
    }
}
