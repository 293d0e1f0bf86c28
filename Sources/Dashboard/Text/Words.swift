import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Verdicts and outcomes in the words of the screen. What was said by strangers is escaped where it is drawn.
enum Words {
    static func delivery(_ delivery: Delivery) -> (text: String, role: Role) {
        switch delivery {
        case .delivers: ("delivers", .severityOK)
        case .partial: ("PARTIAL", .severityRisk)
        case .refused: ("REFUSED", .severityBouncing)
        case .unknown: ("unknown", .severityUnknown)
        case .none: ("-", .textDim)
        }
    }

    /// What a class meets at a host, or at one of its addresses.
    static func meeting(
        _ sender: SenderClass, at host: HostJudgement, _ address: AddressJudgement? = nil, of assessment: Assessment
    ) -> (text: String, role: Role) {
        if assessment.splits(sender, at: host, address) != nil { return delivery(.partial) }
        return acceptance(assessment.meets(sender, at: host, address))
    }

    private static func acceptance(_ acceptance: Acceptance?) -> (text: String, role: Role) {
        switch acceptance {
        case .accepts: ("delivers", .severityOK)
        case .refuses: ("refused", .severityBouncing)
        case .unknown: ("unknown", .severityUnknown)
        case .notApplicable, nil: ("-", .textDim)
        }
    }

    /// The reason behind an acceptance; nil where there is none to tell.
    static func reason(_ acceptance: Acceptance?) -> String? {
        switch acceptance {
        case .refuses(let reason), .unknown(let reason): reason.isEmpty ? nil : reason
        case .accepts, .notApplicable, nil: nil
        }
    }

    /// What a change was; on a recovery how long it took since `onset`, and what it was.
    static func change(_ change: Change, onset: Date?) -> String {
        guard change.stateAfter > change.stateBefore else {
            // What is wrong is what it was: what turned is whom it hits.
            let isSame = change.stateAfter == change.stateBefore && change.after == change.before
            return change.after.isEmpty || isSame ? change.impact : change.sight
        }
        let isTelling = !change.before.isEmpty && change.before != change.stateBefore.word
        guard let onset else { return isTelling ? "was: \(change.before)" : change.after }
        let lapse = "after \(Lapse.exact(from: onset, to: change.at))"
        return isTelling ? "\(lapse): \(change.before)" : lapse
    }

    /// Why a turn is in sight: the finding in words, then its subject.
    static func cause(_ turn: ForecastEntry) -> String {
        let parts = turn.because.split(separator: " ", maxSplits: 1).map(String.init)
        guard let code = parts.first.flatMap(FindingCode.init) else { return turn.because }
        return ([code.title] + parts.dropFirst()).joined(separator: ": ")
    }

    static func severity(_ severity: Severity) -> Role {
        switch severity {
        case .critical: .severityBouncing
        case .high: .severityRisk
        case .warning: .severityWarning
        case .info: .textDim
        }
    }

    /// STARTTLS in at most 8 characters.
    static func starttls(_ status: STARTTLSStatus) -> (text: String, role: Role) {
        switch status {
        case .offered: ("yes", .text)
        case .missing: ("NO", .severityBouncing)
        case .masked: ("MASKED", .severityBouncing)
        case .refused: ("REFUSED", .severityBouncing)
        case .injected: ("INJECT", .severityBouncing)
        case .unknown: ("?", .severityUnknown)
        }
    }

    /// How a connection ended in at most 8 characters; nil where it went well.
    static func brief(_ outcome: ConnectionOutcome) -> String? {
        switch outcome {
        case .ok: nil
        case .refused: "shut"
        case .timeout: "timeout"
        case .closed: "closed"
        case .unreachable: "unreach"
        case .banner(let code, _): "smtp \(code % 1_000)"
        case .tls: "tls fail"
        case .error: "error"
        case .notProbed: "skipped"
        }
    }

    static func outcome(_ outcome: ConnectionOutcome) -> String {
        switch outcome {
        case .ok: "the dialogue was finished"
        case .refused: "connection refused"
        case .timeout(let step): "no answer in time: \(step)"
        case .closed(let step): "closed by the peer: \(step)"
        case .unreachable(let words): words
        case .banner(let code, let text): "answered \(code) \(text)"
        case .tls(let failure):
            failure.kind == .legacyOnly
                ? "only TLS 1.0 or 1.1: \(failure.reason)" : "handshake failed: \(failure.reason)"
        case .error(let reason): reason
        case .notProbed(let reason): "not tried: \(reason)"
        }
    }

    /// A certificate's standing in at most 9 characters.
    static func standing(_ standing: CertificateStanding) -> (text: String, role: Role) {
        switch standing {
        case .good: ("ok", .text)
        case .expired: ("EXPIRED", .severityBouncing)
        case .notYetValid: ("NOT YET", .severityBouncing)
        case .selfSigned: ("SELF-SIG", .severityBouncing)
        case .incomplete: ("NO CHAIN", .severityBouncing)
        case .untrusted: ("UNTRUSTED", .severityBouncing)
        case .weak: ("WEAK", .severityBouncing)
        case .wrongName: ("NAME", .severityBouncing)
        case .invalid: ("INVALID", .severityBouncing)
        case .none: ("-", .textDim)
        }
    }

    static func trust(_ trust: ChainTrust) -> (text: String, role: Role) {
        switch trust {
        case .trusted: ("trusted", .severityOK)
        case .expired(let subject, let end):
            ("expired \(Moment(end).fullInWords) \(Moment(end).time): \(subject)", .severityBouncing)
        case .notYetValid(let subject, let start):
            ("not valid before \(Moment(start).fullInWords) \(Moment(start).time): \(subject)", .severityBouncing)
        case .selfSigned: ("self-signed", .severityBouncing)
        case .incomplete(let issuer): ("incomplete: the issuer was not sent: \(issuer)", .severityBouncing)
        case .untrusted(let root): ("untrusted root: \(root)", .severityBouncing)
        case .weak(let reason): ("too weak: \(reason)", .severityBouncing)
        case .invalid(let reason): ("invalid: \(reason)", .severityBouncing)
        }
    }

    static func failure(_ failure: LookupFailure) -> String {
        switch failure {
        case .serverFailure: "SERVFAIL"
        case .timeout: "no answer in time"
        case .refused(let rcode): "refused, rcode \(rcode)"
        case .bogus(let reason): "DNSSEC bogus: \(reason)"
        case .malformed(let reason): "unreadable answer: \(reason)"
        case .aliasLoop: "CNAME loop"
        case .resolver(let reason): "our resolver: \(reason)"
        }
    }

    static func failure(_ failure: PolicyFetchFailure) -> String {
        switch failure {
        case .noHost: "the policy host has no address"
        case .lookup(let reason): "policy host: \(Words.failure(reason))"
        case .connect(let reason): "no connection: \(reason)"
        case .tls(let reason): "TLS: \(reason)"
        case .timeout(let step): "no answer in time: \(step)"
        case .status(let status): "HTTP \(status)"
        case .redirect(let status, let location): "HTTP \(status), never followed: \(location)"
        case .tooLarge: "over 64 KiB"
        case .malformed(let reason): "not proper HTTP: \(reason)"
        case .notFetched(let reason): "not tried: \(reason)"
        }
    }
}
