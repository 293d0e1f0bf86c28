import Evidence
import MTASTS
import NIOCore
import OpenSSLTLS
import Testing

@testable import MailLab

@Suite(.timeLimit(.minutes(5)))
struct LabSMTPServerTests {
    static let host = "mx1.harbour.example"
    let authority: LabAuthority
    let identity: LabIdentity

    init() throws {
        authority = try LabAuthority()
        identity = try authority.good(Self.host)
    }

    /// One server for the test, closed after it.
    private func withServer(
        _ behaviour: MXBehaviour = .normal, at places: [String] = ["127.78.1.1"], banner: [UInt8]? = nil,
        _ body: (LabSMTPServer, IPAddress) async throws -> Void
    ) async throws {
        let setup = LabMXSetup(hostName: Self.host, identity: identity, behaviour: behaviour, banner: banner)
        let server = try await LabSMTPServer.start(at: places.map(address), as: setup)
        do {
            try await body(server, server.addresses[0])
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func isRefused(_ server: LabSMTPServer, _ address: IPAddress) async -> Bool {
        guard let client = try? await TalkClient.connect(address, server.port) else { return true }
        await client.close()
        return false
    }

    @Test func `normal: STARTTLS, the chain, EHLO again without STARTTLS, QUIT`() async throws {
        try await withServer { server, address in
            let (client, handshake) = try await greet(address, server.port, as: Self.host)
            #expect(handshake?.chain.der == identity.chain)
            #expect(handshake?.version == "TLSv1.3")
            let again = try await client.ask("EHLO tester.example")
            #expect(again.first == "250-\(Self.host)")
            #expect(!again.contains { $0.contains("STARTTLS") })
            #expect(try await client.ask("QUIT") == ["221 2.0.0 bye"])
            #expect(await client.rest() == "")
            let visit = try #require(server.visits(to: address).first)
            #expect(visit.commands == ["EHLO", "STARTTLS", "EHLO", "QUIT"])
            #expect(visit.greetedAs == "tester.example")
            #expect(visit.serverName == Self.host)
            #expect(visit.tlsVersion == "TLSv1.3")
        }
    }

    @Test func `no-starttls: not offered and not taken`() async throws {
        try await withServer(.noSTARTTLS) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            _ = await client.reply()
            #expect(try await client.ask("EHLO t.example").allSatisfy { !$0.contains("TLS") })
            #expect(try await client.ask("STARTTLS").first?.hasPrefix("502 ") == true)
            await client.close()
        }
    }

    @Test func `masked: stars in the banner, XXXXXXXA in the keywords`() async throws {
        try await withServer(.masked) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            #expect(await client.reply().first?.hasPrefix("220 ****") == true)
            let keywords = try await client.ask("EHLO t.example")
            #expect(keywords.contains("250-XXXXXXXA"))
            #expect(!keywords.contains { $0.contains("STARTTLS") })
            await client.close()
        }
    }

