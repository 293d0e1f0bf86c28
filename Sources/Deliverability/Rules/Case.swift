import Evidence
import FoundationEssentials
import MTASTS

/// What every rule reads: the domain's standing now, what was seen before, and who enforces anything here.
struct Case {
    let standing: Standing
    let memory: DomainMemory
    let tlsrpt: TLSRPTReading?
    let now: Date

    var evidence: DomainEvidence { standing.evidence }
    var domain: DomainName { standing.evidence.domain }
    /// The policy that a sender without a cache uses; mode none counts as no policy.
    var live: STSPolicy? {
        guard standing.record?.status == .valid, let policy = standing.policy?.policy else { return nil }
        return policy.mode == .none ? nil : policy
    }
    /// Without a live policy: the last one that could be had, while its copies last (RFC 8461 3.3, 5.1).
    var held: STSPolicy? {
        guard live == nil, standing.policy?.policy == nil, let ends = memory.policyCacheEnds, ends > now else {
            return nil
        }
        return memory.versions.last?.policy
    }
    /// True where somebody refuses mail over a defect of STARTTLS or a certificate.
    var enforces: Bool { live?.mode == .enforce || standing.lenient != nil || held?.mode == .enforce }
    var tests: Bool { live?.mode == .testing }

    /// Severity follows the classes that a defect hits: the stated one where it is enforced, a warning in testing,
    /// info where nobody enforces anything.
    func severity(_ stated: Severity, hitsDANE: Bool = false) -> Severity {
        if enforces || hitsDANE { return stated }
        return max(stated, tests ? .warning : .info)
    }

    /// The classes that a defect of MTA-STS, and of DANE where said so, hits.
    func senders(dane: Bool = false, everyone: Bool = false) -> [SenderClass] {
        var hit: [SenderClass] = []
        if live != nil || standing.lenient != nil { hit.append(.mtaSTS) }
        if held != nil { hit.append(.cached) }
        if dane { hit.append(.dane) }
        if everyone { hit = [.mtaSTS, .dane, .opportunistic] }
        return hit
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
    CertificateRule.self, DANERule.self, DNSSECRule.self, NameServerRule.self,
]
