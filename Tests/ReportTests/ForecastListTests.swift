import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@testable import Report

@Suite struct ForecastListTests {
    private let now = Date(timeIntervalSince1970: 1_795_000_000)
    private let day: TimeInterval = 86_400

    private func status(_ text: String, _ turns: [(Double, String)], protection: Double? = nil) throws -> DomainStatus {
        let domain = try #require(DomainName(text))
        let assessment = Assessment(
            domain: domain, at: now, state: .ok, why: "", mtaSTS: SenderVerdict(.delivers), dane: SenderVerdict(.none),
            opportunistic: SenderVerdict(.delivers), protectionEndsAt: protection.map { now + $0 * day },
            forecast: turns.map {
                ForecastEntry(at: now + $0.0 * day, sender: .mtaSTS, delivery: .refused, because: $0.1)
            })
        return DomainStatus(domain: domain, assessment: assessment)
    }

    private func list(_ until: Double? = nil) throws -> ForecastList {
        ForecastList(
            [
                try status("b.example", [(9, "certificate-expiring mx1.b.example")], protection: 3),
                try status("a.example", [(2, "certificate-expiring mx1.a.example"), (40, "x, y; z\\ \u{1b}")]),
                DomainStatus(domain: try #require(DomainName("unseen.example"))),
            ], until: until.map { now + $0 * day }, now: now)
    }

    @Test func isInTheOrderOfTime() throws {
        let lines = try list().text.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasSuffix("2d  a.example  mta-sts refused: certificate-expiring mx1.a.example"))
        #expect(lines[1].hasSuffix("3d  b.example  protection ends: the policy host's certificate"))
        #expect(lines[2].contains("9d  b.example"))
        #expect(try list(8).text.split(separator: "\n").count == 2)
        #expect(try list(1).text == "nothing turns in the time looked at\n")
        #expect(!lines.joined().utf8.contains(0x1b))
    }

    /// What is refused already waits for no date.
    @Test func whatIsRefusedNowStandsFirst() throws {
        let domain = try #require(DomainName("a.example"))
        let copy = CachedVerdict(
            policyID: "1", bodySHA256: "ab", holders: .id, delivery: .refused, until: nil, reason: "no MX is listed")
        let assessment = Assessment(
            domain: domain, at: now, state: .bouncing, why: "mx1 TLSA mismatch", mtaSTS: SenderVerdict(.delivers),
            dane: SenderVerdict(.refused, reason: "TLSA mismatch"), opportunistic: SenderVerdict(.delivers),
            cached: [copy],
            forecast: [ForecastEntry(at: now + day, sender: .mtaSTS, delivery: .refused, because: "later")])
        let list = ForecastList([DomainStatus(domain: domain, assessment: assessment)], now: now)
        #expect(
            list.entries.map(\.words) == [
                "cached refused: no MX is listed", "dane refused: TLSA mismatch", "mta-sts refused: later",
            ])
        #expect(list.entries.prefix(2).allSatisfy { $0.at.date == now })
        // Tomorrow it is the same event, since the same moment, whatever else is said of it.
        let calendar = list.calendar.replacing("\r\n ", with: "")
        let later = ForecastList([DomainStatus(domain: domain, assessment: assessment)], now: now + day).calendar
        for line in ["UID:a.example-dane-refused-now@stswatch", "DTSTART:\(stamp)"] {
            #expect(calendar.contains(line) && later.replacing("\r\n ", with: "").contains(line))
        }
        #expect(calendar.contains("TLSA mismatch\\, since \(Stamp.text(now)) or before."))
    }

    private var stamp: String { Stamp.text(now).filter { $0 != "-" && $0 != ":" } }

    @Test func anEmptyCalendarIsOneAllTheSame() {
        let lines = ForecastList([], now: now).calendar.split(separator: "\r\n")
        #expect(lines.contains("BEGIN:VTIMEZONE") && lines.contains("END:VTIMEZONE"))
        #expect(!lines.contains { $0.hasPrefix("DURATION") })
    }

    @Test func aRecordThatIsGoneIsTheCause() throws {
        let domain = try #require(DomainName("a.example"))
        func because(_ record: RecordReading.Status, _ findings: [Finding]) -> String? {
            let assessment = Assessment(
                domain: domain, at: now, state: .warning, why: "", mtaSTS: SenderVerdict(.none),
                dane: SenderVerdict(.none), opportunistic: SenderVerdict(.delivers),
                record: RecordReading(status: record), findings: findings, protectionEndsAt: now + day)
            return ForecastList([DomainStatus(domain: domain, assessment: assessment)], now: now).entries.first?.because
        }
        func finding(_ code: FindingCode, deadline: Date? = nil) -> Finding {
            Finding(code, .warning, subject: "", evidence: "", deadline: deadline, fix: "", rfc: "")
        }
        let unreachable = finding(.policyUnreachable, deadline: now + day)
        #expect(because(.missing, [unreachable, finding(.recordRemoved)]) == "record-removed")
        #expect(because(.multiple, [finding(.recordMultiple)]) == "record-multiple")
        #expect(because(.missing, []) == "the policy record")
        #expect(because(.valid, [finding(.recordLenient), unreachable]) == "policy-unreachable")
        #expect(because(.valid, [finding(.policyMaxAgeShort)]) == "the policy host's certificate")
    }

    @Test func asJSONItHasEveryKey() throws {
        struct Document: Decodable {
            struct Entry: Decodable {
                let at: String
                let domain: String
                let sender: String?
                let delivery: String?
                let because: String
            }
            let schema: Int
            let entries: [Entry]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(try list().json.utf8))
        #expect(document.schema == 1)
        #expect(document.entries.map(\.domain) == ["a.example", "b.example", "b.example", "a.example"])
        #expect(document.entries[1].sender == nil && document.entries[0].delivery == "refused")
    }

    @Test func asACalendarItFollowsTheGrammar() throws {
        let calendar = try list().calendar
        #expect(!calendar.contains("DURATION") && !calendar.contains("VTIMEZONE"))
        let lines = calendar.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(calendar.hasSuffix("END:VCALENDAR\r\n"))
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.filter { $0 == "BEGIN:VEVENT" }.count == 4)
        #expect(lines.filter { $0 == "END:VEVENT" }.count == 4)
        let unfolded = calendar.replacing("\r\n ", with: "")
        #expect(unfolded.contains("SUMMARY:a.example: mta-sts refused: x\\, y\\; z\\\\ \\\\x1b\r\n"))
        let identifiers = unfolded.split(separator: "\r\n").filter { $0.hasPrefix("UID:") }
        #expect(Set(identifiers).count == 4)
        #expect(unfolded.contains("DTSTART:20261120T110640Z\r\n"))
        // The same event tomorrow has the same name.
        let tomorrow = ForecastList(
            [try status("a.example", [(2, "certificate-expiring mx1.a.example")])], now: now + day)
        #expect(tomorrow.calendar.contains(try #require(identifiers.first)))
    }
}
