public import Evidence
public import FoundationEssentials
public import MTASTS

/// What every sender class would do at a domain, and why; pure.
///
/// - Parameters:
///   - evidence: what is believed; a nil fact makes the verdict that needs it unknown.
///   - memory: what was seen before, the evidence included.
///   - hosts: what was seen before of the MX hosts, the evidence included; a host that is not named is new.
///   - network: a suspect network adds a finding; it does not change what is already believed.
///   - expects: the mode that the operator wants the policy to be in at least.
///   - now: the moment to judge.
public func assess(
    _ evidence: DomainEvidence, memory: DomainMemory, hosts: [DomainName: HostMemory] = [:],
    network: NetworkCondition = .sound, expects: STSPolicy.Mode? = nil, now: Date
) -> Assessment {
    let mx = MXReading(evidence)
    let record = evidence.record.map { RecordReading($0.value) }
    let tlsrpt = evidence.tlsrpt.map { TLSRPTReading($0.value) }
    let policy = PolicyReading(evidence.policy?.value, record: record, at: now)
    let served = ServedPolicy.all(evidence.policy?.value, own: policy, record: record, at: now)
    let present = Standing(evidence, mx: mx, record: record, policy: policy, served: served, at: now)
    let copies = memory.held(at: now).compactMap { Copy($0, hosts: evidence.hosts.map(\.host)) }
    let judged = Case(
        standing: present, memory: memory, hosts: hosts, copies: copies, cached: copies.map { $0.verdict(present) },
        tlsrpt: tlsrpt, now: now)
    var findings = rules.flatMap { $0.findings(in: judged) }
    findings += ExpectationRule.findings(in: judged, expected: expects)
    findings += WatcherRule.findings(evidence.domain, network)
    findings = findings.enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
        .map(\.element)
    let forecast = Forecast(judged)
    let state = StateRule.state(judged, findings)
    return Assessment(
        domain: evidence.domain, at: now, state: state, why: Why.line(judged, state, findings),
        mtaSTS: present.mtaSTS, dane: present.dane, opportunistic: present.opportunistic, cached: judged.cached,
        record: record,
        policy: present.policy, mx: mx, tlsrpt: tlsrpt, hosts: present.hosts, findings: findings,
        bouncesAt: forecast.bouncesAt, protectionEndsAt: forecast.protectionEndsAt, forecast: forecast.entries,
        pressingBounceAt: forecast.pressingBounceAt, pressingProtectionEnd: forecast.pressingProtectionEnd,
        renewals: present.hosts.flatMap { host in
            (hosts[host.host]?.addresses ?? []).compactMap { RenewalRhythm(host.host, $0, at: now) }
        },
        versionsKnownSince: memory.versionsKnownSince(now))
}
