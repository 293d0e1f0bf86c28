import Evidence
import Testing

@testable import Probing

/// Which address is asked, for how long, and what becomes of it when the caller goes away.
@Suite(.timeLimit(.minutes(5))) struct PolicyAddressTests {
    typealias Fetcher = HTTPSPolicyFetcherTests

    static let answer = Fetcher.response("200 OK\nContent-Length: 1", "a")

    @Test func aDeadAddressIsPassedOver() async throws {
        try await ScriptedServer.run([try Fetcher.script([Self.answer])]) { server in
            let fetch = try await Fetcher.makeFetcher(server.port).fetch(
                host: try #require(Fetcher.host), addresses: try Fetcher.addresses("127.0.0.2", "::1", "127.0.0.1"),
                aliases: [])
            #expect(fetch.failure == nil)
            #expect(fetch.body == [0x61])
            #expect(fetch.address?.description == "127.0.0.1")
            #expect(server.log.entries.connections == 1)
        }
    }

    @Test func theFirstThatAnswersIsTheOnlyOne() async throws {
        try await ScriptedServer.run([try Fetcher.script([Fetcher.response("404 No", "")])]) { server in
            let fetch = try await Fetcher.makeFetcher(server.port).fetch(
                host: try #require(Fetcher.host), addresses: try Fetcher.addresses("127.0.0.1", "127.0.0.1"),
                aliases: [try #require(Fetcher.host)])
            #expect(fetch.failure == .status(404))
            #expect(fetch.aliases == [Fetcher.host])
            #expect(server.log.entries.connections == 1)
        }
    }

    @Test func allAddressesDeadIsToldOfEach() async throws {
        let port = try await ScriptedServer.deadPort()
        let fetcher = try Fetcher.makeFetcher(port)
        let host = try #require(Fetcher.host)
        let one = await fetcher.fetch(host: host, addresses: try Fetcher.addresses("127.0.0.1"), aliases: [])
        #expect(one.failure == .connect("connection refused"))
        #expect(one.address?.description == "127.0.0.1")
        #expect(one.tls == nil)
        let two = await fetcher.fetch(
            host: host, addresses: try Fetcher.addresses("127.0.0.1", "127.0.0.2"), aliases: [])
        #expect(two.failure == .connect("127.0.0.1: connection refused, 127.0.0.2: connection refused"))
        #expect(two.address?.description == "127.0.0.2")
    }

    @Test func noAddressIsNoHost() async throws {
        let fetch = try await Fetcher.makeFetcher(443).fetch(
            host: try #require(Fetcher.host), addresses: [], aliases: [])
        #expect(fetch.failure == .noHost)
        #expect(fetch.address == nil)
    }

    @Test func dripsDoNotProlongTheFetch() async throws {
        let head = Fetcher.response("200 OK\nContent-Length: 60000", "")
        for (acts, steps) in [
            ([.say("HTTP/1.1 200 OK\r\n"), .drip("X: y\r\n")], ["TLS handshake", "headers"]),
            ([head, .drip("policy")], ["TLS handshake", "headers", "body"]),
        ] as [([ScriptedServer.Act], [String])] {
            let (fetch, _) = try await Fetcher.fetch(try Fetcher.script(acts), timeout: .milliseconds(500))
            // On a busy machine an earlier step may eat the time up; none of them may outlive it.
            #expect(([.timeout("connect")] + steps.map { .timeout($0) }).contains(fetch.failure))
        }
    }

    @Test func cancellationClosesTheConnection() async throws {
        try await ScriptedServer.run([try Fetcher.script([])]) { server in
            let fetcher = try Fetcher.makeFetcher(server.port)
            let host = try #require(Fetcher.host)
            let addresses = try Fetcher.addresses("127.0.0.1", "127.0.0.2")
            let task = Task { await fetcher.fetch(host: host, addresses: addresses, aliases: []) }
            await server.log.wait { $0.messages.count == 1 }
            task.cancel()
            await server.log.wait { $0.closed == 1 }
            #expect(await task.value.failure == .notFetched("cancelled"))
        }
    }

    @Test func manyFetchesRunBesideOneAnother() async throws {
        try await ScriptedServer.run([try Fetcher.script([Self.answer])]) { server in
            let fetcher = try Fetcher.makeFetcher(server.port)
            let host = try #require(Fetcher.host)
            let addresses = try Fetcher.addresses("127.0.0.1")
            let bodies = await withTaskGroup(of: [UInt8]?.self) { group in
                for _ in 0..<200 {
                    group.addTask { await fetcher.fetch(host: host, addresses: addresses, aliases: []).body }
                }
                return await group.reduce(into: 0) { $0 += $1 == [0x61] ? 1 : 0 }
            }
            #expect(bodies == 200)
            await server.log.wait { $0.closed == 200 }
        }
    }
}
