import Evidence
import MTASTS

extension TraceWriter {
    /// What becomes of the mail, as the assessment says.
    mutating func resultStep() {
        let verdict = assessment.verdict(sender)
        let rfc = sender == .dane ? "7672 2.2" : sender == .mtaSTS ? "8461 5" : "5321 4.5.4"
        switch assessment.mx?.status {
        case .null:
            add("result", "returned at once: takes no mail", .skipped, rfc: "7505 4")
            return
        case .missing:
            add("result", "returned: nowhere to deliver", .fail, rfc: "5321 5.1")
            return
        case .present, .implicit, .failed, .bogus, nil: break
        }
        switch verdict.delivery {
        case .delivers:
            let ignored = policy?.mode == .testing && verdict.enforced != .delivers && verdict.enforced != .unknown
            add("result", ignored ? "delivered; failures reported (testing)" : delivered, .ok, rfc: rfc)
        case .partial:
            let isTorn =
                assessment.hosts.contains { $0.split[sender == .cached ? .mtaSTS : sender] != nil }
                || (sender == .mtaSTS && evidence.policy?.value.edgesDiffer(at: assessment.at) == true)
            add(
                "result", isTorn ? "delivered or refused, by chance" : "delivered, but some MX hosts are refused", .ok,
                rfc: rfc)
        case .refused: add("result", "delay, retry, then bounce", .fail, rfc: rfc)
        case .unknown: add("result", "unknown: \(verdict.reason)", .unknown, rfc: rfc)
        case .none:
            let others = assessment.opportunistic.delivery.rawValue
            add("result", "\(verdict.reason): as any sender (\(others))", .skipped, rfc: rfc)
        }
    }

    private var delivered: String {
        switch sender {
        case .mtaSTS: policy == nil ? "delivered" : "delivered, MTA-STS passed"
        case .dane: "delivered"
        case .cached, .opportunistic: "delivered, without proof of who took it"
        }
    }
}
