import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Sample {
    static let adventure = status("adventure-works.example", .ok)

    static func planned(_ size: Size) -> Model {
        model([.listed([watched(adventure)]), .assessed([adventure])], size: size)
    }

    /// What the engine would answer: new hosts are there, and in order.
    static func answer(_ request: PlanRequest, over known: DomainStatus = adventure) -> Plan? {
        guard let evidence = known.evidence else { return nil }
        var change = PlannedChange()
        change.addedMX = request.addedMX
        change.removedMX = request.removedMX
        change.recordID = request.recordID
        change.removesSTS = request.removesSTS
        var hosts: [DomainName: HostEvidence] = [:]
        for name in request.addedMX.compactMap(\.host) {
            hosts[name] =
                status("new.example", .ok, hosts: [host(name.text, address: "192.0.2.30")]).evidence?.hosts.first
        }
        return Plan(change, evidence: evidence, memory: DomainMemory(), newHosts: hosts, now: now) { _, _, _ in
            DANETimeline([])
        }
    }
}

extension Model {
    /// Opens the plan of the current domain, adds an MX host, and takes the engine's answer.
    mutating func plan(_ record: String, answers: Bool = true) {
        type("w", "j", "j", "enter")
        write(record)
        for case .plan(let request, _) in type("enter") where answers {
            if let plan = Sample.answer(request) { tell(.planned(request, .plan(plan))) }
        }
    }
}
