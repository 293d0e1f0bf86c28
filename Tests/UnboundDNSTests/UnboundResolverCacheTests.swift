import Evidence
import MTASTS
import Testing

@testable import UnboundDNS

/// Caches help, and never bring back what a newer look has replaced.
@Suite(.timeLimit(.minutes(5))) struct UnboundResolverCacheTests {
    private func publish(_ text: String, on server: ScriptedServer) {
        server.edit { $0.set("cache.example", 16, [.txt("cache.example", text, ttl: 3600)]) }
    }

    @Test func freshGoesAroundTheCacheAndReplacesIt() async throws {
        let server = try ScriptedServer()
        let resolver = try resolver(asking: server)
        let name = try name("cache.example")
        publish("old", on: server)
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("old")])
        publish("new", on: server)
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("old")])
        #expect(server.count("cache.example", 16) == 1)
        let fresh = await resolver.txt(name, fresh: true)
        #expect(fresh.value == [TXTRecord("new")])
        // Caches do not shorten what the zone says.
        #expect(fresh.ttl == 3600)
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("new")])
        #expect(server.count("cache.example", 16) == 2)
    }

    @Test func freshNoticesARepairAfterFailureAndAbsence() async throws {
        let server = try ScriptedServer { script in
            script.set("repair.example", 16, .message(rcode: 2))
            script.set("birth.example", 16, .message(rcode: 3, authority: [.soa("example", ttl: 3600)]))
        }
        let resolver = try resolver(asking: server)
        let names = try [name("repair.example"), name("birth.example")]
        for name in names { #expect(await resolver.txt(name, fresh: false).value == nil) }
        server.edit { script in
            for name in names { script.set(name.text, 16, [.txt(name.text, "here")]) }
        }
        for name in names { #expect(await resolver.txt(name, fresh: true).value == [TXTRecord("here")]) }
    }

    @Test func aFreshLookNeverUsesAnythingOlderThanASecond() async throws {
        let server = try ScriptedServer {
            $0.set("one.example", 16, [.cname("one.example", "shared.example")])
            $0.set("two.example", 16, [.cname("two.example", "shared.example")])
            $0.set("shared.example", 16, [.txt("shared.example", "old", ttl: 3600)])
        }
        let clock = HandClock()
        let resolver = try resolver(asking: server, clock: clock)
        _ = try await resolver.txt(name("one.example"), fresh: false)
        server.edit { $0.set("shared.example", 16, [.txt("shared.example", "new", ttl: 3600)]) }
        clock.advance(by: .seconds(2))
        #expect(try await resolver.txt(name("two.example"), fresh: true).value == [TXTRecord("new")])
    }

    @Test func manyFreshLooksShareOneContext() async throws {
        let server = try ScriptedServer { script in
            for index in 0..<100 { script.set("n\(index).example", 16, [.txt("n\(index).example", "x")]) }
        }
        let clock = HandClock()
        let resolver = try resolver(asking: server, clock: clock)
        clock.advance(by: .seconds(2))
        let before = resolver.pool.replacements
        let found = await withTaskGroup(of: Int.self) { group in
            for index in 0..<100 {
                group.addTask {
                    guard let name = try? name("n\(index).example") else { return 0 }
                    return await resolver.txt(name, fresh: true).value?.count ?? 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(found == 100)
        #expect(resolver.pool.replacements == before + 1)
    }

    /// Control hosts are asked every minute: around the caches, which stay as they are.
    @Test func controlHostsAreAskedBesideTheCaches() async throws {
        let server = try ScriptedServer { script in
            script.set("control.example", 1, [.a("control.example", "192.0.2.1")])
            for type in [1, 28] { script.set("lost.example", type, .message(rcode: 2)) }
        }
        let clock = HandClock()
        let resolver = try resolver(asking: server, clock: clock)
        let (cached, lost, control) = try (name("cache.example"), name("lost.example"), name("control.example"))
        publish("old", on: server)
        _ = await resolver.txt(cached, fresh: false)
        clock.advance(by: .seconds(60))
        #expect(await resolver.findsAny(of: [lost, control]))
        let asked = server.count("control.example", 1)
        #expect(await resolver.findsAny(of: [control]))
        #expect(server.count("control.example", 1) > asked)
        #expect(await !resolver.findsAny(of: [lost]))
        _ = await resolver.txt(cached, fresh: false)
        #expect(server.count("cache.example", 16) == 1)
        #expect(resolver.pool.replacements == 0)
    }

    @Test func nothingIsCachedLongerThanFiveMinutes() async throws {
        let server = try ScriptedServer()
        let clock = HandClock()
        let resolver = try resolver(asking: server, clock: clock)
        let name = try name("cache.example")
        publish("old", on: server)
        _ = await resolver.txt(name, fresh: false)
        publish("new", on: server)
        clock.advance(by: .seconds(299))
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("old")])
        clock.advance(by: .seconds(1))
        #expect(await resolver.txt(name, fresh: false).value == [TXTRecord("new")])
    }
}
