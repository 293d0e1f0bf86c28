import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import TestSupport
import Testing

@testable import Polling

@Suite(.timeLimit(.minutes(5))) struct BeliefTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let good = FactVerdict(.txt(DNSAnswer(.found([TXTRecord("a")]), dnssec: .insecure)), now: .now)
    private let other = FactVerdict(.txt(DNSAnswer(.found([TXTRecord("b")]), dnssec: .insecure)), now: .now)
    private let given = FactVerdict(.txt(DNSAnswer(.failed(.serverFailure), dnssec: .unknown)), now: .now)
    private let silent = FactVerdict(.txt(DNSAnswer(.failed(.timeout), dnssec: .unknown)), now: .now)

    @Test func verdictsLeaveOutTimings() {
        let one = DNSAnswer(.found([TXTRecord("a")]), dnssec: .insecure, ttl: 300, milliseconds: 4)
        let two = DNSAnswer(.found([TXTRecord("a")]), dnssec: .insecure, ttl: 12, milliseconds: 90)
        #expect(FactVerdict(.txt(one), now: now) == FactVerdict(.txt(two), now: now))
        #expect(good != other && given.soundness == .given && silent.soundness == .absent)
    }

    @Test func givenTakesTwoLooksAndSilenceThree() {
        let rule = Polling.Confirmation.watching
        func decide(_ verdict: FactVerdict, _ believed: FactVerdict?, _ looks: Int) -> Polling.Confirmation.Decision {
            rule.decide(verdict, believed: believed, looks: looks, isPolicy: false)
        }
        #expect(decide(good, nil, 1) == .believe)
        #expect(decide(good, given, 1) == .believe)
        #expect(decide(other, good, 1) == .lookAgain(after: rule.givenDelay))
        #expect(decide(other, good, 2) == .believe)
        #expect(
            rule.decide(other, believed: good, looks: 1, isPolicy: true) == .lookAgain(after: rule.givenDelay * 3))
        #expect(decide(given, good, 1) == .lookAgain(after: rule.givenDelay))
        #expect(decide(given, nil, 1) == .lookAgain(after: rule.givenDelay))
        #expect(decide(given, good, 2) == .believe)
        #expect(decide(silent, good, 1) == .lookAgain(after: 20))
        #expect(decide(silent, good, 2) == .lookAgain(after: 60))
        #expect(decide(silent, good, 3) == .believe)
        #expect(rule.absentDelays.reduce(0, +) <= 120)
        #expect(decide(silent, silent, 1) == .believe)
    }

    /// Whether the id is the old one is seen before a new body is believed, good or bad, but not for ever.
    @Test func aNewBodyIsLookedAtTwice() {
        let rule = Polling.Confirmation.watching
        func decide(_ verdict: FactVerdict, _ looks: Int, _ undecided: Int) -> Polling.Confirmation.Decision {
            rule.decide(
                verdict, believed: good, looks: looks, undecided: undecided, isPolicy: true, isNewBody: true)
        }
        #expect(decide(given, 1, 0) == .lookAgain(after: rule.givenDelay * 3))
        #expect(decide(other, 1, 0) == .lookAgain(after: rule.givenDelay * 3))
        #expect(decide(given, 2, 1) == .believe)
        #expect(decide(given, 1, Polling.Confirmation.mostUndecided) == .believe)
    }

    @Test func aFailedPolicyFetchIsNotRepeatedWithinFiveMinutes() throws {
        let rule = Polling.Confirmation.watching
        #expect(rule.decide(given, believed: good, looks: 1, isPolicy: true) == .lookAgain(after: 300))
        #expect(rule.decide(given, believed: nil, looks: 1, isPolicy: true) == .believe)
        var table = FactTable()
        let domain = try #require(DomainName("example.com"))
        table.use(.policy(domain), by: domain, now: now)
        #expect(table.popDue(now: now) == .policy(domain))
        table.holdBack(.policy(domain), until: after(300), now: now)
        table.schedule(.policy(domain), at: after(10), fresh: true)
        #expect(table.popDue(now: after(299)) == nil)
        #expect(table.popDue(now: after(300)) == .policy(domain))
        // A record that comes and goes does not shorten the wait.
        table.release(.policy(domain), by: domain)
        table.use(.policy(domain), by: domain, now: after(20))
        #expect(table.popDue(now: after(200)) == nil)
    }

    @Test func aFreedPlaceIsOfferedUntilItIsTaken() throws {
        var settings = PollSettings()
        (settings.mostConnections, settings.mostPerProvider) = (2, 1)
        var pool = HostPool(settings)
        func session(_ index: Int) throws -> FactKey {
            .session(
                SessionKey(
                    address: try #require(IPAddress("192.0.2.\(index)")), port: 25,
                    serverName: try #require(DomainName("mx\(index).provider.example"))))
        }
        let (one, two, three) = (try session(1), try session(2), try session(3))
        let policies = try (0..<4).map { FactKey.policy(try #require(DomainName("d\($0).example"))) }
        let isOne = pool.start(one)
        let isFirst = pool.start(policies[0])
        #expect(isOne && isFirst)
        for key in [two, policies[1], policies[2]] { #expect(pool.start(key) == false) }
        #expect(pool.start(three, isUrgent: true) == false)
        // The place of the policy goes to the next policy, though a session stands before it in another line.
        let taken = pool.finish(policies[0])
        #expect(taken == [policies[1]])
        // The urgent session overtakes the usual one.
        let next = pool.finish(one)
        #expect(next == [three])
    }

    /// Each of these looks asks several servers through resolvers of their own.
    @Test func fewLooksAtNameServersAreHeldAtOnce() throws {
        var pool = HostPool(PollSettings())
        let keys = try (0..<9).map { FactKey.nameServers(try #require(DomainName("d\($0).example"))) }
        let started = keys.filter { pool.start($0) }
        #expect(started == Array(keys.prefix(8)))
        let isOtherStarted = pool.start(.mx(try #require(DomainName("d.example"))))
        let next = pool.finish(keys[0])
        #expect(isOtherStarted && next == [keys[8]])
    }

    @Test func lastingTroubleIsLookedAtLessOften() {
        let backoff = Backoff(interval: 300, problemInterval: 60)
        #expect(backoff.delay(badLooks: 0, jitter: 0.5) == 300)
        #expect(backoff.delay(badLooks: 10, jitter: 0.5) == 60)
        #expect(backoff.delay(badLooks: 12, jitter: 0.5) == 240)
        #expect(backoff.delay(badLooks: 500, jitter: 0.5) == 300)
        #expect(abs(backoff.delay(badLooks: 0, jitter: 0) - 270) < 0.001)
    }

    private func after(_ seconds: TimeInterval) -> Date { now.addingTimeInterval(seconds) }

    @Test func silenceCountsOnlyWhileSomethingWorks() {
        var health = NetworkHealth()
        health.silence(.smtpIPv4, target: "a", at: now)
        #expect(!health.vouches(for: .smtpIPv4, target: "a", now: after(1)))
        #expect(health.condition(now: now).isSuspect)
        health.answered(.smtpIPv4, target: "b", at: after(2))
        #expect(health.vouches(for: .smtpIPv4, target: "a", now: after(3)))
        #expect(!health.condition(now: after(3)).isSuspect)
        #expect(!health.vouches(for: .smtpIPv4, target: "a", now: after(700)))
    }

    @Test func anAnswerBeforeTheSilenceDoesNotVouchForIt() {
        var health = NetworkHealth()
        health.answered(.smtpIPv4, target: "a", at: now)
        health.silence(.smtpIPv4, target: "a", at: after(10))
        #expect(!health.vouches(for: .smtpIPv4, target: "a", now: after(90)))
        #expect(health.wantsResolverCheck(now: after(90)))
        health.resolver(.validating, at: after(60))
        #expect(health.vouches(for: .smtpIPv4, target: "a", now: after(90)))
        health.resolver(.dead("x"), at: after(95))
        #expect(!health.vouches(for: .smtpIPv4, target: "a", now: after(96)))
        health.answered(.dns, target: "cached", at: after(97))
        #expect(health.condition(now: after(98)).isSuspect)
    }

    @Test func mostAtOnceIsOurNetworkAFewIsTheirs() {
        var health = NetworkHealth()
        for target in 0..<4 { health.answered(.smtpIPv4, target: "\(target)", at: now) }
        for target in 0..<3 { health.silence(.smtpIPv4, target: "\(target)", at: after(5)) }
        #expect(!health.condition(now: after(6)).isSuspect)
        for target in 3..<6 { health.silence(.smtpIPv4, target: "\(target)", at: after(7)) }
        #expect(health.condition(now: after(8)).isSuspect)
        health.answered(.smtpIPv4, target: "9", at: after(9))
        #expect(!health.condition(now: after(10)).isSuspect)
    }

    @Test func deadTargetsThatAreBelievedDeadSpeakForNothing() {
        var health = NetworkHealth()
        for target in 0..<5 {
            health.silence(.smtpIPv4, target: "\(target)", at: now)
            health.settle(.smtpIPv4, target: "\(target)")
        }
        health.answered(.smtpIPv4, target: "good", at: after(1))
        for target in 0..<5 { health.silence(.smtpIPv4, target: "\(target)", at: after(60)) }
        #expect(!health.condition(now: after(61)).isSuspect)
    }

    @Test func aMachineWithoutIPv6IsNoAlarm() {
        var health = NetworkHealth()
        health.answered(.smtpIPv4, target: "a", at: now)
        for target in 0..<9 { health.silence(.smtpIPv6, target: "\(target)", at: now) }
        #expect(!health.condition(now: now).isSuspect)
        #expect(!health.vouches(for: .smtpIPv6, target: "1", now: now))
    }

    @Test func severalHostsThatAgreeTellAWrongClock() {
        var health = NetworkHealth()
        for host in ["a", "b"] { health.clock(of: host, behind: 420, at: now) }
        #expect(health.condition(now: now) == .sound)
        health.clock(of: "c", behind: 405, at: after(1))
        #expect(health.condition(now: after(1)) == .clockSuspect(minutesBehind: 7, hosts: 3))
        // Hosts that are right say that the others are wrong.
        for host in ["d", "e"] { health.clock(of: host, behind: -1, at: after(2)) }
        #expect(health.condition(now: after(2)) == .sound)
        // Set right, it is right by the next round; what was said long ago counts no more.
        for host in ["a", "b", "c"] { health.clock(of: host, behind: 0, at: after(3)) }
        #expect(health.condition(now: after(3)) == .sound)
        for host in ["a", "b", "c"] { health.clock(of: host, behind: -600, at: after(700)) }
        #expect(health.condition(now: after(700)) == .clockSuspect(minutesBehind: -10, hosts: 3))
    }

    @Test func secondsAreNoWrongClock() {
        var health = NetworkHealth()
        for host in 0..<9 { health.clock(of: "\(host)", behind: 119, at: now) }
        #expect(health.condition(now: now) == .sound)
    }

    @Test func twoBackendsThatDisagreeAreNotAskedForEver() {
        let rule = Polling.Confirmation.watching
        #expect(rule.decide(given, believed: good, looks: 1, undecided: 5, isPolicy: false) != .believe)
        #expect(rule.decide(given, believed: good, looks: 1, undecided: 6, isPolicy: false) == .believe)
    }

    @Test func whatVariesInAFailureDoesNotKeepTwoLooksApart() throws {
        let host = try #require(DomainName("mta-sts.example.com"))
        func verdict(_ failure: PolicyFetchFailure) -> FactVerdict {
            FactVerdict(.policy(PolicyFetch(host: host, failure: failure)), now: now)
        }
        #expect(
            verdict(.redirect(status: 302, location: "/a")) == verdict(.redirect(status: 302, location: "/b")))
        #expect(verdict(.malformed("x")) == verdict(.malformed("y")))
        #expect(verdict(.status(404)) != verdict(.status(500)))
        func page(_ body: String) -> FactVerdict {
            let fetch = PolicyFetch(
                host: host, status: 200, contentType: "text/html", body: Array(body.utf8),
                tls: FakeNetwork.session([host.text]))
            return FactVerdict(.policy(fetch), now: now)
        }
        #expect(page("<html nonce=1>") == page("<html nonce=2>"))
        #expect(page("<html nonce=1>").soundness == .given)
    }

    @Test func oneSilentFamilyIsNotAChangeOfAddresses() throws {
        let address = try #require(IPAddress("2001:db8::1"))
        let half = HostAddresses(
            ipv4: DNSAnswer(.failed(.timeout), dnssec: .unknown), ipv6: DNSAnswer(.found([address]), dnssec: .insecure))
        #expect(FactVerdict(.addresses(half), now: now).soundness == .absent)
    }

    @Test func theRegistrableDomainLimitsConnections() throws {
        var settings = PollSettings()
        settings.mostPerProvider = 2
        var pool = HostPool(settings)
        func key(_ host: String, _ address: String) throws -> FactKey {
            .session(
                SessionKey(
                    address: try #require(IPAddress(address)), port: 25, serverName: try #require(DomainName(host))))
        }
        let keys = try (1...3).map { try key("mx\($0).provider.co.uk", "192.0.2.\($0)") }
        let isFirst = pool.start(keys[0])
        let isSecond = pool.start(keys[1])
        let isThird = pool.start(keys[2])
        #expect(isFirst && isSecond && !isThird)
        let other = pool.start(try key("mx.other.co.uk", "192.0.2.9"))
        #expect(other)
        let freed = pool.finish(keys[0])
        #expect(freed == [keys[2]])
    }
}
