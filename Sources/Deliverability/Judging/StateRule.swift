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
        // In mode testing the class is delivered as an opportunistic sender is, so its refusal is everybody's.
        if judged.standing.verdicts.contains(where: { $0.delivery == .refused }) { return true }
        if zip(judged.copies, judged.cached).contains(where: { $0.isWidelyHeld && $1.delivery == .refused }) {
            return true
        }
        return findings.contains { $0.severity == .critical && $0.code == .mxNull }
    }

    private static func isAtRisk(_ judged: Case, _ findings: [Finding]) -> Bool {
        let standing = judged.standing
        if judged.standing.verdicts.contains(where: { $0.delivery == .partial }) { return true }
        // Few senders ignore the id; what they refuse is not what most senders meet.
        if judged.cached.contains(where: { $0.delivery == .refused || ($0.holders == .id && $0.delivery == .partial) })
        {
            return true
        }
        if findings.contains(where: { $0.code == .mxRemovedToImplicit || $0.code == .mxNullWithOthers }) { return true }
        if judged.enforces, refusesSomewhere(standing, .mtaSTS) || certificateEndIsNear(judged, .mtaSTS) { return true }
        return refusesSomewhere(standing, .dane) || certificateEndIsNear(judged, .dane)
    }

    private static func refusesSomewhere(_ standing: Standing, _ sender: SenderClass) -> Bool {
        standing.hosts.contains { host in host.addresses.contains { isRefusedByPolicy($0, sender) } }
    }

    private static func certificateEndIsNear(_ judged: Case, _ sender: SenderClass) -> Bool {
        judged.standing.hosts.contains { host in
            host.addresses.contains { $0.certificateEndIsNear(sender, judged.now) }
        }
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
        if standing.dane.delivery == .unknown, restedOnDANE(judged) { return true }
        return standing.mtaSTS.delivery == .unknown
    }
}

extension StateRule {
    /// TLSA records are there and cannot be judged, where they are all the protection or were judged before.
    private static func restedOnDANE(_ judged: Case) -> Bool {
        guard judged.standing.hosts.contains(where: { !$0.tlsa.isEmpty }) else { return false }
        let before = judged.memory.deliveries[.dane]?.value
        return judged.live?.mode != .enforce || (before != nil && before != Delivery.none)
    }
}

extension AddressJudgement {
    /// True in the last part of the chain's life, where a class depends on its dates.
    fileprivate func certificateEndIsNear(_ sender: SenderClass, _ now: Date) -> Bool {
        allChains.contains { chain in
            chain.ends(after: now).contains { end in
                guard end.sender == sender, let leaf = chain.tls.leaf else { return false }
                return ExpiryWindow(leaf, end: end.at, now: now)?.isRisk == true
            }
        }
    }
}
