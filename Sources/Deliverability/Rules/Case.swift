import Evidence
import FoundationEssentials
import MTASTS

/// What every rule reads: the domain's standing now, what was seen before, and who enforces anything here.
struct Case {
    let standing: Standing
    let memory: DomainMemory
    /// What was seen of the MX hosts before.
    let hosts: [DomainName: HostMemory]
    /// What senders hold besides the version that is served, the newest first.
    let copies: [Copy]
    /// What the holders of each of `copies` meet now, in the same order.
    let cached: [CachedVerdict]
    let tlsrpt: TLSRPTReading?
    let now: Date

    var evidence: DomainEvidence { standing.evidence }
    var domain: DomainName { standing.evidence.domain }
    /// The policy that a sender without a cache uses; mode none counts as no policy.
    var live: STSPolicy? {
        guard standing.record?.status == .valid, let policy = standing.policy?.policy else { return nil }
        return policy.mode == .none ? nil : policy
    }
    /// Without a live policy: the last one that could be had, while somebody holds it (RFC 8461 3.3, 5.1).
    var held: STSPolicy? {
        guard live == nil, standing.policy?.policy == nil, let last = memory.versions.last else { return nil }
        return copies.first { $0.held.version == last }?.policy
    }
    /// True where somebody refuses mail over a defect of STARTTLS or a certificate.
    var enforces: Bool { standing.isEnforced || copies.contains(where: \.enforces) }
    /// True where several addresses of the policy host serve several policies: which one a sender gets is chance.
    var isSplit: Bool { live != nil && standing.served.count { $0.reading.policy != nil } > 1 }
    var tests: Bool { live?.mode == .testing }

    /// Severity follows the classes that a defect hits: the stated one where it is enforced, a warning in testing,
    /// info where nobody enforces anything.
    func severity(_ stated: Severity, hitsDANE: Bool = false) -> Severity {
        if enforces || hitsDANE { return stated }
        return max(stated, tests ? .warning : .info)
    }

    /// The classes that a defect of MTA-STS at a host, and of DANE where said so, hits.
    func senders(dane: Bool = false, everyone: Bool = false) -> [SenderClass] {
        var hit: [SenderClass] = []
        if live != nil || standing.lenient != nil { hit.append(.mtaSTS) }
        if !copies.isEmpty { hit.append(.cached) }
        if dane { hit.append(.dane) }
        if everyone { hit = [.mtaSTS, .dane, .opportunistic] }
        return hit
    }

    /// The classes that go by the policy in force: the live one, or else the copies of the last.
    var policySenders: [SenderClass] {
        live != nil || standing.lenient != nil ? [.mtaSTS] : held == nil ? [] : [.cached]
    }

    /// What enforce would do, told where the policy is in testing.
    var testingRemark: String { tests ? " (mode testing: enforce would refuse)" : "" }
}

/// One family of findings.
protocol Rule: Sendable {
    static func findings(in judged: Case) -> [Finding]
}

/// Every family, in the order of the catalogue.
let rules: [any Rule.Type] = [
    MXSetRule.self, MXListedRule.self, ReachabilityRule.self, RecordRule.self, PolicyFetchRule.self,
    PolicyEdgeRule.self, PolicyHostRule.self, PolicyTextRule.self, TLSRPTRule.self, STARTTLSRule.self,
    CertificateRule.self, DANERule.self, DNSSECRule.self, NameServerRule.self, CopyRule.self, PolicyChangeRule.self,
    MXChangeRule.self, HostChangeRule.self, DANEChangeRule.self,
]
