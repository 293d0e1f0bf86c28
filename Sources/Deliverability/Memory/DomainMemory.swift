public import Evidence
public import FoundationEssentials
import MTASTS

/// What was seen of a domain before: policy versions, ids, whether it took mail, and since when each thing holds.
public struct DomainMemory: Hashable, Sendable, Codable {
    /// Distinct versions in the order first seen; the newest 100.
    public private(set) var versions: [PolicyVersion] = []
    /// The id of the last valid record that was seen; kept when the record goes.
    public private(set) var lastRecordID: String?
    /// True once an MX RRset with a host was seen.
    public private(set) var hadMXRecords = false
    /// True once an MX host, implicit or not, was seen.
    public private(set) var tookMail = false
    /// Since when each finding holds; the key is its code and subject.
    public private(set) var findingsSince: [String: Date] = [:]
    /// Since when each class's delivery holds.
    public private(set) var deliveries: [SenderClass: Held<Delivery>] = [:]
    /// The last state that was not `unknown`, and since when.
    public private(set) var state: Held<DomainState>?

    /// A value and the moment from which it holds.
    public struct Held<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
        public let value: Value
        public let since: Date

        public init(_ value: Value, since: Date) {
            self.value = value
            self.since = since
        }
    }

    public init() {}

    /// The memory after this evidence was believed.
    public func observing(_ evidence: DomainEvidence, now: Date) -> DomainMemory {
        var next = self
        let record = evidence.record.map { RecordReading($0.value) }
        if let id = record?.record?.id { next.lastRecordID = id }
        if let answer = evidence.mx?.value {
            if answer.value?.contains(where: { $0.host != nil }) == true {
                next.hadMXRecords = true
                next.tookMail = true
            } else if answer.outcome == .noData, evidence.hosts.contains(where: \.hasAddress) {
                next.tookMail = true
            }
        }
        // Only what a sender would take is a version, and only under the id that stood when it was fetched.
        if let seen = evidence.record, let fetch = evidence.policy, let id = record?.record?.id, fetch.at >= seen.since,
            let body = fetch.value.body,
            let policy = PolicyReading(fetch.value, record: record, at: fetch.at)?.policy
        {
            let version = PolicyVersion(id: id, body: body, policy: policy, firstSeen: fetch.at, lastSeen: fetch.at)
            // While two edges serve two texts, neither is a change: only what was known before is seen again.
            if !fetch.value.servesSeveralBodies || next.isLast(version) { next.remember(version) }
        }
        return next
    }

    private func isLast(_ version: PolicyVersion) -> Bool {
        versions.last.map { $0.id == version.id && $0.body == version.body } ?? false
    }

    private mutating func remember(_ version: PolicyVersion) {
        // A version that returns is a version of its own: what was seen in between decides what senders hold.
        if let last = versions.indices.last, versions[last].id == version.id, versions[last].body == version.body {
            versions[last].lastSeen = max(versions[last].lastSeen, version.lastSeen)
            return
        }
        versions.append(version)
        if versions.count > 100 { versions.removeFirst() }
    }

    /// Somebody has seen that the domain takes its mail otherwise, or none: that is how it is from now on.
    public mutating func acceptMailChange() {
        hadMXRecords = false
        tookMail = false
    }

    /// The version that holders keyed by id still have, when the body changed and the id did not.
    var staleBody: (id: String, policy: STSPolicy?, changedAt: Date)? {
        guard let current = versions.last else { return nil }
        // Only the latest run of one id counts: under an earlier id everybody has fetched anew since.
        let run = versions.reversed().prefix { $0.id == current.id }
        guard let first = run.last, run.count > 1, first.body != current.body else { return nil }
        return (current.id, first.policy, current.firstSeen)
    }

    /// When the copies of the last version that could be fetched run out (RFC 8461 3.2); nil when none was seen.
    var policyCacheEnds: Date? {
        // Mode none supersedes all before it for whoever fetched it.
        guard let last = versions.last, last.policy?.mode != STSPolicy.Mode.none else { return nil }
        return last.policy.map { last.lastSeen.addingTimeInterval(Double($0.maxAge)) }
    }

    /// Fills in since when each finding and each delivery holds, and remembers it.
    public mutating func stamp(_ assessment: Assessment) -> Assessment {
        var stamped = assessment
        var since: [String: Date] = [:]
        for index in stamped.findings.indices {
            let finding = stamped.findings[index]
            let key = "\(finding.code.rawValue) \(finding.subject)"
            let moment = findingsSince[key] ?? assessment.at
            since[key] = moment
            stamped.findings[index].since = moment
        }
        // While we cannot tell, what was seen is not over.
        if assessment.state == .unknown { since.merge(findingsSince) { new, _ in new } }
        findingsSince = since
        for sender in [SenderClass.mtaSTS, .dane, .opportunistic] {
            let delivery = assessment.verdict(sender).delivery
            guard delivery != .unknown else { continue }
            if deliveries[sender]?.value != delivery { deliveries[sender] = Held(delivery, since: assessment.at) }
        }
        for sender in [SenderClass.mtaSTS, .dane, .opportunistic] {
            guard let held = deliveries[sender], held.value == assessment.verdict(sender).delivery else { continue }
            switch sender {
            case .mtaSTS: stamped.mtaSTS.since = held.since
            case .dane: stamped.dane.since = held.since
            case .opportunistic, .cached: stamped.opportunistic.since = held.since
            }
        }
        if assessment.state != .unknown, state?.value != assessment.state {
            state = Held(assessment.state, since: assessment.at)
        }
        if assessment.state == .bouncing { stamped.bouncesAt = refusedSince(stamped) ?? state?.since }
        return stamped
    }

    private func refusedSince(_ assessment: Assessment) -> Date? {
        [SenderClass.mtaSTS, .dane, .opportunistic]
            .filter { assessment.verdict($0).delivery == .refused }
            .compactMap { deliveries[$0]?.since }.min()
    }
}

extension HostEvidence {
    var hasAddress: Bool { addresses?.value.all.isEmpty == false }
}
