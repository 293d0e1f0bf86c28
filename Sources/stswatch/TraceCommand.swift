public import ArgumentParser
public import Deliverability
import FoundationEssentials
import MTASTS
import Report

/// `stswatch trace`: the steps that a sender takes for a domain, each with what comes of it and how long it took.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Tell step by step what a sender does for this domain.",
        discussion: """
            Looks once, as check does, and tells the steps of each sender class: mta-sts (without a cached policy), \
            dane, opportunistic, and with a history cached, once for each version that senders may hold. A sender stops at the first address that takes the mail; what it would meet at the \
            others is told beside them. Exit status, the worst over the senders: 2 refused, 1 partial, 3 unknown, \
            0 otherwise; 64 usage, 66 an input file is unreadable, 78 bad settings.
            """)

    @Argument(help: "The domain.")
    var domain: String
    @Option(help: ArgumentHelp("Only this sender: mta-sts, cached, dane or opportunistic.", valueName: "class"))
    var sender: SenderClass?
    @Flag(help: "Print one JSON document.")
    var json = false
    @Flag(help: "Go on from the history, as the monitor does, and add to it; --state-dir does so too.")
    var remember = false
    @OptionGroup var engine: EngineOptions

    /// Whether what senders hold is known.
    private var knowsCopies: Bool { remember || engine.stateDir != nil }

    func validate() throws {
        guard sender != .cached || knowsCopies else {
            throw ValidationError("--sender cached: what senders hold takes a history; add --remember")
        }
    }

    func run() throws {
        let name = try OneLook.domain(domain)
        let look = try OneLook.verdict(of: name, engine, remembering: remember)
        let classes = sender.map { [$0] } ?? SenderClass.allCases
        let traces = classes.flatMap { sender -> [(trace: SenderTrace, version: CachedVerdict?)] in
            guard sender == .cached else {
                let trace = SenderTrace(sender, evidence: look.evidence, assessment: look.assessment)
                return trace.map { [($0, nil)] } ?? []
            }
            guard knowsCopies else { return [] }
            return look.assessment.cached.map { version in
                (SenderTrace(holding: version, evidence: look.evidence, assessment: look.assessment), version)
            }
        }
        let reports = traces.map { TraceReport($0.trace, holding: $0.version) }
        if json {
            print(try JSONText.document(Document(domain: name, traces: reports)), terminator: "")
        } else {
            print(reports.map(\.text).joined(separator: "\n"), terminator: "")
        }
        let exit = ExitStatus.worst(of: traces.map(\.trace.delivery))
        guard exit == 0 else { throw ExitCode(exit) }
    }

    private struct Document: Encodable {
        let schema = 1
        let domain: DomainName
        let traces: [TraceReport]
    }
}

extension SenderClass: ExpressibleByArgument {}
