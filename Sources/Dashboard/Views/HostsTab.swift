//   PREF HOST                        IN POLICY STARTTLS TLS  CERT        RTT  STATE
//    10  mx1.acme-payments.example   yes       yes      1.3  EXPIRED    41ms  X
//        192.0.2.10                            yes      1.3  EXPIRED    41ms  X
//        2001:db8::10                          timeout  -    -               ?
//    10  mx1.acme-payments..  EXPIRED   X                      under 60 columns: what is worst, and the state
//  -- mx1.acme-payments.example 192.0.2.10, last dialogue, 3m ago ----------------
//   mta-sts   refused   certificate expired
//   < 220 mx1 ESMTP
//   > EHLO probe.example

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Tab 3: every MX host and address, and below what was said to the selected one.
struct HostsTab {
    private static let entryLimit = 500

    private let subject: Subject
    private let width: Int
    private let selection: Int

    init(_ subject: Subject, width: Int, selection: Int) {
        self.subject = subject
        self.width = width
        self.selection = selection
    }

    /// A host, or one of its addresses.
    private struct Entry {
        let host: HostJudgement
        let address: AddressJudgement?
    }

    private var entries: [Entry] {
        var all: [Entry] = []
        for host in subject.assessment?.hosts ?? [] {
            all.append(Entry(host: host, address: nil))
            all += host.addresses.map { Entry(host: host, address: $0) }
        }
        return Array(all.prefix(HostsTab.entryLimit))
    }

    var content: DetailContent {
        let entries = entries
        var content = DetailContent(upper: [head], heads: 1)
        guard !entries.isEmpty else {
            content.upper.append(StyledLine(" " + missing, .textDim))
            return content
        }
        for entry in entries {
            content.entries.append(content.upper.count)
            content.upper.append(entry.address.map { line($0, of: entry.host) } ?? line(entry.host))
        }
        let selected = entries[min(max(0, selection), entries.count - 1)]
        let address = selected.address ?? HostsTab.telling(selected.host)
        content.divider = selected.host.host.text
        if let address {
            content.divider += " \(address.address), last dialogue"
            if let at = address.at { content.divider += ", \(Lapse.age(since: at, now: subject.now)) ago" }
        }
        content.lower = lower(selected.host, address)
        let isBlind = (subject.assessment?.hosts ?? []).contains { $0.acceptance[.dane]?.isUnknown == true }
        if isBlind { content.upper.append(StyledLine(" DANE unknown: STATE tells of all others", .textDim)) }
        return content
    }

    private var missing: String {
        switch subject.assessment?.mx?.status {
        case .null: "null MX: the domain takes no mail"
        case .missing: "no MX and no address: there is nowhere to deliver"
        case .failed: "the MX lookup failed"
        case .bogus: "the MX answer is bogus (DNSSEC)"
        case .present, .implicit, nil: "no MX host is known yet"
        }
    }

    /// The address whose dialogue tells most: one that failed, else the first that was spoken to.
    private static func telling(_ host: HostJudgement) -> AddressJudgement? {
        host.addresses.first { HostStanding($0) == .fails } ?? host.addresses.first { $0.session != nil }
            ?? host.addresses.first
    }

    private var isNarrow: Bool { width < ScreenClass.narrow }
    /// Columns of policy, STARTTLS, TLS, certificate and round trip: where width lacks the host is worth more.
    private var cellColumns: [Int] { width < 80 ? [5, 9, 4, 10, 0] : [10, 9, 4, 10, 6] }
    private var nameColumns: Int {
        isNarrow ? max(8, width - 21) : min(40, max(10, width - 14 - cellColumns.reduce(0, +)))
    }

    private func columns(
        _ pref: String, _ name: String, _ nameRole: Role, _ cells: [(text: String, role: Role)]
    ) -> StyledLine {
        var line = StyledLine(" ")
        line.add(pref, .text, columns: 4, alignment: .trailing)
        line.add("  ")
        line.add(TextWidth.truncated(name, to: nameColumns), nameRole, columns: nameColumns + 1)
        guard !isNarrow else {
            // No room for all: the first that is not as it should be.
            let worst =
                cells[0].text == "NO" ? ("unlisted", cells[0].role) : cells[1].text == "yes" ? cells[3] : cells[1]
            line.add(worst.0, worst.1, columns: 10)
            return line.adding(cells[5].text, cells[5].role)
        }
        for (cell, columns) in zip(cells, cellColumns) where columns > 0 {
            line.add(cell.text, cell.role, columns: columns)
        }
        if let state = cells.dropFirst(5).first { line.add(state.text, state.role) }
        return line
    }

    private var head: StyledLine {
        let names =
            isNarrow
            ? ["", "CHECK", "", "", "", ""]
            : [width < 80 ? "IN" : "IN POLICY", "STARTTLS", "TLS", "CERT", "RTT", "STATE"]
        return StyledLine(columns("PREF", "HOST", .head, names.map { ($0, .head) }).plain, .head)
    }

