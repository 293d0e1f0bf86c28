import Deliverability
import Testing

@testable import Dashboard

@Suite struct ChangeLogTests {
    private func log(_ changes: [Change]) -> ChangeLog {
        var log = ChangeLog()
        _ = log.take(changes)
        return log
    }

    @Test("Where the same is wrong as before, the words say what turned")
    func words() {
        func change(_ before: String) -> Change {
            Change(
                id: 1, domain: Sample.name("a.example"), at: Sample.now, code: .certificateNameMismatch,
                stateBefore: .risk, stateAfter: .risk, before: before, after: "mx1 cert wrong name",
                turns: [Change.Turn(sender: .mtaSTS, from: .delivers, to: .partial)],
                impact: "mta-sts senders refuse some MX hosts", fix: "")
        }
        #expect(Words.change(change("cert <7d"), onset: nil) == "mx1 cert wrong name")
        #expect(Words.change(change("mx1 cert wrong name"), onset: nil) == "mta-sts senders refuse some MX hosts")
    }

    @Test("A recovery is measured from the turn that began the trouble, whatever else changed meanwhile")
    func onset() {
        let begin = Sample.change(1, "a.example", .ok, .bouncing, "gone", ago: 1_000)
        let other = Sample.change(2, "b.example", .risk, .bouncing, "gone", ago: 900)
        let same = Sample.change(3, "a.example", .bouncing, .bouncing, "the MX set changed", ago: 500)
        let end = Sample.change(4, "a.example", .bouncing, .ok, "back", ago: 0)
        let log = log([begin, other, same, end])
        #expect(log.onset(of: end) == begin.at)
        #expect(log.onset(of: same) == begin.at)
        #expect(log.onset(of: begin) == nil)
        #expect(ChangeLog.onset(of: end, among: [same, other, begin]) == begin.at)
    }

    @Test("Where the turn is not kept, or another state stands between, nobody guesses")
    func unknown() {
        let same = Sample.change(3, "a.example", .bouncing, .bouncing, "the MX set changed", ago: 500)
        let end = Sample.change(4, "a.example", .bouncing, .ok, "back", ago: 0)
        #expect(log([same, end]).onset(of: end) == nil)
        let risk = Sample.change(2, "a.example", .ok, .risk, "soon", ago: 700)
        #expect(log([risk, same, end]).onset(of: end) == nil)
    }
}
