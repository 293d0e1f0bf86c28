import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Polling

@Suite struct BeliefTests {
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
        #expect(decide(given, good, 1) == .lookAgain(after: rule.givenDelay))
        #expect(decide(given, nil, 1) == .lookAgain(after: rule.givenDelay))
        #expect(decide(given, good, 2) == .believe)
        #expect(decide(silent, good, 1) == .lookAgain(after: 20))
        #expect(decide(silent, good, 2) == .lookAgain(after: 60))
        #expect(decide(silent, good, 3) == .believe)
        #expect(rule.absentDelays.reduce(0, +) <= 120)
        #expect(decide(silent, silent, 1) == .believe)
    }

    @Test func aFailedPolicyFetchIsNotRepeatedWithinFiveMinutes() {
        let rule = Polling.Confirmation.watching
        #expect(rule.decide(given, believed: good, looks: 1, isPolicy: true) == .lookAgain(after: 300))
        #expect(rule.decide(given, believed: nil, looks: 1, isPolicy: true) == .believe)
        let backoff = Backoff(interval: 300, problemInterval: 300)
        #expect(backoff.delay(badLooks: 1, jitter: 0) >= 270)
    }

    @Test func lastingTroubleIsLookedAtLessOften() {
        let backoff = Backoff(interval: 300, problemInterval: 60)
        #expect(backoff.delay(badLooks: 0, jitter: 0.5) == 300)
        #expect(backoff.delay(badLooks: 10, jitter: 0.5) == 60)
        #expect(backoff.delay(badLooks: 12, jitter: 0.5) == 240)
        #expect(backoff.delay(badLooks: 500, jitter: 0.5) == 300)
        #expect(abs(backoff.delay(badLooks: 0, jitter: 0) - 270) < 0.001)
    }

    @Test func silenceCountsOnlyWhileOthersAnswer() {
        var health = NetworkHealth()
        #expect(!health.mayBelieveSilence(.smtpIPv4, now: now))
        health.answered(.smtpIPv4, at: now)
        #expect(health.mayBelieveSilence(.smtpIPv4, now: now))
        health.silence(.smtpIPv4, target: "a", at: now)
        #expect(health.mayBelieveSilence(.smtpIPv4, now: now))
        for target in ["b", "c", "d", "e"] { health.silence(.smtpIPv4, target: target, at: now) }
        #expect(!health.mayBelieveSilence(.smtpIPv4, now: now))
        #expect(health.condition(now: now).isSuspect)
        health.answered(.smtpIPv4, at: now)
        #expect(!health.condition(now: now).isSuspect)
        #expect(!health.mayBelieveSilence(.smtpIPv4, now: now.addingTimeInterval(601)))
    }

    @Test func aMachineWithoutIPv6IsNoAlarm() {
        var health = NetworkHealth()
        health.answered(.smtpIPv4, at: now)
        for target in 0..<9 { health.silence(.smtpIPv6, target: "\(target)", at: now) }
        #expect(!health.condition(now: now).isSuspect)
        #expect(!health.mayBelieveSilence(.smtpIPv6, now: now))
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
