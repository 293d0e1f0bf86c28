public import Deliverability
public import FoundationEssentials
import MTASTS

/// What is in sight for many domains, in the order of time: as text, JSON, or a calendar (RFC 5545).
public struct ForecastList: Encodable, Sendable {
    /// One turn of one domain.
    struct Entry: Encodable, Sendable {
        let at: Moment
        let domain: DomainName
        /// Null where the protection ends rather than mail.
        let sender: SenderClass?
        /// Null likewise.
        let delivery: Delivery?
        let because: String
        /// Since when it is so; nil for what is to come.
        var since: Date?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(at, forKey: .at)
            try container.encode(domain, forKey: .domain)
            try container.encode(sender, forKey: .sender)
            try container.encode(delivery, forKey: .delivery)
            try container.encode(because, forKey: .because)
        }

        private enum CodingKeys: CodingKey { case at, domain, sender, delivery, because }

        /// One line without its time and domain.
        var words: String {
            guard let sender, let delivery else { return "protection ends: \(because)" }
            return "\(sender.rawValue) \(delivery.rawValue): \(because)"
        }
    }

    let schema = 1
    let entries: [Entry]
    private let now: Date

    private enum CodingKeys: CodingKey { case schema, entries }

    /// - Parameters:
    ///   - statuses: domains with their verdicts; those without one have nothing in sight.
    ///   - until: what lies after it is left out; nil: all that is in sight.
    public init(_ statuses: [DomainStatus], until: Date? = nil, now: Date) {
        self.now = now
        let all = statuses.flatMap { status -> [Entry] in
            guard let assessment = status.assessment else { return [] }
            var entries = Self.refusedNow(assessment, status.domain, now)
            entries += assessment.forecast.map {
                Entry(
                    at: Moment($0.at), domain: status.domain, sender: $0.sender, delivery: $0.delivery,
                    because: $0.because)
            }
            if let end = assessment.protectionEndsAt, end > now {
                entries.append(
                    Entry(
                        at: Moment(end), domain: status.domain, sender: nil, delivery: nil,
                        because: Self.cause(assessment)))
            }
            return entries
        }
        entries = all.filter { entry in until.map { entry.at.date <= $0 } ?? true }
            .sorted { ($0.at.date, $0.domain.text, $0.words) < ($1.at.date, $1.domain.text, $1.words) }
    }

    /// What does not wait for any date: the classes that are refused already.
    private static func refusedNow(_ assessment: Assessment, _ domain: DomainName, _ now: Date) -> [Entry] {
        var refused = SenderClass.allCases.map { ($0, assessment.verdict($0)) }.filter { $0.0 != .cached }
            .filter { $0.1.delivery == .refused }.map { ($0.0, $0.1.reason, $0.1.since) }
        refused += assessment.cached.filter { $0.delivery == .refused }.prefix(1).map { (.cached, $0.reason, nil) }
        if refused.isEmpty, assessment.state == .bouncing { refused = [(.mtaSTS, assessment.why, nil)] }
        return refused.map { sender, reason, since in
            Entry(
                at: Moment(now), domain: domain, sender: sender, delivery: .refused, because: reason,
                since: since ?? assessment.at)
        }
    }

    /// Why the policy can no longer be had from then on.
    private static func cause(_ assessment: Assessment) -> String {
        // Without a usable record nobody asks for the policy.
        let hasRecord = assessment.record.map { $0.status == .valid } ?? true
        let cause = assessment.findings.first { finding in
            hasRecord
                ? finding.code.rawValue.hasPrefix("policy-") && finding.deadline != nil
                : finding.code.rawValue.hasPrefix("record-")
        }
        return cause?.code.rawValue ?? (hasRecord ? "the policy host's certificate" : "the policy record")
    }

    /// `2026-12-01T00:00:00Z   6d  example.com  mta-sts refused: certificate-expiring mx1.example.com`, a line each.
    public var text: String {
        guard !entries.isEmpty else { return "nothing turns in the time looked at\n" }
        let width = min(40, entries.map { $0.domain.text.utf8.count }.max() ?? 0)
        return entries.map { entry in
            let span = Stamp.short(entry.at.date.timeIntervalSince(now))
            let name = entry.domain.text
            return Stamp.text(entry.at.date) + String(repeating: " ", count: max(1, 6 - span.utf8.count)) + span + "  "
                + name + String(repeating: " ", count: max(0, width - name.utf8.count)) + "  "
                + VisibleText.printable(entry.words) + "\n"
        }.joined()
    }

    /// One JSON document with a line end.
    public var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return "{}\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// An iCalendar object with one event for each entry; importing it again moves events instead of doubling them.
    public var calendar: String {
        let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//stswatch//forecast//EN", "CALSCALE:GREGORIAN"]
        // A calendar has at least one component (RFC 5545 3.6).
        let events = entries.isEmpty ? Self.zone : entries.flatMap(event)
        return (head + events + ["END:VCALENDAR"]).flatMap(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    private func event(_ entry: Entry) -> [String] {
        // The same on every machine and day.
        let what = entry.since == nil ? entry.words : "\(entry.sender?.rawValue ?? "") refused now"
        let name = "\(entry.domain) \(what)".replacing(" ", with: "-")
        let start = entry.since ?? entry.at.date
        let stamp = Stamp.text(start)
        let told = entry.since == nil ? "if nobody acts before \(stamp)." : "since \(stamp) or before."
        return [
            "BEGIN:VEVENT", "UID:\(Self.escaped(name))@stswatch", "DTSTAMP:\(Self.stamp(now))",
            "DTSTART:\(Self.stamp(start))", "TRANSP:TRANSPARENT",
            "SUMMARY:" + Self.escaped("\(entry.domain): \(entry.words)"),
            "DESCRIPTION:" + Self.escaped("\(entry.words), \(told)"),
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D",
            "DESCRIPTION:" + Self.escaped("\(entry.domain): \(entry.words)"), "END:VALARM", "END:VEVENT",
        ]
    }

    private static let zone = [
        "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
    ]

    /// `20261201T000000Z`.
    private static func stamp(_ moment: Date) -> String {
        Stamp.text(moment).filter { $0 != "-" && $0 != ":" }
    }

    /// TEXT of RFC 5545 3.3.11.
    private static func escaped(_ text: String) -> String {
        VisibleText.printable(text).replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing(
            ",", with: "\\,")
    }

    /// Lines of at most 75 octets (RFC 5545 3.1); all of it is ASCII.
    private static func folded(_ line: String) -> [String] {
        var lines: [String] = []
        var rest = Array(line.utf8)[...]
        while rest.count > (lines.isEmpty ? 75 : 74) {
            let count = lines.isEmpty ? 75 : 74
            lines.append((lines.isEmpty ? "" : " ") + String(decoding: rest.prefix(count), as: UTF8.self))
            rest = rest.dropFirst(count)
        }
        return lines + [(lines.isEmpty ? "" : " ") + String(decoding: rest, as: UTF8.self)]
    }
}
