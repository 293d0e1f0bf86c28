import Evidence
import FoundationEssentials
import MTASTS

/// The one line of the table: the worst thing, in words that fit a narrow column.
enum Why {
    static func line(_ judged: Case, _ state: DomainState, _ findings: [Finding]) -> String {
        let text = plain(judged, state, findings)
        return text.count <= 80 ? text : String(text.prefix(77)) + "..."
    }

    private static func plain(_ judged: Case, _ state: DomainState, _ findings: [Finding]) -> String {
        switch state {
        case .ok: return judged.standing.mx?.status == .null ? "takes no mail (null MX)" : ""
        case .unprotected: return unprotected(judged)
        case .unknown: return unknown(judged)
        case .bouncing, .risk, .warning: break
        }
        guard let first = worst(state, findings) else { return reason(judged) }
        let worst = soonest(first, findings)
        let prefix = judged.tests && worst.severity == .warning && isHostFinding(worst) ? "testing: " : ""
        let who = alike(worst, findings, judged.domain)
        let text = phrase(worst, who, judged)
        // Of a long name of somebody else's host a narrow column would show nothing but that.
        guard who.contains("."), text.hasPrefix("\(who) ") else { return prefix + text + chance(worst, judged) }
        return prefix + text.dropFirst(who.count + 1) + chance(worst, judged) + ": " + who
    }

    /// The code of what the line tells; nil where it tells no finding.
    static func code(_ assessment: Assessment) -> FindingCode? {
        switch assessment.state {
        case .bouncing, .risk, .warning: return worst(assessment.state, assessment.findings)?.code
        case .ok: return nil
        case .unprotected:
            guard assessment.record?.status == .valid else { return .recordMissing }
            return assessment.policy?.policy?.mode == .testing ? .policyTesting : nil
        case .unknown:
            if assessment.mx?.status == .failed { return .mxLookupFailed }
            return assessment.mx != nil && assessment.record?.status == .failed ? .recordLookupFailed : nil
        }
    }

    /// A finding that explains the state comes before one that is merely severe.
    private static func worst(_ state: DomainState, _ findings: [Finding]) -> Finding? {
        let remarks: Set<FindingCode> = [.mxLastUsable, .policyTesting, .networkSuspect, .clockSuspect]
        let telling = findings.filter { !remarks.contains($0.code) && $0.severity <= .warning }
        if state == .risk,
            let soon = telling.first(where: { $0.severity < .warning || $0.code == .certificateExpiring })
        {
            return soon
        }
        return telling.first ?? findings.first { $0.severity <= .warning }
    }

    /// Of the same finding at several hosts the one whose date comes first.
    private static func soonest(_ worst: Finding, _ findings: [Finding]) -> Finding {
        let same = findings.filter { $0.code == worst.code && $0.severity == worst.severity && $0.deadline != nil }
        return same.min { ($0.deadline ?? .distantFuture) < ($1.deadline ?? .distantFuture) } ?? worst
    }

    /// What the classes meet, where no finding tells it.
    private static func reason(_ judged: Case) -> String {
        let standing = judged.standing
        let verdicts = [standing.mtaSTS, standing.dane, standing.opportunistic]
        let worst = [Delivery.refused, .partial].lazy.compactMap { delivery in
            verdicts.first { $0.delivery == delivery }
        }
        return worst.first?.reason ?? ""
    }

    /// Where the host is like that at some looks only.
    private static func chance(_ worst: Finding, _ judged: Case) -> String {
        let name = worst.subject.prefix { $0 != " " }
        let host = judged.standing.hosts.first { $0.host.text == name }
        return host?.addresses.contains { $0.session?.takesTurns == true } == true ? ", now and then" : ""
    }

    private static func isHostFinding(_ finding: Finding) -> Bool {
        finding.rfc == "8461 4.2" || finding.rfc == "8461 4.1"
    }

    /// A host of somebody else's domain is told whole up to so many characters, else by its first two labels.
    private static let longestHost = 28

    /// The subjects that share the worst finding, shortened: `mx1,mx2`.
    private static func alike(_ worst: Finding, _ findings: [Finding], _ domain: DomainName) -> String {
        // What comes at another time is told when its turn comes.
        let same = findings.filter { finding in
            let apart = (finding.deadline ?? .distantPast).timeIntervalSince(worst.deadline ?? .distantPast)
            return finding.code == worst.code && abs(apart) < 3_600
        }
        let subjects = same.map { short($0.subject, domain) }
        var seen: Set<String> = []
        let names = subjects.filter { seen.insert($0).inserted }
        return names.prefix(2).joined(separator: ",") + (names.count > 2 ? "+\(names.count - 2)" : "")
    }

