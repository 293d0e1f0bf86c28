import ArgumentParser
import Deliverability
import Evidence
import Foundation
import MTASTS
import OpenSSLTLS
import Polling
import Report
import Settings
import Synchronization

/// `stswatch plan`: a change judged before it is made, with the order of steps in which it hurts nobody.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Judge a change before it is made, and tell the safe order of its steps.",
        discussion: """
            Looks at the domain once, and at new MX hosts too, then says for each sender class who would refuse if \
            the change were made at once, until when, and in which order to make it. Exit status, by what the domain \
            would be: 2 bouncing, 1 risk or warning, 3 unknown, 0 otherwise; 64 usage, 66 an input file is \
            unreadable, 78 bad settings.
            """)

    @Argument(help: "The domain.")
    var domain: String
    @Option(help: ArgumentHelp("Add this MX record; repeatable.", valueName: "preference:host"))
    var mx: [String] = []
    @Option(help: ArgumentHelp("Take this host out of the MX records; repeatable.", valueName: "host"))
    var removeMX: [String] = []
    @Option(help: ArgumentHelp("Serve this policy file (- is standard input).", valueName: "file"))
    var policy: String?
    @Option(help: ArgumentHelp("Publish this id in the policy record.", valueName: "id"))
    var id: String?
    @Option(
        help: ArgumentHelp(
            "Show this chain, leaf first, at the MX host, or at all that it names; repeatable.",
            valueName: "[host=]pem"))
    var certificate: [String] = []
    @Option(
        help: ArgumentHelp(
            "Publish exactly these TLSA records for the MX host; none: no record; repeatable.",
            valueName: "host=record"))
    var tlsa: [String] = []
    @Flag(help: "Remove the policy record and the policy host.")
    var removeSTS = false
    @Flag(help: "Print one JSON document.")
    var json = false
    @OptionGroup var engine: EngineOptions

    func run() throws {
        let name = try OneLook.domain(domain)
        var change = try PlanInput.change(
            mx: mx, removeMX: removeMX, policy: policy, id: id, tlsa: tlsa, removesSTS: removeSTS)
        let chains = try certificate.map(PlanInput.certificate)
        guard !change.isEmpty || !chains.isEmpty else {
            throw CommandFailure("nothing is planned: give --mx, --policy or another change (see --help)", .usage)
        }
        let last = Mutex<DomainStatus?>(nil)
        let said = Mutex<Set<String>>([])
        let running = try OneLook.run([WatchEntry(domain: name)], engine) { event in
            if case .assessed(let statuses) = event, let status = statuses.last(where: { $0.domain == name }) {
                last.withLock { $0 = status }
            }
            guard let remark = event.remark, said.withLock({ $0.insert(remark).inserted }) else { return }
            StandardError.write("stswatch: \(VisibleText.printable(remark))\n")
        }
        guard let evidence = last.withLock({ $0?.evidence }) else {
            throw CommandFailure("\(name): there is no verdict", .unavailable)
        }
        let poller = running.poller
        let known = Set(evidence.hosts.map(\.host))
        let wanted = PlanInput.hosts(of: change, at: evidence).filter { !known.contains($0) }
        let (memory, newHosts) = try Blocking.wait {
            var found: [DomainName: HostEvidence] = [:]
            for host in wanted { found[host] = await poller.survey(host, for: name) }
            return (await poller.memory(of: name) ?? DomainMemory(), found)
        }
        for chain in chains { try chain.install(in: &change, hosts: evidence.hosts.map(\.host) + wanted, poller) }
        let now = Date()
        let plan = Plan(change, evidence: evidence, memory: memory, newHosts: newHosts, now: now) {
            poller.dane(of: $0, records: $1, names: $2)
        }
        let report = PlanReport(plan, now: now)
        print(json ? try Self.document(report) : report.text, terminator: "")
        let exit = ExitStatus.worst([plan.state])
        guard exit == 0 else { throw ExitCode(exit) }
    }

    private static func document(_ report: PlanReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
}
