import Evidence
import FoundationEssentials
import MTASTS

/// The state of a domain: the worst that applies.
enum StateRule {
    static func state(_ judged: Case, _ findings: [Finding]) -> DomainState {
        if bounces(judged, findings) { return .bouncing }
        if isAtRisk(judged, findings) { return .risk }
        if findings.contains(where: { $0.severity <= .warning }) { return .warning }
        if isUnknown(judged) { return .unknown }
        if judged.standing.mx?.status == .null { return .ok }
        return judged.live?.mode == .enforce || judged.standing.hasUsableDANE ? .ok : .unprotected
    }

    private static func bounces(_ judged: Case, _ findings: [Finding]) -> Bool {
        let standing = judged.standing
        // In mode testing the class is delivered as an opportunistic sender is, so its refusal is everybody's.
        let verdicts = [standing.mtaSTS, standing.dane, standing.opportunistic, standing.lenient].compactMap { $0 }
        if verdicts.contains(where: { $0.delivery == .refused }) { return true }
        return findings.contains { $0.severity == .critical && [.mxNull, .policyChangedSameID].contains($0.code) }
    }

    private static func isAtRisk(_ judged: Case, _ findings: [Finding]) -> Bool {
        let standing = judged.standing
        let verdicts = [standing.mtaSTS, standing.dane, standing.opportunistic, standing.lenient].compactMap { $0 }
        if verdicts.contains(where: { $0.delivery == .partial }) { return true }
        if findings.contains(where: { $0.code == .mxRemovedToImplicit || $0.code == .mxNullWithOthers }) { return true }
        return enforcingClasses(judged).contains { sender in
            standing.hosts.contains { host in
                host.addresses.contains { isRefusedByPolicy($0, sender) || ($0.certificateEndIsNear(judged.now)) }
            }
        }
    }

    private static func enforcingClasses(_ judged: Case) -> [SenderClass] {
        judged.enforces ? [.mtaSTS, .dane] : [.dane].filter { _ in judged.standing.dane.delivery != .none }
    }

    /// A refusal for what was seen over TLS; an address that is merely down is somebody else's finding.
    private static func isRefusedByPolicy(_ address: AddressJudgement, _ sender: SenderClass) -> Bool {
        address.acceptance[sender]?.isRefusal == true && address.acceptance[.opportunistic] == .accepts
    }

    private static func isUnknown(_ judged: Case) -> Bool {
        let standing = judged.standing
        guard let record = standing.record, standing.mx != nil else { return true }
        if record.status == .failed || standing.opportunistic.delivery == .unknown { return true }
        if record.status == .valid, standing.policy == nil { return true }
        return standing.mtaSTS.delivery == .unknown
    }
}

extension AddressJudgement {
    /// True in the last part of the chain's life, where a class depends on its dates.
    fileprivate func certificateEndIsNear(_ now: Date) -> Bool {
        guard let tls = session?.tls, let leaf = tls.leaf, let end = tls.trust.trustedUntil(from: now),
            let window = ExpiryWindow(leaf, end: end, now: now)
        else { return false }
        return window.isRisk
    }
}
