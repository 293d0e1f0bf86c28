import Deliverability
import FoundationEssentials
import Testing

@testable import Dashboard

@Suite struct TimeTextTests {
    @Test("What may be older than it was seen is marked so")
    func older() {
        for (seconds, plain, marked) in [(0, "<1m", ">0m"), (200, "3m", ">3m"), (212 * 86_400, "212d", ">212d")] {
            let since = Sample.ago(Double(seconds))
            #expect(Lapse.age(since: since, isOlder: false, now: Sample.now) == plain)
            #expect(Lapse.age(since: since, isOlder: true, now: Sample.now) == marked)
        }
    }

    @Test(
        "Dates without calendars",
        arguments: [
            (0.0, "Thu  1 Jan 1970 00:00:00Z"), (1_795_530_727, "Tue 24 Nov 2026 14:32:07Z"),
            (951_782_399, "Mon 28 Feb 2000 23:59:59Z"), (951_782_400, "Tue 29 Feb 2000 00:00:00Z"),
            (-1, "Wed 31 Dec 1969 23:59:59Z"), (4_107_542_400, "Mon  1 Mar 2100 00:00:00Z"),
            (253_402_300_799, "Fri 31 Dec 9999 23:59:59Z"), (1e18, "Fri 31 Dec 9999 23:59:59Z"),
        ])
    func moments(_ seconds: Double, _ text: String) {
        let moment = Moment(Date(timeIntervalSince1970: seconds))
        #expect("\(moment.weekdayAndDay) \(moment.year) \(moment.clock)" == text)
    }

    @Test("The day is told only where it is another one")
    func relative() {
        let now = Moment(Sample.now)
        #expect(Moment(Sample.ago(60)).relative(to: now) == "14:31:07Z")
        #expect(Moment(Sample.ago(86_400)).relative(to: now) == "Mon 23 Nov 14:32Z")
        #expect(Moment(Sample.ahead(days: 60)).relative(to: now) == "23 Jan 2027 14:32Z")
    }

    @Test(
        "Ages and what is left, in few characters",
        arguments: [
            (0.0, "<1m", "0m", "now"), (59, "<1m", "0m", "<1m"), (3_599, "59m", "59m", "59m"),
            (7_200, "2h", "2h", "2h 0m"), (90_000, "25h", "25h", "1d 1h"), (172_800, "2d", "2d", "2d 0h"),
            (86_400 * 400, "400d", "400d", "400d"), (86_400 * 1_200, "3y", "3y", "3y"),
        ] as [(Double, String, String, String)])
    func lapses(_ seconds: Double, _ age: String, _ left: String, _ countdown: String) {
        let later = Sample.now.addingTimeInterval(seconds)
        #expect(Lapse.age(since: Sample.now, now: later) == age)
        #expect(Lapse.left(until: later, now: Sample.now) == left)
        #expect(Lapse.countdown(to: later, now: Sample.now) == countdown)
        if seconds > 60 { #expect(Lapse.left(until: Sample.now, now: later) == "-" + left) }
    }

    @Test("The strip tells what is known and leaves out what is not")
    func strip() {
        let hour = 3_600.0
        #expect(
            StateStrip.text(state: nil, knownFrom: nil, changes: [], now: Sample.now)
                == String(repeating: " ", count: 12))
        #expect(
            StateStrip.text(state: .ok, knownFrom: Sample.ago(3 * hour), changes: [], now: Sample.now) == "         ..."
        )
        let changes = [
            Sample.change(2, "a.example", .risk, .bouncing, "", ago: 5 * hour),
            Sample.change(1, "a.example", .ok, .risk, "", ago: 9 * hour),
        ]
        #expect(
            StateStrip.text(state: .bouncing, knownFrom: Sample.ago(90 * hour), changes: changes, now: Sample.now)
                == "......!!XXXX")
    }
}