    private func line(_ host: HostJudgement) -> StyledLine {
        let inPolicy: (String, Role) =
            switch host.inPolicy {
            case true?: ("yes", .text)
            case false?: ("NO", .severityBouncing)
            case nil: ("-", .textDim)
            }
        let best = HostsTab.telling(host)
        let cells = [inPolicy] + (best.map(cells) ?? [("-", .textDim), ("-", .textDim), ("-", .textDim), ("", .text)])
        return columns("\(host.preference)", host.host.text, .textStrong, cells + [verdict(host)])
    }

    private func line(_ address: AddressJudgement, of host: HostJudgement) -> StyledLine {
        let cells = [("", Role.text)] + cells(address)
        return columns("", address.address.description, .text, cells + [verdict(host, address)])
    }

    /// STARTTLS, TLS, certificate and round trip of one address.
    private func cells(_ address: AddressJudgement) -> [(text: String, role: Role)] {
        guard let session = address.session else {
            return [("?", .severityUnknown), ("?", .textDim), ("?", .textDim), ("", .text)]
        }
        var starttls = Words.starttls(session.starttls)
        if session.starttls == .unknown, let brief = Words.brief(session.outcome) {
            starttls = (brief, .severityUnknown)
        }
        let version: (String, Role) =
            session.tls.map { (RowFacts.short($0.version), $0.isModern ? .text : .severityRisk) } ?? ("-", .textDim)
        let time = session.connectMilliseconds.map { $0 < 10_000 ? "\($0)ms" : "\($0 / 1_000)s" } ?? ""
        return [starttls, version, Words.standing(address.certificate), (time, .textDim)]
    }

    /// The worst that a sender that enforces something meets. DANE that could not be asked for is told apart: what
    /// every other class takes is no riddle.
    private func verdict(_ host: HostJudgement, _ address: AddressJudgement? = nil) -> (text: String, role: Role) {
        guard let assessment = subject.assessment else { return ("?", .severityUnknown) }
        func meets(_ sender: SenderClass) -> Acceptance { assessment.meets(sender, at: host, address) }
        let others = [meets(.mtaSTS), meets(.opportunistic)]
        let all = others + [meets(.dane)]
        if all.contains(where: \.isRefusal) { return ("X", .severityBouncing) }
        let isSplit = [.mtaSTS, .dane].contains { assessment.splits($0, at: host, address) != nil }
        if isSplit { return ("!", .severityRisk) }
        if others.contains(where: \.isUnknown) { return ("?", .severityUnknown) }
        if assessment.wouldRefuse(at: host, address) != nil { return ("~", .severityWarning) }
        guard all.contains(.accepts) else {
            return all.contains(where: \.isUnknown) ? ("?", .severityUnknown) : ("-", .textDim)
        }
        return (".", .severityOK)
    }

    private func lower(_ host: HostJudgement, _ address: AddressJudgement?) -> [StyledLine] {
        var lines: [StyledLine] = []
        for sender in SenderClass.allCases {
            guard sender != .cached, let assessment = subject.assessment else { continue }
            let acceptance = assessment.meets(sender, at: host, address)
            let word = Words.meeting(sender, at: host, address, of: assessment)
            var line = StyledLine(" ")
            line.add(sender.rawValue, .text, columns: 15)
            line.add(word.text, word.role, columns: 10)
            line.add(Words.reason(acceptance) ?? "", .text)
            if sender == .mtaSTS, let reason = assessment.wouldRefuse(at: host, address) {
                line.add("testing; mode enforce would refuse: \(reason)", .severityWarning)
            }
            lines.append(line)
        }
        for record in host.tlsa.prefix(10) { lines.append(StyledLine(" TLSA " + record, .textDim)) }
        if let address, address.dane != .none {
            lines.append(
                StyledLine(" DANE \(address.dane.rawValue)", address.dane == .match ? .text : .severityWarning))
        }
        for chain in address?.chains ?? [] where (address?.chains.count ?? 0) > 1 {
            let standing = Words.standing(chain.certificate)
            var line = StyledLine(" \(chain.family?.rawValue ?? "?") certificate ", .textDim)
            line.add(standing.text, standing.role)
            if chain.dane == .match || chain.dane == .mismatch { line.add("  DANE \(chain.dane.rawValue)", .textDim) }
            lines.append(line)
        }
        for sender in SenderClass.allCases {
            guard let reason = address?.split[sender] else { continue }
            lines.append(StyledLine(" \(sender.rawValue): \(reason)", .severityRisk))
        }
        guard let session = address?.session else {
            lines.append(StyledLine(" no conversation was held yet", .textDim))
            return lines
        }
        var end = StyledLine(" " + Words.outcome(session.outcome), session.outcome == .ok ? .textDim : .severityWarning)
        if let tls = session.tls { end.add("; \(tls.version) \(tls.cipher)", .textDim) }
        if let time = session.tlsMilliseconds { end.add(", handshake \(time) ms", .textDim) }
        lines.append(end)
        for said in session.dialogue.lines.prefix(200) {
            var line = StyledLine(said.speaker == .server ? " < " : " > ", .textDim)
            line.add(Escaped.text(said.bytes), said.speaker == .server ? .text : .textStrong)
            lines.append(line)
        }
        return lines
    }
}
