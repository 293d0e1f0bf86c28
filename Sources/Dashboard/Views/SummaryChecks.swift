//   _mta-sts TXT   ok    id=20250426T1              <1m
//   MX certs       FAIL  0 of 2 valid

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// One line for each thing that was looked at.
struct SummaryChecks {
    struct Check {
        let name: String
        let verdict: (text: String, role: Role)
        let detail: String
        /// The detail in fewer words, for half the width; nil where it has few.
        var brief: String?
        let at: String

        func line(width: Int) -> StyledLine {
            var line = StyledLine()
            line.add(name, .text, columns: 15)
            line.add(verdict.text, verdict.role, columns: 6)
            let room = max(8, width - 21 - (at.isEmpty ? 0 : 6))
            line.add(TextWidth.truncated(detail, to: room))
            if !at.isEmpty {
                line.pad(to: width - 5)
                line.add(at, .textDim, columns: 5, alignment: .trailing)
            }
            return line
        }

        /// The same in half the width, without its age.
        func brief(width: Int) -> StyledLine {
            var line = StyledLine()
            line.add(name, .text, columns: 13)
            line.add(verdict.text, verdict.role, columns: 5)
            line.add(TextWidth.truncated(brief ?? detail, to: max(4, width - 18)))
            return line
        }
    }

    private let subject: Subject
    private let assessment: Assessment
    private var evidence: DomainEvidence? { subject.evidence }

    init(_ subject: Subject, _ assessment: Assessment) {
        self.subject = subject
        self.assessment = assessment
    }

    var all: [Check] { [record, policy, mx, inPolicy, starttls, certificates, dane, reports] }

    private static let good = (text: "ok", role: Role.severityOK)
    private static let bad = (text: "FAIL", role: Role.severityBouncing)
    private static let flawed = (text: "warn", role: Role.severityWarning)
    private static let open = (text: "?", role: Role.severityUnknown)
    private static let absent = (text: "-", role: Role.textDim)

    private func age(_ date: Date?) -> String { date.map { Lapse.age(since: $0, now: subject.now) } ?? "" }

    private var record: Check {
        let reading = assessment.record
        let raw = reading?.raw.first ?? ""
        let (verdict, detail): ((String, Role), String) =
            switch reading?.status {
            case .valid: (Self.good, reading?.record.map { "id=\($0.id)" } ?? raw)
            case .missing: (Self.absent, "none: no sender asks for a policy")
            case .invalid: (Self.bad, raw)
            case .multiple: (Self.bad, "\(reading?.raw.count ?? 0) records: none counts")
            case .failed: (Self.open, evidence?.record?.value.failure.map(Words.failure) ?? "the lookup failed")
            case nil: (Self.open, "not looked at yet")
            }
        return Check(name: "_mta-sts TXT", verdict: verdict, detail: detail, at: age(evidence?.record?.at))
    }

    private var policy: Check {
        let fetch = evidence?.policy?.value
        let (verdict, detail): ((String, Role), String) =
            switch assessment.policy?.status {
            case .valid: (Self.good, fetch.map(SummaryChecks.answer) ?? "")
            case .invalid:
                (
                    Self.bad,
                    assessment.policy?.errors.first.map { "line \($0.line), column \($0.column): \($0.expected)" }
                        ?? "invalid"
                )
            case .rejected, .unreachable: (Self.bad, fetch.map(refusal) ?? "no answer")
            case .noneFetched: (Self.absent, "not asked for: no usable record")
            case nil: (Self.open, "not looked at yet")
            }
        let brief = assessment.policy?.status == .valid ? "mode \(subject.row.facts.policy)" : nil
        return Check(
            name: "policy file", verdict: verdict, detail: detail, brief: brief, at: age(evidence?.policy?.at))
    }

    /// Why senders do not take what was fetched.
    private func refusal(_ fetch: PolicyFetch) -> String {
        if let failure = fetch.failure { return Words.failure(failure) }
        if let chain = (fetch.tls?.trust.trust(at: subject.now)).map(CertificateStanding.init), chain != .good {
            return "web certificate \(chain.words)"
        }
        if fetch.tls?.leaf?.covers(fetch.host) == false { return "web certificate for another name" }
        return SummaryChecks.answer(fetch)
    }

    static func answer(_ fetch: PolicyFetch) -> String {
        var parts = [fetch.status.map { "\($0)" } ?? "no answer", fetch.contentType ?? "no type"]
        if let body = fetch.body { parts.append("\(body.count) B") }
        parts.append("\(fetch.milliseconds) ms")
        return parts.joined(separator: ", ")
    }

    private var mx: Check {
        let count = assessment.hosts.count
        let (verdict, detail): ((String, Role), String) =
            switch assessment.mx?.status {
            case .present: (Self.good, count == 1 ? "1 host" : "\(count) hosts")
            case .implicit: (Self.flawed, "none: the domain itself takes the mail")
            case .null: (Self.absent, "null MX: the domain takes no mail")
            case .missing: (Self.bad, "neither MX nor address")
            case .failed: (Self.open, evidence?.mx?.value.failure.map(Words.failure) ?? "the lookup failed")
            case .bogus: (Self.bad, "DNSSEC bogus")
            case nil: (Self.open, "not looked at yet")
            }
        return Check(name: "MX lookup", verdict: verdict, detail: detail, at: age(evidence?.mx?.at))
    }

