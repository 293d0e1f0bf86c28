//   TXT   v=STSv1; id=20250426T1                        TTL 300   unchanged 212d
//   URL   https://mta-sts.acme.example/.well-known/mta-sts.txt   200
//   web certificate  44d left   name ok   trusted   *.acme.example
//     1  version: STSv1
//     2  mod: enforce
//        ^ line 2, column 1: found 'mod', expected one of ...
//     3  mx: mx1.acme.example          matches MX 10

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Tab 2: the record and the policy as they were served, line by line, with what each line does.
struct PolicyTab {
    /// More lines are not drawn: nobody reads them, and a hostile file has up to 64 Ki of them.
    private static let lineLimit = 200

    private let subject: Subject
    private let width: Int
    private var lines: [StyledLine] = []

    init(_ subject: Subject, width: Int) {
        self.subject = subject
        self.width = width
    }

    var content: DetailContent {
        var tab = self
        tab.writeRecord()
        tab.writeFetch()
        tab.writeBody()
        return DetailContent(upper: tab.lines)
    }

    private mutating func writeRecord() {
        let observed = subject.evidence?.record
        let reading = subject.assessment?.record
        var first = StyledLine(" TXT   ", .title)
        switch reading?.status {
        case nil: first.add("not looked at yet", .textDim)
        case .missing: first.add("no _mta-sts.\(subject.row.domain)", .textDim)
        case .failed:
            first.add(observed?.value.failure.map(Words.failure) ?? "the lookup failed", .severityUnknown)
        case .valid: first.add(reading?.raw.first ?? "")
        case .invalid, .multiple: first.add(reading?.raw.first ?? "", .severityWarning)
        }
        var notes: [String] = []
        if let ttl = observed?.value.ttl { notes.append("TTL \(ttl)") }
        if let since = subject.row.status?.idSince ?? observed?.since {
            let isOlder = subject.row.status?.isIDOlder == true
            notes.append("unchanged \(Lapse.age(since: since, isOlder: isOlder, now: subject.now))")
        }
        if let status = observed?.value.dnssec, status != .unknown { notes.append("DNSSEC \(status.rawValue)") }
        first.add("   " + notes.joined(separator: "   "), .textDim)
        lines.append(first)
        for raw in (reading?.raw ?? []).dropFirst().prefix(20) {
            lines.append(StyledLine("       " + raw, .severityWarning))
        }
        if let aliases = observed?.value.aliases, !aliases.isEmpty {
            lines.append(StyledLine("       CNAME " + aliases.map(\.text).joined(separator: " > "), .textDim))
        }
    }

    private mutating func writeFetch() {
        guard let observed = subject.evidence?.policy else {
            lines.append(StyledLine(" URL   ", .title).adding("nothing was fetched", .textDim))
            return
        }
        let fetch = observed.value
        var url = StyledLine(" URL   ", .title)
        url.add("https://\(fetch.host)/.well-known/mta-sts.txt", .textLink)
        lines.append(url)
        var server = StyledLine("       ")
        let isGood = subject.assessment?.policy?.status == .valid || subject.assessment?.policy?.status == .invalid
        server.add(
            fetch.failure.map(Words.failure) ?? SummaryChecks.answer(fetch), isGood ? .text : .severityWarning)
        if let address = fetch.address { server.add("   from \(address)", .textDim) }
        server.add("   " + Lapse.age(since: observed.at, now: subject.now), .textDim)
        lines.append(server)
        if !fetch.aliases.isEmpty {
            lines.append(StyledLine("       CNAME " + fetch.aliases.map(\.text).joined(separator: " > "), .textDim))
        }
        writeEdges(fetch)
        writeCertificate(fetch)
    }

    /// What each address of the policy host said, where they were compared.
    private mutating func writeEdges(_ fetch: PolicyFetch) {
        for edge in fetch.edges.prefix(10) {
            var line = StyledLine("       ")
            line.add(edge.address?.description ?? "", .textDim)
            let words = edge.failure.map(Words.failure) ?? SummaryChecks.answer(edge)
            line.add("  " + words, edge.failure == nil ? .text : .severityWarning)
            if let bytes = edge.body?.count { line.add("  \(bytes) bytes", .textDim) }
            lines.append(line)
        }
    }

    private mutating func writeCertificate(_ fetch: PolicyFetch) {
        var line = StyledLine(" web certificate  ", .title)
        guard let tls = fetch.tls, let leaf = tls.leaf else {
            lines.append(line.adding("none seen", .textDim))
            return
        }
        // The judgement first: a name can be as long as it likes.
        let left = RowView.left(leaf.notAfter, subject.now)
        line.add("\(left.text) left", left.role)
        let covers = leaf.covers(fetch.host)
        line.add(covers ? "   name ok" : "   WRONG NAME", covers ? .severityOK : .severityBouncing)
        let trust = Words.trust(tls.trust.trust(at: subject.now))
        line.add("   \(trust.text)", trust.role)
        line.add("   " + (leaf.names.first ?? leaf.subject))
        lines.append(line)
    }