    /// `mx1` inside the domain; outside of it the first label alone would name nobody.
    private static func short(_ subject: String, _ domain: DomainName) -> String {
        let host = subject.prefix { $0 != " " }
        if host.hasSuffix(".\(domain)") || host == domain.text { return String(host.prefix { $0 != "." }) }
        let labels = host.split(separator: ".")
        guard host.count > longestHost, labels.count > 2 else { return String(host) }
        return labels.prefix(2).joined(separator: ".") + ".."
    }

    private static func phrase(_ finding: Finding, _ who: String, _ judged: Case) -> String {
        switch finding.code {
        case .mxNoneListed: return "no MX is in the policy"
        case .mxUnlisted: return "\(who) not in the policy"
        case .mxNull: return "null MX: takes no mail any more"
        case .mxRemovedToImplicit: return "MX records gone"
        case .mxMissing: return "no MX and no address"
        case .domainMissing: return "domain does not exist"
        case .mxNullWithOthers: return "null MX beside others"
        case .mxLookupFailed: return "MX lookup fails"
        case .mxBogus: return "MX records DNSSEC bogus"
        case .mxNoAddress: return "\(who) has no address"
        case .mxUnreachable: return "\(who) unreachable"
        case .addressUnreachable: return "one address of \(who) is down"
        case .addressSpecialUse: return "\(who) has a private address"
        case .mxCNAME: return "\(who) is a CNAME"
        case .mxBeyondLimit: return "good MX comes too late"
        case .mxNotAllChecked: return "more MX than are looked at"
        case .mxOnlyUnlistedReachable: return "only unlisted \(who) answers"
        case .recordInvalid: return "_mta-sts TXT invalid"
        case .recordMultiple: return "several _mta-sts records"
        case .recordLenient: return "_mta-sts TXT has a stray blank"
        case .policyBelowExpectation: return "policy less than the list expects"
        case .recordLookupFailed: return "_mta-sts lookup fails"
        case .recordRemoved: return "_mta-sts TXT is gone"
        case .policyUnreachable: return "policy unreachable" + ends(finding, judged)
        case .policyHTTPStatus: return "policy \(finding.evidence.replacing("HTTP ", with: ""))" + ends(finding, judged)
        case .policyRedirect: return "policy is a redirect" + ends(finding, judged)
        case .policyContentType: return "policy type is not text/plain"
        case .policyTooLarge: return "policy too large"
        case .policyHostAddressUnreachable: return "one address of the policy host is down"
        case .policyDiffersBetweenAddresses: return "policy differs between addresses"
        case .policyHostCertificateExpired: return "web cert expired"
        case .policyHostCertificateExpiring: return "web cert expires" + until(finding, judged)
        case .policyHostCertificateUntrusted: return "web cert untrusted"
        case .policyHostCertificateNameMismatch: return "web cert wrong name"
        case .policyInvalid, .policyAmbiguous:
            return invalidPolicy(judged)
        case .policyChangedSameID: return "policy file changed, same id"
        case .mxUnlistedInCachedPolicy: return "\(who) not in the policy that senders hold"
        case .policyIDReused: return "policy id used before"
        case .policyEnforcedUnready: return "enforced while \(judged.standing.mtaSTS.delivery.rawValue)"
        case .policyNarrowed: return "mx line gone from the policy"
        case .policyWithdrawnUnsafely: return "policy withdrawn, copies are held"
        case .policyMaxAgeLoweredSameID: return "max_age lowered, same id"
        case .policyDelegationChanged: return "policy CNAME changed"
        case .starttlsRemoved: return "no STARTTLS on \(who) any more"
        case .serverReplaced: return "\(who): another server answers"
        case .renewalMissed: return "\(who) cert not renewed as usual" + until(finding, judged)
        case .daneNextKeyMissing: return "\(who) TLSA of the next key missing"
        case .danePublishedTooLate: return "\(who) TLSA published too late"
        case .daneLost: return "\(who) lost DANE"
        case .policyMaxAgeShort: return "max_age \(judged.live?.maxAge ?? 0) is short"
        case .policyMaxAgeZero: return "max_age is 0"
        case .starttlsMissing: return "no STARTTLS on \(who)"
        case .starttlsMasked: return "STARTTLS masked on \(who)"
        case .starttlsRefused: return "STARTTLS refused on \(who)"
        case .starttlsInjection: return "text injected before TLS on \(who)"
        case .tlsHandshakeFailed: return "TLS handshake fails on \(who)"
        case .tlsLegacyOnly: return "only TLS 1.0/1.1 on \(who)"
        case .certificateExpired: return "\(who) cert expired"
        case .certificateNotYetValid: return "\(who) cert not yet valid"
        case .certificateExpiring: return "\(who) cert expires" + until(finding, judged)
        case .certificateUntrusted: return "\(who) cert untrusted"
        case .certificateSelfSigned: return "\(who) cert self-signed"
        case .certificateChainIncomplete: return "\(who) chain incomplete"
        case .certificateNameMismatch: return "\(who) cert wrong name"
        case .certificateWeak: return "\(who) cert weak"
        case .certificateDiffersBetweenAddresses: return "\(who) certs differ"
        case .certificateDiffersBetweenKeys: return "\(who) RSA and ECDSA certs differ"
        case .daneMismatch: return "\(who) TLSA mismatch"
        case .daneLookupFailed: return "TLSA lookup fails"
        case .daneBogus: return "TLSA DNSSEC bogus"
        case .daneUnusable: return "TLSA unusable"
        case .daneInsecure: return "TLSA in an unsigned zone"
        case .danePartial: return "TLSA not on every MX"
        case .nameserversDisagree: return "name servers disagree"
        case .dnssecSignatureExpiring: return "DNSSEC signature ends" + until(finding, judged)
        default: return finding.code.title
        }
    }

