import Evidence
import MTASTS
import Testing

@testable import UnboundDNS

/// What each kind of answer becomes.
@Suite(.timeLimit(.minutes(5))) struct UnboundResolverTests {
    @Test func textRecordsAreJoinedAndSorted() async throws {
        let server = try ScriptedServer {
            $0.set(
                "_mta-sts.text.example", 16,
                [
                    .txt("_mta-sts.text.example", "v=STSv1; ", "id=1;", ttl: 120),
                    .txt("_mta-sts.text.example", "other", ttl: 120),
                ])
        }
        let answer = try await resolver(asking: server).txt(name("_mta-sts.text.example"), fresh: false)
        #expect(answer.value == [TXTRecord("other"), TXTRecord("v=STSv1; id=1;")])
        #expect(answer.ttl == 120)
        #expect(answer.aliases.isEmpty)
        // Nothing is validated without an anchor.
        #expect(answer.dnssec == .unknown)
    }

    @Test func absenceIsToldApart() async throws {
        let server = try ScriptedServer {
            $0.set(
                "no-name.example", 16, .message(rcode: 3, authority: [.soa("no-name.example", ttl: 90, minimum: 45)]))
            $0.set("no-data.example", 16, .message(authority: [.soa("no-data.example", ttl: 30, minimum: 45)]))
        }
        let resolver = try resolver(asking: server)
        let missing = try await resolver.txt(name("no-name.example"), fresh: false)
        #expect(missing.outcome == .noName)
        #expect((40...45).contains(try #require(missing.ttl)))
        let empty = try await resolver.txt(name("no-data.example"), fresh: false)
        #expect(empty.outcome == .noData)
        #expect((25...30).contains(try #require(empty.ttl)))
    }

    @Test(arguments: [(2, LookupFailure.serverFailure), (5, .refused(rcode: 5)), (4, .refused(rcode: 4))])
    func errorsOfServersAreTheirs(rcode: Int, failure: LookupFailure) async throws {
        let server = try ScriptedServer { $0.set("error\(rcode).example", 15, .message(rcode: rcode)) }
        let resolver = try resolver(asking: server)
        for fresh in [false, false, true] {
            let answer = try await resolver.mx(name("error\(rcode).example"), fresh: fresh)
            #expect(answer.failure == failure)
            #expect(answer.dnssec == .unknown)
        }
    }

    @Test func silenceIsATimeout() async throws {
        let server = try ScriptedServer { $0.set("silent.example", 15, .silence) }
        let answer = try await resolver(asking: server, timeout: .milliseconds(300))
            .mx(name("silent.example"), fresh: false)
        #expect(answer.failure == .timeout)
        #expect(answer.milliseconds >= 300)
    }

    @Test func silenceIsATimeoutEvenWhenTheLibraryCallsItServfail() async throws {
        // libunbound gives up before our deadline, after a quarter of a minute.
        let server = try ScriptedServer { $0.set("patience.example", 15, .silence) }
        let answer = try await resolver(asking: server, timeout: .seconds(120))
            .mx(name("patience.example"), fresh: false)
        #expect(answer.failure == .timeout)
        #expect(answer.milliseconds < 120_000)
    }

    @Test func garbageIsNotAbsence() async throws {
        let server = try ScriptedServer {
            $0.set("garbage.example", 15, .garbage([0x84, 0, 0, 1, 0, 9, 0, 0, 0, 0, 7, 7]))
        }
        let answer = try await resolver(asking: server, timeout: .milliseconds(500))
            .mx(name("garbage.example"), fresh: false)
        #expect(!answer.isAbsent)
        #expect(answer.value == nil)
    }

    @Test func aliasesAreToldInOrder() async throws {
        let chain = (0..<5).map { DNSRecord.cname("a\($0).chain.example", "a\($0 + 1).chain.example", ttl: 70 - $0) }
        let server = try ScriptedServer {
            $0.serve("chain.example", chain + [.txt("a5.chain.example", "end")])
        }
        let answer = try await resolver(asking: server).txt(name("a0.chain.example"), fresh: false)
        #expect(answer.value == [TXTRecord("end")])
        #expect(answer.aliases.map(\.text) == (1...5).map { "a\($0).chain.example" })
        #expect(answer.ttl == 66)
    }

    @Test func aliasToNothingIsAbsenceWithItsAlias() async throws {
        let server = try ScriptedServer {
            $0.set(
                "gone.alias.example", 16,
                .message(
                    rcode: 3, answers: [.cname("gone.alias.example", "target.alias.example")],
                    authority: [.soa("alias.example")]))
            $0.set("target.alias.example", 16, .message(rcode: 3, authority: [.soa("alias.example")]))
        }
        let answer = try await resolver(asking: server).txt(name("gone.alias.example"), fresh: false)
        #expect(answer.outcome == .noName)
        #expect(answer.aliases.map(\.text) == ["target.alias.example"])
    }

    @Test func aliasLoopsAndEndlessChainsAreNamed() async throws {
        let server = try ScriptedServer { script in
            script.set("ring1.example", 16, [.cname("ring1.example", "ring2.example")])
            script.set("ring2.example", 16, [.cname("ring2.example", "ring1.example")])
            script.set(
                "ring3.example", 16,
                [.cname("ring3.example", "ring4.example"), .cname("ring4.example", "ring3.example")])
            script.set("ring4.example", 16, [.cname("ring4.example", "ring3.example")])
            for link in 0..<30 {
                script.set("link\(link).example", 16, [.cname("link\(link).example", "link\(link + 1).example")])
            }
        }
        let resolver = try resolver(asking: server)
        for start in ["ring1.example", "ring3.example", "link0.example"] {
            let answer = try await resolver.txt(name(start), fresh: false)
            #expect(answer.failure == .aliasLoop, "\(start)")
        }
    }

    @Test func largeAnswersComeOverTCP() async throws {
        let long = String(repeating: "x", count: 250)
        let texts = (100..<160).map { DNSRecord.txt("large.example", "\($0)", long, long) }
        let server = try ScriptedServer { $0.set("large.example", 16, texts) }
        let answer = try await resolver(asking: server).txt(name("large.example"), fresh: false)
        #expect(answer.value?.count == 60)
        #expect(answer.value?.first?.bytes.count == 503)
        #expect(server.count("large.example", 16) >= 2)
    }

    @Test func ofTooManyRecordsTheFirstAreKeptButForTexts() async throws {
        let server = try ScriptedServer { script in
            script.set("many.example", 16, (0..<201).map { .txt("many.example", "\($0)") })
            script.set("most.example", 15, (0..<500).map { .mx("most.example", $0, "mx\($0).example") })
            script.set("more.example", 15, (0..<501).reversed().map { .mx("more.example", $0, "mx\($0).example") })
        }
        let resolver = try resolver(asking: server)
        let many = try await resolver.txt(name("many.example"), fresh: false)
        #expect(many.failure == .malformed("more than 200 TXT records"))
        let most = try await resolver.mx(name("most.example"), fresh: false)
        #expect(most.value?.count == 500)
        let more = try await resolver.mx(name("more.example"), fresh: false)
        #expect(more.value?.map(\.preference) == Array(0..<500))
    }

    @Test func mailExchangersAreOrderedAndNullHasNoHost() async throws {
        let server = try ScriptedServer { script in
            script.set(
                "order.example", 15,
                [.mx("order.example", 20, "b.example"), .mx("order.example", 10, "C.example")]
                    + [.mx("order.example", 20, "a.example")])
            script.set("null.example", 15, [.mx("null.example", 0, ".")])
        }
        let resolver = try resolver(asking: server)
        let ordered = try await resolver.mx(name("order.example"), fresh: false)
        #expect(ordered.value?.map { $0.host?.text } == ["c.example", "a.example", "b.example"])
        let null = try await resolver.mx(name("null.example"), fresh: false)
        #expect(null.value == [MXHost(preference: 0, host: nil)])
    }

    @Test func bothFamiliesAreLookedUp() async throws {
        let server = try ScriptedServer { script in
            script.set("two.example", 1, [.a("two.example", "192.0.2.9"), .a("two.example", "192.0.2.1")])
            script.set("two.example", 28, [.aaaa("two.example", "2001:db8::1")])
        }
        let addresses = try await resolver(asking: server).addresses(name("two.example"), fresh: false)
        #expect(addresses.all.map(\.description) == ["192.0.2.1", "192.0.2.9", "2001:db8::1"])
    }

    @Test func tlsaRecordsAreKeptAsPublished() async throws {
        let owner = "_25._tcp.mx.tlsa.example"
        let server = try ScriptedServer {
            $0.set(owner, 52, [.tlsa(owner, 3, 1, 1, Array(repeating: 7, count: 32)), .tlsa(owner, 0, 9, 200, [1])])
        }
        let answer = try await resolver(asking: server).tlsa(name(owner), fresh: false)
        #expect(answer.value?.map(\.usage) == [0, 3])
        #expect(answer.value?.map(\.isUsable) == [false, true])
    }

    @Test func theSecondServerIsAskedWhenTheFirstFails() async throws {
        let broken = try ScriptedServer { $0.set("pair.example", 1, .message(rcode: 2)) }
        let working = try ScriptedServer { $0.set("pair.example", 1, [.a("pair.example", "192.0.2.1")]) }
        let addresses = try await resolver(asking: broken, working).addresses(name("pair.example"), fresh: false)
        #expect(addresses.ipv4.value?.count == 1)
    }

    @Test func authoritiesAreAskedWithoutAForwarder() async throws {
        let server = try ScriptedServer {
            $0.set("tree.example", 16, [.txt("tree.example", "found")])
            $0.set("lame.example", 16, .message(rcode: 2))
        }
        let resolver = try UnboundResolver(
            .init(trustsRoot: false), upstream: .zone("example", at: "127.0.0.1@\(server.port)"), uptime: { .zero })
        #expect(try await resolver.txt(name("tree.example"), fresh: false).value == [TXTRecord("found")])
        #expect(try await resolver.txt(name("lame.example"), fresh: false).failure == .serverFailure)
    }
}
