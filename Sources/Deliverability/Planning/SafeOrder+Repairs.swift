import Evidence
import FoundationEssentials
import MTASTS

/// Hosts that some sender would refuse: they are made good before anything moves to them, or away from the others.
extension SafeOrder {
    /// True where somebody enforces a policy at a time at which hosts or their certificates change.
    var isEnforced: Bool {
        let policies = heldPolicies + [planned, before.policy?.lenient].compactMap { $0 }
        return !change.removesSTS && policies.contains { $0.mode == .enforce }
    }

    /// True where DANE has something to say of the domain before or after the change.
    var hasDANE: Bool {
        [before.dane.delivery, after.dane.delivery].contains { $0 != .none && $0 != .unknown }
    }

    func hasMismatch(_ host: HostJudgement) -> Bool {
        host.addresses.flatMap(\.daneChains).contains { $0.dane == .mismatch }
    }

    /// What a sender of the class does at the host once the certificates and TLSA records are changed as the steps say.
    func outcome(_ host: HostJudgement, _ sender: SenderClass) -> Acceptance {
        var judged = host
        if let today = unchanged[host.host] {
            let keepsTLSA = change.certificates[host.host] == nil && change.tlsa[host.host] != nil && hasMismatch(host)
            if rejected.contains(host.host) || (sender == .dane && keepsTLSA) { judged = today }
        }
        if let split = judged.split[sender] { return .refuses(split) }
        let acceptance = judged.acceptance[sender] ?? .notApplicable
        guard sender == .dane else { return acceptance }
        if acceptance == .notApplicable { return judged.acceptance[.opportunistic] ?? .notApplicable }
        // The steps see to it that the key that is installed finds its record.
        let finds = change.certificates[host.host] != nil && !rejected.contains(host.host)
        let isMismatch = judged.addresses.flatMap(\.daneChains).contains { $0.dane == .mismatch && $0.tls.isModern }
        return finds && acceptance.isRefusal && isMismatch ? .accepts : acceptance
    }

    /// True where senders of the class are known, or taken, to be accepted at the host by the time mail moves.
    func isGood(_ host: DomainName, for sender: SenderClass) -> Bool {
        guard let host = after.hosts.first(where: { $0.host == host }) else { return false }
        return repaired[host.host]?.contains(sender) == true || !outcome(host, sender).isRefusal
    }

    mutating func repairs() {
        for host in after.hosts {
            guard let reason = badCertificate(host) else { continue }
            rejected.insert(host.host)
            add(
                PlanStep(
                    "Do not install that certificate on \(host.host): \(reason).",
                    why: "Senders of the class mta-sts refuse it as it is."))
        }
        let classes = [.opportunistic] + (isEnforced ? [.mtaSTS] : []) + [SenderClass.dane]
        let losing = classes.filter(isLosingAll)
        for host in after.hosts {
            var told: [(reason: String, senders: [SenderClass])] = []
            for sender in classes {
                guard case .refuses(let reason) = outcome(host, sender), mustPass(host, sender, losing) else {
                    continue
                }
                if let index = told.firstIndex(where: { $0.reason == reason }) {
                    told[index].senders.append(sender)
                } else {
                    told.append((reason, [sender]))
                }
            }
            for (reason, senders) in told { repair(host, reason, senders, losing) }
        }
        repairLeaving()
    }

    /// Hosts that leave, and that senders which come to enforce meet until then.
    private mutating func repairLeaving() {
        guard isEnforced, holdsFreely, beginsToBind, planned?.mode == .enforce, live?.mode == .enforce else { return }
        for host in before.hosts where leaving.contains(host.host) {
            guard case .refuses(let reason)? = host.acceptance[.mtaSTS],
                reason != host.acceptance[.opportunistic]?.words
            else { continue }
            add(
                PlanStep(
                    "Repair \(host.host) first: \(reason).",
                    why: "Senders that come to hold a policy of mode enforce refuse it while it is an MX."))
        }
    }

    private mutating func repair(
        _ host: HostJudgement, _ reason: String, _ senders: [SenderClass], _ losing: [SenderClass]
    ) {
        repaired[host.host, default: []].formUnion(senders)
        let who =
            senders.contains(.opportunistic)
            ? "No sender can deliver to it"
            : "Senders of the class\(senders.count == 1 ? "" : "es") "
                + senders.map(\.rawValue).joined(separator: " and ") + " refuse it"
        let isMismatch = hasMismatch(host) || unchanged[host.host].map(hasMismatch) == true
        if senders.contains(.dane), isMismatch, let old = today[host.host] { settle(old) }
        let isLast = senders.contains(where: losing.contains) && !isNew(host.host)
        add(
            PlanStep(
                "Repair \(host.host) first: \(reason).",
                why: who + " as it is" + (isLast ? ", and no host that they take would stay." : ".")))
    }

    /// A planned certificate that senders that enforce a policy would refuse, whatever else is right: why.
    private func badCertificate(_ host: HostJudgement) -> String? {
        guard isEnforced, let certificate = change.certificates[host.host] else { return nil }
        // Judged by itself: a server that fails today shows no chain.
        let session = TLSSession(
            version: "TLSv1.3", cipher: "", chain: certificate.chain, certificates: certificate.facts,
            trust: certificate.trust)
        let standing = HostJudge(evidence: HostEvidence(host: host.host), moment: now).standing(of: session)
        return standing == .good ? nil : "certificate \(standing.words)"
    }

    /// True where some senders that enforce nothing now come to hold a policy of mode enforce.
    private var beginsToBind: Bool {
        if planned?.mode == .enforce, live?.mode != .enforce { return true }
        let isAnnounced = change.policyBody != nil || wantedID != nil || !leaving.isEmpty || !change.addedMX.isEmpty
        return isAnnounced && holdsFreely && (planned ?? live)?.mode == .enforce
    }

    /// True where the class takes some host now, and none of those that stay or come.
    private func isLosingAll(_ sender: SenderClass) -> Bool {
        guard !leaving.isEmpty, after.hosts.allSatisfy({ outcome($0, sender).isRefusal }) else { return false }
        return before.hosts.contains { host in
            let own = host.acceptance[sender] ?? .notApplicable
            return !(own == .notApplicable ? host.acceptance[.opportunistic] ?? own : own).isRefusal
        }
    }

    /// True where mail that flows now would be refused at the host, or nowhere else be taken.
    private func mustPass(_ host: HostJudgement, _ sender: SenderClass, _ losing: [SenderClass]) -> Bool {
        if isNew(host.host) || losing.contains(sender) { return true }
        if sender == .mtaSTS, beginsToBind { return true }
        guard let today = unchanged[host.host], outcome(host, sender) != outcome(today, sender) else { return false }
        return !(today.acceptance[sender] ?? .notApplicable).isRefusal && today.split[sender] == nil
    }
}
