//   HOST              SUBJECT / SAN                ISSUER   NOT AFTER       LEFT
//   mx1.acme-pay..    mx1,mx2.acme-payments.exam.. R11      24 Nov 12:40Z   -2h X
//   mta-sts.acme..    *.acme-payments.example      E6       07 Jan 08:00Z   44d .
//  -- mx1.acme-payments.example ------------------------------------------------
//   trust  expired 24 Nov 2026 12:40Z: CN=...      name ok
//   renewed  26 Aug, 28 May, 27 Feb (every 90d)   expected 25 Oct: MISSED
//   1 leaf  CN=mx1.acme-payments.example
//           names  mx1.acme-payments.example, mx2.acme-payments.example
//           valid  26 Aug 2026 12:40Z to 24 Nov 2026 12:40Z      RSA 2048  sha256WithRSA

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Tab 4: every certificate that MX hosts and policy host show, and below the chain of the selected one.
struct CertificatesTab {
    private static let entryLimit = 200

    private let subject: Subject
    private let width: Int
    private let selection: Int

    init(_ subject: Subject, width: Int, selection: Int) {
        self.subject = subject
        self.width = width
        self.selection = selection
    }

    /// One chain, and every place that shows it.
    private struct Entry {
        let host: DomainName
        var addresses: [IPAddress]
        let session: TLSSession
        let leaf: CertificateFacts
    }

    private var entries: [Entry] {
        var all: [Entry] = []
        for host in subject.assessment?.hosts ?? [] {
            let first = all.count
            for address in host.addresses {
                for tls in [address.session?.tls, address.session?.alternate] {
                    guard let tls, let leaf = tls.leaf else { continue }
                    // Addresses of one host mostly show the same one: it stands there once.
                    let known = all[first...].firstIndex { $0.session.chain == tls.chain && $0.leaf == leaf }
                    if let known {
                        all[known].addresses.append(address.address)
                    } else {
                        all.append(Entry(host: host.host, addresses: [address.address], session: tls, leaf: leaf))
                    }
                }
            }
        }
        all = Array(all.prefix(CertificatesTab.entryLimit))
        if let fetch = subject.evidence?.policy?.value, let tls = fetch.tls, let leaf = tls.leaf {
            all.append(
                Entry(host: fetch.host, addresses: fetch.address.map { [$0] } ?? [], session: tls, leaf: leaf))
        }
        return all
    }

    var content: DetailContent {
        let entries = entries
        var content = DetailContent(upper: [head], heads: 1)
        guard !entries.isEmpty else {
            let isSeen = subject.assessment != nil
            content.upper.append(StyledLine(isSeen ? " no certificate was seen" : " not looked at yet", .textDim))
            return content
        }
        for entry in entries {
            content.entries.append(content.upper.count)
            content.upper.append(line(entry))
        }
        let shown = Set(entries.map(\.host))
        for host in subject.assessment?.hosts ?? [] where !shown.contains(host.host) {
            let name = TextWidth.truncated(host.host.text, to: max(8, width - 26))
            content.upper.append(StyledLine(" \(name)  no certificate was seen", .textDim))
        }
        let selected = entries[min(max(0, selection), entries.count - 1)]
        content.divider = ([selected.host.text] + selected.addresses.prefix(3).map(\.description))
            .joined(separator: "  ")
        content.lower = chain(selected)
        return content
    }

    /// Under so many columns there is room for the host and what is left, and for nothing between.
    private var isNarrow: Bool { width < ScreenClass.narrow }
    /// Under so many the names, which stand below, would leave too little of the host.
    private var isMedium: Bool { width < 80 }
    private var hostColumns: Int {
        isNarrow ? max(8, width - 10) : isMedium ? width - 29 : min(34, max(10, (width - 40) / 2))
    }
    private var subjectColumns: Int { min(60, max(8, width - 40 - hostColumns)) }

    private func columns(_ host: String, _ subject: String, _ issuer: String, _ end: String, _ role: Role) -> StyledLine
    {
        var line = StyledLine(" ")
        line.add(TextWidth.truncated(fitting(host, hostColumns), to: hostColumns), role, columns: hostColumns + 1)
        guard !isNarrow else { return line }
        if !isMedium {
            let names = fitting(subject, subjectColumns)
            line.add(TextWidth.truncated(names, to: subjectColumns), role, columns: subjectColumns + 1)
            line.add(TextWidth.truncated(issuer, to: 10), role, columns: 11)
        }
        line.add(end, role, columns: 18)
        return line
    }

    /// Where a name has no room its own domain is left out, which the title has: `mx1` tells more than `mx1.examp..`.
    private func fitting(_ text: String, _ columns: Int) -> String {
        TextWidth.columns(of: text) <= columns ? text : OwnNames.shortened(text, of: subject.row.domain)
    }

    private var head: StyledLine {
        columns("HOST", "SUBJECT / SAN", "ISSUER", "NOT AFTER", .head).adding(" LEFT", .head)
    }

