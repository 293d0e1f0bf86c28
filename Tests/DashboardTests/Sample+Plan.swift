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
        change.policyEdit = request.policyEdit
        for text in request.certificates {
            let parts = text.split(separator: "=").map(String.init)
            guard parts.count == 2, let dates = CertificateDates(text: parts[1]),
                let tls = evidence.hosts.first(where: { $0.host.text == parts[0] })?.sessions.first?.value.tls
            else { continue }
            change.certificates[name(parts[0])] = .init(renewing: tls, dates, now: now)
        }
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
    /// Puts the cursor of the form on the line that holds the text.
    mutating func walk(to text: String) {
        type("g")
        for _ in 0..<200 where !screen().contains(where: { $0.hasPrefix(">") && $0.contains(text) }) { type("j") }
    }

    /// Opens the plan of the current domain, adds an MX host, and takes the engine's answer.
    mutating func plan(_ record: String, answers: Bool = true) {
        type("w")
        walk(to: "add or move a host")
        type("enter")
        write(record)
        for case .plan(let request, _) in type("enter") where answers {
            if let plan = Sample.answer(request) { tell(.planned(request, .plan(plan))) }
        }
    }
}
