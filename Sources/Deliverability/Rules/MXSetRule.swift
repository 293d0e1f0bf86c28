import Evidence
import MTASTS

/// What the MX lookup itself says (RFC 5321 5.1, RFC 7505).
enum MXSetRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard let answer = judged.evidence.mx?.value else { return [] }
        let name = judged.domain.text
        switch judged.standing.mx?.status {
        case .present: return nullBesideOthers(answer, name)
        case .implicit: return [implicit(judged, name)]
        case .null:
            let before = judged.memory.tookMail
            return [
                Finding(
                    .mxNull, before ? .critical : .info, subject: name, evidence: "MX 0 . (null MX)",
                    senders: before ? judged.senders(everyone: true) : [],
                    fix: before
                        ? "Publish the MX records again: every sender now bounces mail at once."
                        : "Nothing, if this domain is meant to take no mail.",
                    rfc: "7505 3")
            ]
        case .missing:
            let gone = answer.outcome == .noName
            return [
                Finding(
                    gone ? .domainMissing : .mxMissing, .critical, subject: name,
                    evidence: gone ? "NXDOMAIN" : "no MX record and no address",
                    senders: judged.senders(everyone: true),
                    fix: gone
                        ? "Check the registration and the delegation of the domain."
                        : "Publish MX records, or a null MX if the domain is to take no mail.",
                    rfc: "5321 5.1")
            ]
        case .failed:
            guard let failure = answer.failure, failure.isTheirs else { return [] }
            return [
                Finding(
                    .mxLookupFailed, .critical, subject: name, evidence: "MX lookup: \(failure.words)",
                    senders: judged.senders(everyone: true),
                    fix: "Repair the zone's name servers: senders defer all mail until the MX records can be had.",
                    rfc: "5321 5.1")
            ]
        case .bogus:
            return [
                Finding(
                    .mxBogus, .critical, subject: name, evidence: "MX lookup: \(answer.failure?.words ?? "bogus")",
                    senders: [.mtaSTS, .dane],
                    fix: "Sign the zone again, or remove the DS at the parent: validating senders defer all mail.",
                    tlsrpt: .dnssecInvalid, rfc: "7672 2.1")
            ]
        case nil: return []
        }
    }

    private static func implicit(_ judged: Case, _ name: String) -> Finding {
        if judged.memory.hadMXRecords {
            return Finding(
                .mxRemovedToImplicit, .critical, subject: name,
                evidence: "the MX records are gone; the address of \(name) now takes the mail",
                senders: judged.senders(everyone: true),
                fix: "Publish the MX records again: mail goes to the domain's own address until then.",
                rfc: "5321 5.1")
        }
        return Finding(
            .mxImplicit, .info, subject: name, evidence: "no MX record; the address of \(name) takes the mail",
            fix: "Publish an MX record; under MTA-STS the domain itself must be listed in the policy.",
            rfc: "5321 5.1")
    }

    private static func nullBesideOthers(_ answer: DNSAnswer<[MXHost]>, _ name: String) -> [Finding] {
        guard let records = answer.value, records.contains(where: { $0.host == nil }) else { return [] }
        return [
            Finding(
                .mxNullWithOthers, .high, subject: name,
                evidence: "a null MX (`.`) beside \(records.count - 1) other MX records",
                senders: [.mtaSTS, .dane, .opportunistic],
                fix: "Remove the record `MX 0 .`: senders differ in what they make of it.", rfc: "7505 3")
        ]
    }
}
