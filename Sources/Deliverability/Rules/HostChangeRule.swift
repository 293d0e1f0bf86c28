import Evidence
import FoundationEssentials
import MTASTS

/// What was changed at an MX host: its certificate, its issuer, the server itself, its rhythm of renewal.
enum HostChangeRule: Rule {
    private static let day: TimeInterval = 86_400
    /// Seconds between two looks that are told as one moment: what was last seen is kept once an hour.
    private static let sameTime: TimeInterval = 7_200

    static func findings(in judged: Case) -> [Finding] {
        judged.standing.hosts.flatMap { host -> [Finding] in
            guard let memory = judged.hosts[host.host] else { return [] }
            return HostFindings.merged(host) { address in
                memory.seen(address.address).flatMap { certificate($0, address, host, judged) }
            }
                + HostFindings.merged(host) { address in
                    memory.seen(address.address).flatMap { renewal($0, address, host, judged) }
                }
        }
    }

    /// One finding, the gravest: another server, another issuer, or another certificate.
    private static func certificate(
        _ seen: HostMemory.Address, _ address: AddressJudgement, _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let new = seen.certificates.last, let old = seen.certificates.dropLast().last,
            address.session?.tls?.leaf?.sha256 == new.fingerprint,
            // One that came back after it had gone takes turns with the other: nothing was changed.
            old.lastSeen <= new.firstSeen
        else { return nil }
        func isNews(_ code: FindingCode, _ days: Double) -> Bool {
            judged.memory.isNews(
                code, of: host.host.text, at: address.address, changedAt: new.firstSeen, for: days * day,
                now: judged.now)
        }
        // Where nobody looked for a while, both may have changed at any time of it.
        let isClose = new.firstSeen.timeIntervalSince(old.lastSeen) <= sameTime
        let at = Stamp.text(new.firstSeen)
        // A greeting that names another machine at each look tells nothing.
        if let name = seen.banner, let before = seen.bannerBefore, name.since == new.firstSeen,
            name.since.timeIntervalSince(before.since) >= day, old.keyHash != new.keyHash, isNews(.serverReplaced, 3)
        {
            return Finding(
                .serverReplaced, .warning, subject: host.host.text,
                evidence: "greeting \(before.name) -> \(name.name), key \(old.keyHash.prefix(16)) -> "
                    + "\(new.keyHash.prefix(16)), both "
                    + (isClose ? "on \(at)" : "between \(Stamp.text(old.lastSeen)) and \(at)"),
                fix: "If you did not move \(host.host), see who answers at this address; if you did, acknowledge it.",
                rfc: "8461 10.2")
        }
        if old.issuer != new.issuer, isNews(.certificateIssuerChanged, 3) {
            return Finding(
                .certificateIssuerChanged, .info, subject: host.host.text,
                evidence: "issuer \(old.issuer) -> \(new.issuer) on \(at)",
                fix: "Nothing, if you changed the CA; otherwise see who got this certificate (CT logs, CAA record).",
                rfc: "8461 4.2")
        }
        guard old.issuer == new.issuer, isNews(.certificateChanged, 1) else { return nil }
        let key = old.keyHash == new.keyHash ? "the same key" : "another key"
        return Finding(
            .certificateChanged, .info, subject: host.host.text,
            evidence: "until \(Stamp.text(old.notAfter)) -> until \(Stamp.text(new.notAfter)), \(key), on \(at)",
            fix: "Nothing, if this is the renewal.", rfc: "8461 4.2")
    }

    private static func renewal(
        _ seen: HostMemory.Address, _ address: AddressJudgement, _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let current = seen.certificates.last, let due = seen.renewalMissed(at: judged.now),
            address.session?.tls?.leaf?.sha256 == current.fingerprint
        else { return nil }
        return Finding(
            .renewalMissed, judged.severity(.warning), subject: host.host.text,
            evidence: "every renewal so far came by now: due \(Stamp.text(due)), the certificate ends "
                + Stamp.text(current.notAfter),
            senders: judged.senders(), deadline: current.notAfter,
            fix: "See why the renewal on \(host.host) did not run; the certificate is good until "
                + "\(Stamp.spoken(current.notAfter)).",
            tlsrpt: .certificateExpired, rfc: "8461 4.2")
    }
}
