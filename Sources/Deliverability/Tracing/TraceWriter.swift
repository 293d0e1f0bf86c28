import Evidence
import FoundationEssentials
import MTASTS

/// Writes down the steps of one class, in the order in which a sender takes them.
struct TraceWriter {
    let sender: SenderClass
    let evidence: DomainEvidence
    let assessment: Assessment
    /// The version that a sender of the class `cached` holds.
    private let held: STSPolicy?
    private(set) var steps: [SenderTrace.Step] = []

    init(sender: SenderClass, held: STSPolicy? = nil, evidence: DomainEvidence, assessment: Assessment) {
        self.sender = sender
        self.held = held
        self.evidence = evidence
        self.assessment = assessment
    }

    /// The policy that this sender goes by; nil where it has none.
    var policy: STSPolicy? {
        let followed =
            switch sender {
            case .mtaSTS: assessment.record?.status == .valid ? assessment.policy?.policy : nil
            case .cached: held
            case .dane, .opportunistic: nil as STSPolicy?
            }
        return followed?.mode == STSPolicy.Mode.none ? nil : followed
    }

    mutating func write() {
        if sender == .mtaSTS {
            recordStep()
            policySteps()
        }
        if mxStep() { hostSteps() }
        let verdict = assessment.verdict(sender)
        resultStep(verdict.delivery, verdict.reason)
    }

    mutating func add(
        _ what: String, _ result: String, _ outcome: SenderTrace.Outcome, ms: Int? = nil, rfc: String
    ) {
        steps.append(
            SenderTrace.Step(
                number: steps.count + 1, what: VisibleText.printable(what), result: VisibleText.printable(result),
                milliseconds: ms, outcome: outcome, rfc: rfc))
    }

    private mutating func recordStep() {
        let what = "TXT _mta-sts.\(evidence.domain)"
        guard let reading = assessment.record, let answer = evidence.record?.value else {
            add(what, "not looked up yet", .unknown, rfc: "8461 3.1")
            return
        }
        let ms = answer.milliseconds
        switch reading.status {
        case .valid: add(what, "id=\(reading.record?.id ?? "")", .ok, ms: ms, rfc: "8461 3.1")
        case .missing: add(what, "no record: no MTA-STS here", .skipped, ms: ms, rfc: "8461 3.1")
        case .invalid: add(what, "invalid record: taken for none", .fail, ms: ms, rfc: "8461 3.1")
        case .multiple: add(what, "several records: taken for none", .fail, ms: ms, rfc: "8461 3.1")
        case .failed:
            let failure = answer.failure
            add(
                what, failure?.words ?? "lookup failed", failure?.isTheirs == true ? .fail : .unknown, ms: ms,
                rfc: "8461 3.1")
        }
    }

    mutating func policySteps() {
        let what = "policy file of mta-sts.\(evidence.domain)"
        guard let status = assessment.record?.status else { return }
        guard status == .valid else {
            add(
                what, status == .failed ? "not asked: no answer above" : "not asked: no record", .skipped,
                rfc: "8461 3.3")
            return
        }
        guard let fetch = evidence.policy?.value else {
            add(what, "not fetched yet", .unknown, rfc: "8461 3.3")
            return
        }
        // A sender that may not trust the host sends no request (RFC 8461 3.3).
        if fetch.tls != nil || fetch.failure == nil, !webCertificateStep(fetch) { return }
        if let failure = fetch.failure {
            add(what, failure.words, failure.isBlind ? .unknown : .fail, ms: fetch.milliseconds, rfc: "8461 3.3")
            return
        }
        let type = fetch.contentType ?? "no Content-Type"
        let isPlain = fetch.contentType.map(PolicyReading.isPlainText) == true
        let size = fetch.body.map { ", \($0.count) B" } ?? ""
        add(
            what, "\(fetch.status.map(String.init) ?? "no status"), \(type)\(size)", isPlain ? .ok : .fail,
            ms: fetch.milliseconds, rfc: "8461 3.3")
        if isPlain { textStep() }
    }

    private mutating func webCertificateStep(_ fetch: PolicyFetch) -> Bool {
        let what = "certificate of \(fetch.host)"
        guard let tls = fetch.tls, let leaf = tls.leaf else {
            add(what, "none seen", .fail, rfc: "8461 3.3")
            return false
        }
        let trust = tls.trust.trust(at: assessment.at)
        guard trust == .trusted else {
            add(what, trust.words, .fail, rfc: "8461 3.3")
            return false
        }
        let covers = leaf.covers(fetch.host)
        add(what, covers ? "trusted, name ok" : "is for \(leaf.namesInWords)", covers ? .ok : .fail, rfc: "8461 3.3")
        return covers
    }

    private mutating func textStep() {
        guard let reading = assessment.policy else { return }
        if let policy = reading.policy {
            let lines = "mode \(policy.mode.rawValue), max_age \(policy.maxAge), \(policy.mx.count) mx"
            add("read the policy", lines, policy.mode == .none ? .skipped : .ok, rfc: "8461 3.2")
        } else {
            let place = reading.errors.first.map { " (line \($0.line))" } ?? ""
            add("read the policy", "invalid\(place): taken for none", .fail, rfc: "8461 3.2")
        }
    }

    /// True where there are hosts to go to.
    mutating func mxStep() -> Bool {
        let what = "MX \(evidence.domain)"
        guard let answer = evidence.mx?.value, let status = assessment.mx?.status else {
            add(what, "not looked up yet", .unknown, rfc: "5321 5.1")
            return false
        }
        let signed = sender == .dane ? ", \(answer.dnssec.rawValue)" : ""
        let ms = answer.milliseconds
        switch status {
        case .present:
            let hosts = assessment.hosts.prefix(4).map { "\($0.preference) \($0.host)" }.joined(separator: ", ")
            let more = assessment.hosts.count > 4 ? ", ..." : ""
            add(what, hosts + more + signed, .ok, ms: ms, rfc: "5321 5.1")
            return true
        case .implicit:
            add(what, "none: the domain itself" + signed, .ok, ms: ms, rfc: "5321 5.1")
            return true
        case .null: add(what, "null MX: takes no mail" + signed, .skipped, ms: ms, rfc: "7505 3")
        case .missing: add(what, "no MX and no address", .fail, ms: ms, rfc: "5321 5.1")
        case .failed, .bogus:
            let failure = answer.failure
            // Who does not validate meets the resolver's error as any other failure; we cannot see what it meets.
            let blind = failure?.isTheirs != true || (status == .bogus && sender != .dane)
            add(what, failure?.words ?? "lookup failed", blind ? .unknown : .fail, ms: ms, rfc: "5321 5.1")
        }
        return false
    }
}

extension PolicyFetchFailure {
    /// True where the failure is ours or nobody's: it says nothing about the policy host.
    fileprivate var isBlind: Bool {
        switch self {
        case .lookup(let failure): !failure.isTheirs
        case .notFetched: true
        case .noHost, .connect, .tls, .timeout, .status, .redirect, .tooLarge, .malformed: false
        }
    }
}
