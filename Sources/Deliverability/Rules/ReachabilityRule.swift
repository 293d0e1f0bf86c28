import Evidence
import MTASTS

/// Whether each MX host has addresses and each address answers (RFC 5321 5.1).
enum ReachabilityRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        zip(judged.evidence.hosts, judged.standing.hosts).flatMap { seen, host in
            findings(for: seen, host, in: judged)
        } + beyondLimit(judged) + notAll(judged)
    }

    /// What is beyond our own limits is not judged: a refusal everywhere may then be too hard a word.
    private static func notAll(_ judged: Case) -> [Finding] {
        let standing = judged.standing
        let isRefused = [standing.mtaSTS, standing.dane, standing.opportunistic].contains { $0.delivery == .refused }
        func finding(_ subject: String, _ seen: Int, _ all: Int, _ what: String) -> Finding? {
            guard seen < all else { return nil }
            return Finding(
                .mxNotAllChecked, isRefused ? .warning : .info, subject: subject,
                evidence: "\(seen) of \(all) \(what) looked at, the rest is not judged",
                fix: "Nothing has to be done; senders try a handful of addresses, so fewer would serve as well.",
                rfc: "5321 5.1")
        }
        let hosts = Set((judged.evidence.mx?.value.value ?? []).compactMap(\.host)).count
        let set =
            hosts == 0 ? nil : finding(judged.domain.text, judged.evidence.hosts.count, hosts, "MX hosts read are")
        return [set].compactMap { $0 }
            + judged.evidence.hosts.compactMap { host in
                host.addresses.flatMap {
                    finding(host.host.text, $0.value.all.count, host.addressCount, "addresses read are")
                }
            }
    }

    private static func findings(for seen: HostEvidence, _ host: HostJudgement, in judged: Case) -> [Finding] {
        guard let addresses = seen.addresses?.value else { return [] }
        var findings: [Finding] = []
        if !addresses.aliases.isEmpty {
            findings.append(
                Finding(
                    .mxCNAME, .warning, subject: host.host.text,
                    evidence: "\(host.host) is a CNAME: \(addresses.aliases.map(\.text).joined(separator: " -> "))",
                    senders: [.opportunistic],
                    fix:
                        "Let the MX record name a host with A and AAAA records of its own; some senders refuse CNAMEs.",
                    rfc: "5321 5.1"))
        }
        guard !host.addresses.isEmpty else { return findings + noAddress(host, addresses) }
        findings += host.addresses.compactMap { special($0, host) }
        let down = host.addresses.compactMap { address in
            address.session.flatMap { outage($0) }.map { (address, $0) }
        }
        let visible = host.addresses.filter { $0.session?.isBlind != true }
        if down.count == visible.count, !visible.isEmpty {
            findings.append(
                Finding(
                    .mxUnreachable, .high, subject: host.host.text,
                    evidence: down.prefix(3).map { "\($0.0.address): \($0.1)" }.joined(separator: "; "),
                    senders: judged.senders(everyone: true),
                    fix: "Bring \(host.host) back, or remove its MX record; check the firewall for port 25."
                        + (greetsLate(down.map(\.0)) ? " A greeting that comes late is waited for by --timeout." : ""),
                    rfc: "5321 5.1"))
        } else {
            findings += down.map { address, words in
                Finding(
                    .addressUnreachable, .high, subject: "\(host.host) [\(address.address)]", evidence: words,
                    senders: judged.senders(everyone: true),
                    fix: "Let \(address.address) answer on port 25, or remove its address record.", rfc: "5321 5.1")
            }
        }
        return findings
    }

    private static func greetsLate(_ addresses: [AddressJudgement]) -> Bool {
        addresses.contains { $0.session?.outcome == .timeout("banner") }
    }

    private static func noAddress(_ host: HostJudgement, _ addresses: HostAddresses) -> [Finding] {
        let failures = [addresses.ipv4.failure, addresses.ipv6.failure].compactMap { $0 }
        guard failures.allSatisfy(\.isTheirs) else { return [] }
        let repair =
            addresses.dnssec == .bogus
            ? "Sign the zone of \(host.host) again, or mend its DS record: validating resolvers hide its addresses."
            : "Repair the name servers of \(host.host): they fail to answer for its addresses."
        let words = failures.first.map { "address lookup: \($0.words)" } ?? "no A and no AAAA record"
        return [
            Finding(
                .mxNoAddress, .high, subject: host.host.text, evidence: words,
                senders: [.mtaSTS, .dane, .opportunistic],
                fix: failures.isEmpty ? "Give \(host.host) an address, or remove its MX record." : repair,
                rfc: "5321 5.1")
        ]
    }

    private static func special(_ address: AddressJudgement, _ host: HostJudgement) -> Finding? {
        guard case .notProbed(let words)? = address.session?.outcome else { return nil }
        return Finding(
            .addressSpecialUse, .high, subject: "\(host.host) [\(address.address)]", evidence: words,
            senders: [.mtaSTS, .dane, .opportunistic],
            fix: "Publish a public address; senders cannot reach this one. To watch an inner network: --allow-private.",
            rfc: "6890 2.2")
    }

    /// Why an address takes no mail from anyone; nil where it does or nobody can tell.
    private static func outage(_ session: SessionEvidence) -> String? {
        switch session.outcome {
        case .refused: "connection refused"
        case .timeout(let step): "no answer (\(step))"
        case .closed(let step): "connection closed (\(step))"
        case .unreachable(let words): words
        case .banner(let code, let text): session.isBlind ? nil : "answers \(code) \(text)"
        case .error(let words): session.isBlind ? nil : words
        case .ok, .tls, .notProbed: nil
        }
    }

    /// Postfix tries five addresses: a good one beyond them does not save the mail.
    private static func beyondLimit(_ judged: Case) -> [Finding] {
        let isEnforced = judged.enforces
        let ordered = judged.standing.hosts.flatMap { host in host.addresses.map { (host, $0) } }
        guard ordered.count > 5 else { return [] }
        func passes(_ entry: (HostJudgement, AddressJudgement)) -> Bool {
            isEnforced
                ? entry.0.inPolicy == true && entry.1.acceptance[.mtaSTS] == .accepts
                : entry.1.acceptance[.opportunistic] == .accepts
        }
        func isRefused(_ entry: (HostJudgement, AddressJudgement)) -> Bool {
            isEnforced
                ? entry.0.inPolicy == false || entry.1.acceptance[.mtaSTS]?.isRefusal == true
                : entry.1.acceptance[.opportunistic]?.isRefusal == true
        }
        let allRefused = ordered.prefix(5).allSatisfy(isRefused)
        guard allRefused, let late = ordered.dropFirst(5).first(where: passes) else { return [] }
        return [
            Finding(
                .mxBeyondLimit, judged.severity(.warning), subject: late.0.host.text,
                evidence: "the first five addresses are refused; \(late.0.host) comes after them",
                senders: isEnforced ? judged.senders() : [.opportunistic],
                fix: "Give a good MX host a better preference: Postfix tries five addresses only.", rfc: "5321 5.1")
        ]
    }
}