    private func line(_ entry: Entry) -> StyledLine {
        let names = entry.leaf.names.prefix(4).joined(separator: ",")
        let end = Moment(entry.leaf.notAfter)
        let isThisYear = end.year == Moment(subject.now).year
        var line = columns(
            entry.host.text, names.isEmpty ? entry.leaf.subject : names, entry.leaf.issuerShort,
            isThisYear ? end.dayAndTime : end.full, .text)
        let left = RowView.left(entry.leaf.notAfter, subject.now)
        line.add(left.text, left.role, columns: 5, alignment: .trailing)
        let isGood = entry.session.trust.trust(at: subject.now) == .trusted && entry.leaf.covers(entry.host)
        line.add(isGood ? " ." : " X", isGood ? .severityOK : .severityBouncing)
        return line
    }

    private func chain(_ entry: Entry) -> [StyledLine] {
        let trust = Words.trust(entry.session.trust.trust(at: subject.now))
        var first = StyledLine(" trust  ", .title).adding(trust.text, trust.role)
        let covers = entry.leaf.covers(entry.host)
        first.add(covers ? "   name ok" : "   WRONG NAME: not \(entry.host)", covers ? .severityOK : .severityBouncing)
        var lines = [first]
        for turn in entry.session.trust.turns(after: subject.now).prefix(4) {
            let trust = entry.session.trust.trust(at: turn)
            let words = trust == .trusted ? "trusted" : CertificateStanding(trust).words
            lines.append(StyledLine("        from \(subject.moment(turn)): ").adding(words, Words.trust(trust).role))
        }
        lines += rhythm(entry)
        for (number, certificate) in entry.session.certificates.enumerated() {
            lines += describe(certificate, number: number)
        }
        if entry.session.chain.der.count > entry.session.certificates.count {
            let unread = entry.session.chain.der.count - entry.session.certificates.count
            lines.append(StyledLine(" \(unread) more could not be read", .severityWarning))
        }
        return lines
    }

    /// When the certificate was renewed until now, and when it is due again.
    private func rhythm(_ entry: Entry) -> [StyledLine] {
        let known = subject.assessment?.renewals.first {
            $0.host == entry.host && entry.addresses.contains($0.address)
        }
        guard let known else { return [] }
        var seen = known.renewals.prefix(3).map(subject.day).joined(separator: ", ")
        if let interval = known.interval, interval >= 86_400 {
            seen += " (every \(Int((interval / 86_400).rounded()))d)"
        }
        var line = StyledLine(" renewed  ", .title).adding(seen)
        guard let expected = known.expected else { return [line] }
        var due = StyledLine("next expected \(subject.day(expected))", known.isMissed ? .severityWarning : .text)
        if known.isMissed { due.add(": MISSED", .severityWarning) }
        guard line.width + 3 + due.width <= width else { return [line, StyledLine("          ").adding(due)] }
        line.add("   ")
        return [line.adding(due)]
    }

    /// How much of the certificate's life is left: `[######....] 53d of 90d`.
    private func bar(_ certificate: CertificateFacts) -> (text: String, role: Role)? {
        let whole = certificate.notAfter.timeIntervalSince(certificate.notBefore)
        let left = certificate.notAfter.timeIntervalSince(subject.now)
        guard whole > 0, left > 0, left <= whole, width >= 50 else { return nil }
        func days(_ seconds: Double) -> String { "\(Int(min(seconds / 86_400, 99_999)))d" }
        let bar = Sparkline.bar(left / whole, columns: min(32, width - 40))
        return ("\(bar) \(days(left)) of \(days(whole))", RowView.left(certificate.notAfter, subject.now).role)
    }

    private func describe(_ certificate: CertificateFacts, number: Int) -> [StyledLine] {
        let kind = number == 0 ? "leaf" : certificate.isSelfSigned ? "root" : "issuer"
        var lines = [StyledLine(" \(number + 1) \(kind)", .title).adding("  \(certificate.subject)")]
        func add(_ name: String, _ text: String, _ role: Role = .text) {
            var line = StyledLine("         ")
            line.add(name, .textDim, columns: 7)
            line.add(text, role)
            lines.append(line)
        }
        if number == 0 {
            for (row, part) in TextWidth.wrapped(certificate.names.prefix(100).joined(separator: ", "), to: width - 17)
                .enumerated()
            {
                add(row == 0 ? "names" : "", part)
            }
        }
        add("issuer", certificate.issuer)
        let start = Moment(certificate.notBefore)
        let end = Moment(certificate.notAfter)
        let isNow = certificate.notBefore <= subject.now && subject.now < certificate.notAfter
        add(
            "valid", "\(start.fullInWords) \(start.time) to \(end.fullInWords) \(end.time)",
            isNow ? .text : .severityBouncing)
        if let bar = bar(certificate) { add("left", bar.text, bar.role) }
        add("key", "\(certificate.key), \(certificate.signature)")
        add("sha256", certificate.sha256, .textDim)
        return lines
    }
}