    @Test func `starttls-refused: offered, then 454`() async throws {
        try await withServer(.starttlsRefused) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            _ = await client.reply()
            #expect(try await client.ask("EHLO t.example").contains("250-STARTTLS"))
            #expect(try await client.ask("STARTTLS").first?.hasPrefix("454 ") == true)
            await client.close()
        }
    }

    @Test func `injection: a plain reply right behind the 220`() async throws {
        try await withServer(.injection) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            _ = await client.reply()
            _ = try await client.ask("EHLO t.example")
            #expect(try await client.ask("STARTTLS").first?.hasPrefix("220 ") == true)
            #expect(await client.line() == "250 2.0.0 injected")
            await client.close()
        }
    }

    @Test func `banner-refused: 554, and only QUIT is taken`() async throws {
        try await withServer(.bannerRefused) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            #expect(await client.reply().first?.hasPrefix("554 ") == true)
            #expect(try await client.ask("EHLO t.example").first?.hasPrefix("503 ") == true)
            #expect(try await client.ask("QUIT").first?.hasPrefix("221 ") == true)
            #expect(await client.line() == nil)
        }
    }

    @Test func `ehlo-refused: HELO is taken, without keywords`() async throws {
        try await withServer(.ehloRefused) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            _ = await client.reply()
            #expect(try await client.ask("EHLO t.example").first?.hasPrefix("502 ") == true)
            #expect(try await client.ask("HELO t.example") == ["250 \(Self.host)"])
            await client.close()
        }
    }

    @Test func `silent: takes commands and says nothing`() async throws {
        try await withServer(.silent) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            try await client.say("EHLO t.example")
            try await client.channel.close(mode: .output)
            #expect(await client.rest() == "")
            #expect(server.connections(to: address) == 1)
        }
    }

    @Test func `tarpit: continuation lines without an end`() async throws {
        try await withServer(.tarpit) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            for _ in 0..<3 { #expect(await client.line() == "220-please wait") }
            await client.close()
        }
    }

    @Test func `close-after-connect: closed without a word`() async throws {
        try await withServer(.closeAfterConnect) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            #expect(await client.rest() == "")
            #expect(server.connections(to: address) == 1)
        }
    }

    @Test func `tls-garbage: 220, and then no TLS`() async throws {
        try await withServer(.tlsGarbage) { server, address in
            let (client, handshake) = try await greet(address, server.port, as: Self.host)
            #expect(handshake == nil)
            if case .handshake? = client.failure {} else { Issue.record("\(String(describing: client.failure))") }
            await client.close()
        }
    }

    @Test func `legacy-only: no handshake for today's clients, TLS 1.1 for those of old`() async throws {
        try await withServer(.legacyOnly) { server, address in
            let (client, handshake) = try await greet(address, server.port, as: Self.host)
            #expect(handshake == nil)
            await client.close()
            let old = try await TalkClient.connect(address, server.port)
            _ = await old.reply()
            _ = try await old.ask("STARTTLS")
            #expect(try await old.startTLS(.client(permissive: true), name(Self.host))?.version == "TLSv1.1")
            await old.close()
        }
    }

    @Test func `refused: the port is closed and opens again, as often as one likes`() async throws {
        try await withServer(.refused) { server, address in
            for _ in 0..<3 {
                #expect(await isRefused(server, address))
                try await server.set(.normal, at: address)
                let (client, handshake) = try await greet(address, server.port, as: Self.host)
                #expect(handshake != nil)
                await client.close()
                try await server.set(.refused, at: address)
            }
            #expect(await isRefused(server, address))
            #expect(server.connections(to: address) == 3)
        }
    }

    @Test func `a banner goes out as the bytes it is`() async throws {
        try await withServer(banner: Array("\u{1b}[2J\u{7}x".utf8)) { server, address in
            let client = try await TalkClient.connect(address, server.port)
            #expect(await client.reply() == ["220 \u{1b}[2J\u{7}x"])
            await client.close()
        }
    }

    @Test func `addresses share a port, and each has behaviour and count of its own`() async throws {
        try await withServer(at: ["127.78.1.1", "127.78.1.2", "127.78.1.3"]) { server, first in
            let second = try address("127.78.1.2")
            let third = try address("127.78.1.3")
            try await server.set(.noSTARTTLS, at: second)
            for place in [first, second, second] {
                let client = try await TalkClient.connect(place, server.port)
                _ = await client.reply()
                let offers = try await client.ask("EHLO t.example").contains("250-STARTTLS")
                #expect(offers == (place == first))
                await client.close()
            }
            #expect([first, second, third].map(server.connections) == [1, 2, 0])
            server.forget()
            #expect([first, second, third].map(server.connections) == [0, 0, 0])
            #expect(server.visits(to: second).isEmpty)
        }
    }

    @Test func `a certificate is replaced while the server runs; a conversation under way keeps the old one`()
        async throws
    {
        try await withServer { server, place in
            let early = try await TalkClient.connect(place, server.port)
            _ = await early.reply()
            let other = try authority.good("other.example")
            try await server.set(other, at: place)
            _ = try await early.ask("STARTTLS")
            #expect(try await early.startTLS(.client(), name(Self.host))?.chain.der == identity.chain)
            let (client, handshake) = try await greet(place, server.port, as: Self.host)
            #expect(handshake?.chain.der == other.chain)
            await early.close()
            await client.close()
        }
    }

    @Test func `a foreign address is refused with a sentence`() async throws {
        try await withServer { server, _ in
            let stranger = try address("127.78.9.9")
            await #expect(throws: LabError("No MX host of the lab stands at 127.78.9.9.")) {
                try await server.set(.silent, at: stranger)
            }
        }
    }

    @Test func `an endless line ends the connection`() async throws {
        try await withServer { server, place in
            let client = try await TalkClient.connect(place, server.port)
            _ = await client.reply()
            try? await client.say(String(repeating: "x", count: 100_000))
            _ = await client.rest()
            #expect(!client.channel.isActive)
        }
    }

    @Test func `IPv6 loopback has the same port where the machine has it`() async throws {
        try await withServer(at: ["127.78.1.1", "::1"]) { server, _ in
            guard let place = server.addresses.first(where: { !$0.isIPv4 }) else { return }
            let (client, handshake) = try await greet(place, server.port, as: Self.host)
            #expect(handshake != nil)
            await client.close()
        }
    }

    @Test func `stop closes the port and what is connected`() async throws {
        try await withServer { server, place in
            let client = try await TalkClient.connect(place, server.port)
            _ = await client.reply()
            await server.stop()
            #expect(await client.rest() == "")
            #expect(await isRefused(server, place))
        }
    }
}