    private mutating func writeBody() {
        let reading = subject.assessment?.policy
        guard let body = subject.evidence?.policy?.value.body else { return }
        lines.append(.empty)
        var rows = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if rows.last?.isEmpty == true { rows.removeLast() }
        let errors = Dictionary(grouping: reading?.errors ?? [], by: \.line)
        for (number, raw) in rows.prefix(PolicyTab.lineLimit).enumerated() {
            let row = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
            write(row: Array(row), number: number + 1, errors: errors[number + 1] ?? [])
        }
        if rows.count > PolicyTab.lineLimit {
            lines.append(StyledLine("      and \(rows.count - PolicyTab.lineLimit) more lines", .textDim))
        }
        for error in (reading?.errors ?? []).filter({ $0.line > min(rows.count, PolicyTab.lineLimit) }).prefix(20) {
            wrap(PolicyTab.words(error), .messageError)
        }
        if let lenient = reading?.lenient {
            lines.append(.empty)
            wrap(PolicyTab.words(lenient, reading?.lenientSenders ?? []), .severityWarning)
        }
    }

    private static func words(_ lenient: STSPolicy, _ senders: [String]) -> String {
        let hosts = lenient.mx.prefix(8).map(\.text).joined(separator: ", ")
        let more = lenient.mx.count > 8 ? " and \(lenient.mx.count - 8) more" : ""
        let list = lenient.mx.isEmpty ? "no mx line: for them no host is in the policy" : "mx \(hosts)\(more)"
        let who = senders.isEmpty ? "lenient ones" : senders.joined(separator: ", ")
        return "Senders split: \(who) read mode \(lenient.mode.rawValue), max_age \(lenient.maxAge), \(list)."
    }

    private mutating func wrap(_ text: String, _ role: Role) {
        for part in TextWidth.wrapped(text, to: max(8, width - 8)) { lines.append(StyledLine("       " + part, role)) }
    }

    private mutating func write(row: [UInt8], number: Int, errors: [SyntaxError]) {
        var line = StyledLine()
        line.add("\(number)", .textDim, columns: 5, alignment: .trailing)
        line.add("  ")
        line.add(Escaped.text(row.prefix(400)), errors.isEmpty ? .text : .severityWarning)
        let remark = remark(row)
        if !remark.text.isEmpty {
            line.pad(to: min(44, max(30, width / 2)))
            line.add("  " + remark.text, remark.role)
        }
        lines.append(line)
        for error in errors.prefix(5) {
            let before = Escaped.text(row.prefix(min(400, max(0, error.column - 1))))
            var mark = StyledLine("       " + String(repeating: " ", count: TextWidth.columns(of: before)))
            mark.add("^ ", .messageError)
            let words = PolicyTab.words(error)
            let beside = width - mark.width - 1
            // Under the place where there is room, else below the mark: never cut.
            if TextWidth.columns(of: words) <= beside {
                lines.append(mark.adding(words, .messageError))
            } else {
                lines.append(mark)
                wrap(words, .messageError)
            }
        }
    }

    private static func words(_ error: SyntaxError) -> String {
        "line \(error.line), column \(error.column): found '\(error.found)', expected \(error.expected)"
    }

    /// What a line of a valid policy does here and now.
    private func remark(_ row: [UInt8]) -> (text: String, role: Role) {
        guard let policy = subject.assessment?.policy?.policy,
            let colon = row.firstIndex(of: UInt8(ascii: ":"))
        else { return ("", .text) }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        var value = row[(colon + 1)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        switch String(decoding: row[..<colon], as: UTF8.self) {
        case "mx":
            let text = String(decoding: value, as: UTF8.self)
            guard let pattern = policy.mx.first(where: { $0.text == text }) else { return ("", .text) }
            let hosts = (subject.assessment?.hosts ?? []).filter { pattern.matches($0.host) }
            guard !hosts.isEmpty else { return ("matches no MX", .severityWarning) }
            return ("matches MX " + hosts.prefix(6).map { "\($0.preference)" }.joined(separator: ", "), .severityOK)
        case "max_age":
            let end = subject.now.addingTimeInterval(Double(policy.maxAge))
            return (
                "\(Lapse.whole(seconds: policy.maxAge)); copies fetched now die \(Moment(end).fullInWords)", .textDim
            )
        case "mode":
            switch policy.mode {
            case .enforce: return ("senders refuse an MX that fails", .textDim)
            case .testing: return ("senders report and deliver anyway", .textDim)
            case .none: return ("senders do not use MTA-STS", .textDim)
            }
        default: return ("", .text)
        }
    }
}
