import Evidence
import MTASTS

extension TraceWriter {
    /// What becomes of the mail, as the assessment says.
    mutating func resultStep(_ delivery: Delivery, _ reason: String) {
        let rfc =
            switch sender {
            case .mtaSTS, .cached: "8461 5"
            case .dane: "7672 2.2"
            case .opportunistic: "5321 4.5.4"
            }
        switch assessment.mx?.status {
        case .null:
            add("result", "returned at once: takes no mail", .skipped, rfc: "7505 4")
            return
        case .missing:
            add("result", "returned: nowhere to deliver", .fail, rfc: "5321 5.1")
            return
        case .present, .implicit, .failed, .bogus, nil: break
        }
        // The version of a copy tells more than its verdict alone.
        let because = sender != .cached || reason.isEmpty ? "" : ": \(reason)"
        switch delivery {
        case .delivers: add("result", isTolerated ? "delivered; failures reported (testing)" : delivered, .ok, rfc: rfc)
        case .partial:
            add(
                "result",
                (isTorn ? "delivered or refused, by chance" : "delivered, but some MX hosts are refused") + because,
                .ok, rfc: rfc)
        case .refused: add("result", "delay, retry, then bounce" + because, .fail, rfc: rfc)
        case .unknown: add("result", "unknown" + (reason.isEmpty ? "" : ": \(reason)"), .unknown, rfc: rfc)
        case .none:
            let others = assessment.opportunistic.delivery.rawValue
            let why = reason.isEmpty ? "" : "\(reason): "
            add("result", "\(why)as any sender (\(others))", .skipped, rfc: rfc)
        }
    }

    /// Mode testing lets pass what enforce would refuse.
    private var isTolerated: Bool {
        guard sender == .mtaSTS, policy?.mode == .testing else { return false }
        let enforced = assessment.mtaSTS.enforced
        return enforced != .delivers && enforced != .unknown
    }

    private var isTorn: Bool {
        assessment.hosts.contains { $0.split[sender == .cached ? .mtaSTS : sender] != nil }
            || (sender == .mtaSTS && evidence.policy?.value.edgesDiffer(at: assessment.at) == true)
    }

    private var delivered: String {
        switch sender {
        case .mtaSTS, .cached: policy == nil ? "delivered" : "delivered, MTA-STS passed"
        case .dane: "delivered"
        case .opportunistic: "delivered, without proof of who took it"
        }
    }
}
