import ArgumentParser
import Deliverability
import Foundation
import MTASTS
import Report
import Settings

/// The change that is planned.
struct ChangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Add this MX record; repeatable.", valueName: "preference:host"))
    var mx: [String] = []
    @Option(help: ArgumentHelp("Take this host out of the MX records; repeatable.", valueName: "host"))
    var removeMX: [String] = []
    @Option(help: ArgumentHelp("Serve this policy file (- is standard input).", valueName: "file"))
    var policy: String?
    @Option(help: "Serve the policy of today in this mode: enforce, testing or none.")
    var mode: String?
    @Option(help: ArgumentHelp("Serve it with this max_age.", valueName: "seconds"))
    var maxAge: Int?
    @Option(help: ArgumentHelp("Serve it with this mx line more; repeatable.", valueName: "pattern"))
    var policyMx: [String] = []
    @Option(help: ArgumentHelp("Serve it without this mx line; repeatable.", valueName: "pattern"))
    var removePolicyMx: [String] = []
    @Option(help: ArgumentHelp("Publish this id in the policy record.", valueName: "id"))
    var id: String?
    @Option(
        help: ArgumentHelp(
            "Show this chain, leaf first, at the MX host, or at all that it names; with a date such as 2027-02-01: the "
                + "certificate of today, renewed until then; repeatable.",
            valueName: "[host=]pem|date"))
    var certificate: [String] = []
    @Option(
        help: ArgumentHelp(
            "Publish exactly these TLSA records for the MX host; none: no record; repeatable.",
            valueName: "host=record"))
    var tlsa: [String] = []
    @Flag(help: "Remove the policy record and the policy host.")
    var removeSTS = false

    /// True where anything is to change.
    var isGiven: Bool {
        [policy, mode, id].contains { $0 != nil } || maxAge != nil || removeSTS
            || ![mx, removeMX, policyMx, removePolicyMx, certificate, tlsa].allSatisfy(\.isEmpty)
    }

    /// All but the chains, whose hosts are known after a look only.
    func change() throws -> PlannedChange {
        var change = try PlanInput.change(
            mx: mx, removeMX: removeMX, policy: policy, id: id, tlsa: tlsa, removesSTS: removeSTS)
        change.policyEdit = try PlanInput.edit(mode: mode, maxAge: maxAge, add: policyMx, remove: removePolicyMx)
        guard change.policyEdit.isEmpty || (policy == nil && !removeSTS) else {
            throw CommandFailure("single lines of the policy do not go with --policy or --remove-sts", .usage)
        }
        return change
    }
}

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
    @OptionGroup var options: ChangeOptions
    @Flag(help: "Print one JSON document.")
    var json = false
    @OptionGroup var engine: EngineOptions

    func run() throws {
        let name = try OneLook.domain(domain)
        let change = try options.change()
        let chains = try options.certificate.map(PlanInput.certificate)
        guard options.isGiven else {
            throw CommandFailure("nothing is planned: give --mx, --policy or another change (see --help)", .usage)
        }
        let look = try OneLook.verdict(of: name, engine)
        let now = Date()
        let plan = try Blocking.wait {
            try await PlanInput.judge(change, chains, evidence: look.evidence, look.engine.poller, now: now)
        }
        let report = PlanReport(plan, now: now)
        print(json ? try JSONText.document(report) : report.text, terminator: "")
        let exit = ExitStatus.worst([plan.state])
        guard exit == 0 else { throw ExitCode(exit) }
    }
}
