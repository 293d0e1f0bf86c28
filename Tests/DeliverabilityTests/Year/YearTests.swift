import Foundation
import Testing

@testable import Deliverability

/// What is shown against what simulated senders meet, each hour of a year.
@Suite struct YearTests {
    /// Domains of the everyday run; all fifty with `STSWATCH_YEAR_DOMAINS=50`.
    private static let domains =
        ProcessInfo.processInfo.environment["STSWATCH_YEAR_DOMAINS"].flatMap(Int.init) ?? 2

    @Test func everyRefusalIsShownAndEveryOneShownIsMet() async {
        let tallies = await withTaskGroup(of: Year.Tally.self) { group in
            for number in 1...Self.domains {
                group.addTask {
                    var year = Year(number)
                    year.run()
                    return year.tally
                }
            }
            return await group.reduce(into: Year.Tally()) { $0 += $1 }
        }
        print(
            "year: \(Self.domains) domains, \(tallies.hours) hours, \(tallies.mails) mails compared; "
                + "refusals met \(tallies.refusalsMet) (by a loose policy \(tallies.looseRefusalsMet), at differing addresses "
                + "\(tallies.splitRefusalsMet)), shown \(tallies.refusalsShown); left out: "
                + "hours \(tallies.hoursLeftOut), ends \(tallies.endsLeftOut), pairs nobody saw "
                + "\(tallies.unseenPairs); disagreements \(tallies.disagreements.count)")
        for line in tallies.disagreements.prefix(100) { print("  \(line)") }
        #expect(tallies.disagreements.isEmpty)
        // A comparison in which nothing happens would prove nothing.
        #expect(tallies.refusalsMet > 1_000 && tallies.refusalsShown > 500)
        #expect(tallies.looseRefusalsMet > 100 && tallies.splitRefusalsMet > 100)
        // An agreement is not to be had by leaving out what disagrees.
        #expect(tallies.hours + tallies.hoursLeftOut == Self.domains * Year.days * 24)
        #expect(tallies.hoursLeftOut * 1_000 < tallies.hours)
        #expect(tallies.endsLeftOut * 100 < tallies.refusalsShown)
        #expect(tallies.unseenPairs * 100 < tallies.refusalsMet)
    }

    /// Hours without a change are shortened to the looks that count: the memory is the one of all looks.
    @Test func whatIsNotLookedAtWouldChangeNothing() {
        var (all, few) = (Year(3, looksAlways: true), Year(3))
        all.run(hours: 25 * 24)
        few.run(hours: 25 * 24)
        #expect(all.memory.versions.count > 1)
        #expect(all.memory.agrees(with: few.memory))
    }
}
