import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

extension Scene {
    /// A change of this domain, judged with what its memory holds.
    func plan(
        new: [Scene.Host] = [], match: @escaping (CertificateChain, [TLSARecord]) -> DANEMatch = { _, _ in .unusable },
        _ bend: (inout PlannedChange) -> Void
    ) -> Plan {
        var change = PlannedChange()
        bend(&change)
        return plan(change, new: new, match: match)
    }

    func plan(
        _ change: PlannedChange, new: [Scene.Host], match: @escaping (CertificateChain, [TLSARecord]) -> DANEMatch
    ) -> Plan {
        let extra = with { $0.hosts = new }.evidence.hosts
        return Plan(
            change, evidence: evidence, memory: memory,
            newHosts: Dictionary(extra.map { ($0.host, $0) }, uniquingKeysWith: { first, _ in first }), now: now
        ) { chain, records, _ in DANETimeline([.init(from: .distantPast, match: match(chain, records))]) }
    }

    static func policy(_ mode: String, _ mx: [String]) -> [UInt8] {
        Array(("version: STSv1\nmode: \(mode)\n" + mx.map { "mx: \($0)\n" }.joined() + "max_age: 604800\n").utf8)
    }
}

extension Plan {
    /// The ids that the plan tells to publish, in order.
    var ids: [String] {
        steps.flatMap(\.lines).filter { $0.hasPrefix("_mta-sts.") }.compactMap { line in
            line.split(separator: "id=").last.map { String($0.prefix { $0 != "\"" }) }
        }
    }

    func step(_ words: String) -> PlanStep? { steps.first { $0.what.contains(words) } }
}