    private var inPolicy: Check {
        let known = assessment.hosts.compactMap(\.inPolicy)
        guard !known.isEmpty else {
            // What could not be asked for is not absent.
            let isOpen =
                assessment.mx?.status == .failed || assessment.mx?.status == .bogus
                || assessment.record?.status == .failed || assessment.mtaSTS.delivery == .unknown
            return isOpen
                ? Check(name: "MX in policy", verdict: Self.open, detail: "not known", at: "")
                : Check(name: "MX in policy", verdict: Self.absent, detail: "no policy in force", at: "")
        }
        return counted("MX in policy", known.count { $0 }, of: known.count, "")
    }

    private var starttls: Check {
        if assessment.mx?.status == .null { return noMail("STARTTLS") }
        // An address that takes no connection offers nothing either; one that cannot be seen from here is left out.
        let seen = assessment.hosts.flatMap(\.addresses).filter { address in
            guard let session = address.session else { return false }
            return session.starttls != .unknown || address.acceptance[.opportunistic]?.isRefusal == true
        }
        let good = seen.count { $0.session?.starttls == .offered && $0.session?.tls?.isModern == true }
        let version = subject.row.facts.tlsVersion
        let detail = version != "?" && version != "-" ? ", TLS \(version)" : ""
        return counted("STARTTLS", good, of: seen.count, detail, unit: "address")
    }

    private var certificates: Check {
        if assessment.mx?.status == .null { return noMail("MX certs") }
        let seen = assessment.hosts.flatMap(\.addresses).map(\.certificate).filter { $0 != .none }
        let good = seen.count { $0 == .good }
        // Where nobody asks the web's authorities, what they say of it is no failure.
        let isAsked = assessment.mtaSTS.delivery != .none || assessment.dane.delivery == .none
        guard isAsked || good == seen.count else {
            return Check(
                name: "MX certs", verdict: Self.absent, detail: "\(good) of \(seen.count) valid; DANE does not ask",
                brief: "\(good) of \(seen.count) valid", at: "")
        }
        return counted("MX certs", good, of: seen.count, " valid", unit: "address")
    }

    private var dane: Check {
        let all = assessment.hosts.flatMap(\.addresses).map(\.dane)
        let told = all.filter { $0 != .none && $0 != .unknown && $0 != .insecure }
        func check(_ verdict: (text: String, role: Role), _ detail: String) -> Check {
            Check(name: "DANE", verdict: verdict, detail: detail, at: "")
        }
        if assessment.mx?.status == .bogus { return check(Self.bad, "DNSSEC bogus") }
        if all.isEmpty, assessment.mx?.status != .null { return check(Self.open, "nothing seen yet") }
        if !told.isEmpty, told.allSatisfy({ $0 == .failed || $0 == .bogus }) {
            return check(Self.bad, told.contains(.failed) ? "the TLSA lookup fails" : "DNSSEC bogus")
        }
        if !told.isEmpty, told.allSatisfy({ $0 == .unusable }) {
            return check(Self.flawed, "no TLSA record can be used")
        }
        guard !told.isEmpty else {
            let detail =
                all.contains(.insecure)
                ? "TLSA in an unsigned zone: nobody looks" : all.contains(.unknown) ? "not known" : "no TLSA"
            return check(all.contains(.unknown) ? Self.open : Self.absent, detail)
        }
        return counted("DANE", told.count { $0 == .match }, of: told.count, " match", unit: "address")
    }

    private var reports: Check {
        let reading = assessment.tlsrpt
        let (verdict, detail): ((String, Role), String) =
            switch reading?.status {
            case .valid: (Self.good, reading?.rua.joined(separator: ", ") ?? "")
            case .missing: (Self.absent, "none: nobody reports failures to you")
            case .invalid: (Self.flawed, "invalid")
            case .multiple: (Self.flawed, "several records: none counts")
            case .failed: (Self.open, "the lookup failed")
            case nil: (Self.open, "not looked at yet")
            }
        // A short line has no room for the scheme that nearly all have.
        let mail = reading?.rua.first.flatMap { $0.hasPrefix("mailto:") ? String($0.dropFirst(7)) : nil }
        let brief = reading?.status == .valid ? mail : nil
        return Check(name: "TLS-RPT", verdict: verdict, detail: detail, brief: brief, at: age(evidence?.tlsrpt?.at))
    }

    private func noMail(_ name: String) -> Check {
        Check(name: name, verdict: Self.absent, detail: "takes no mail", at: "")
    }

    private func counted(_ name: String, _ good: Int, of all: Int, _ more: String, unit: String = "") -> Check {
        guard all > 0 else {
            return Check(name: name, verdict: Self.open, detail: "nothing seen yet", brief: "none seen", at: "")
        }
        let units = unit.isEmpty ? "" : all == 1 ? " \(unit)" : " \(unit)es"
        return Check(
            name: name, verdict: good == all ? Self.good : Self.bad, detail: "\(good) of \(all)\(units)\(more)",
            brief: "\(good) of \(all)\(more)", at: "")
    }
}