    /// Where the file is wrong and how: `policy line 3: blank line`.
    private static func invalidPolicy(_ judged: Case) -> String {
        // Most senders deliver: where some do not, that has to be told too.
        let split = judged.standing.lenient?.delivery == .refused ? "; some senders refuse" : ""
        if let reading = judged.standing.policy, reading.policy != nil {
            return (reading.readers.isEmpty ? "some senders reject the policy" : "senders split over the policy")
                + split
        }
        guard let error = judged.standing.policy?.errors.first else { return "policy file invalid\(split)" }
        // An end alone does not tell what is missing.
        let expected = VisibleText.printable(error.expected)
        if expected.hasPrefix("no ") { return "policy line \(error.line): expected \(expected)\(split)" }
        let lack = " lacks \(expected)"
        switch error.found {
        case "end of file": return "policy\(lack)\(split)"
        case "end of line": return "policy line \(error.line)\(lack)\(split)"
        default: return "policy line \(error.line): \(defect(error))\(split)"
        }
    }

    private static func defect(_ error: SyntaxError) -> String {
        let found = VisibleText.printable(error.found)
        guard !found.isEmpty else { return "expected \(VisibleText.printable(error.expected))" }
        return found.count <= 24 ? found : found.prefix(22) + ".."
    }

    private static func ends(_ finding: Finding, _ judged: Case) -> String {
        guard let deadline = finding.deadline, deadline > judged.now else { return "" }
        return ", \(Stamp.short(deadline.timeIntervalSince(judged.now))) to go"
    }

    private static func until(_ finding: Finding, _ judged: Case) -> String {
        guard let deadline = finding.deadline else { return "" }
        return " in \(Stamp.long(deadline.timeIntervalSince(judged.now)))"
    }

    private static func unprotected(_ judged: Case) -> String {
        switch judged.standing.record?.status {
        case .valid: break
        default: return "no _mta-sts TXT"
        }
        switch judged.standing.policy?.policy?.mode {
        case .testing:
            return judged.standing.isReadyToEnforce ? "testing: ready to enforce" : "testing: not every MX was seen"
        default: return "policy mode none"
        }
    }

    private static func unknown(_ judged: Case) -> String {
        let standing = judged.standing
        if standing.mx == nil { return "not looked at yet" }
        if standing.mx?.status == .failed { return "DNS: no answer for MX" }
        if standing.record?.status == .failed { return "DNS: no answer for _mta-sts" }
        if standing.record == nil { return "not looked at yet" }
        for verdict in [standing.mtaSTS, standing.opportunistic] where verdict.delivery == .unknown {
            return verdict.reason
        }
        return "policy not fetched"
    }
}
