import Deliverability
import MTASTS

/// The drill-down: which domain, which tab, and where in it.
struct Detail: Hashable, Sendable {
    enum Tab: Int, Hashable, Sendable, CaseIterable {
        case summary, policy, hosts, certificates, history, trace

        var name: String {
            switch self {
            case .summary: "Summary"
            case .policy: "Policy"
            case .hosts: "MX hosts"
            case .certificates: "Certificates"
            case .history: "History"
            case .trace: "Sender trace"
            }
        }

        /// What a screen of usual width calls it: the counts have to stand beside the tabs.
        var briefName: String {
            switch self {
            case .certificates: "Certs"
            case .trace: "Trace"
            case .summary, .policy, .hosts, .history: name
            }
        }

        /// What a narrow screen calls it.
        var shortName: String {
            switch self {
            case .summary: "Sum"
            case .policy: "Pol"
            case .hosts: "MX"
            case .certificates: "Cert"
            case .history: "Hist"
            case .trace: "Trace"
            }
        }

        /// What it is called by.
        var number: Int { rawValue + 1 }

        /// True where a table stands above, and what is selected in it below.
        var hasSelection: Bool { self == .hosts || self == .certificates }

        func stepped(by step: Int) -> Tab {
            let all = Tab.allCases
            return all[((rawValue + step) % all.count + all.count) % all.count]
        }
    }

    var domain: DomainName
    var tab: Tab
    /// The selected entry of a tab that has a table.
    var selection = 0
    /// Lines scrolled: of the whole tab, or of what stands below the table.
    var scroll = 0
    /// The keys move through what stands below the table.
    var isBelow = false
    /// Whose steps the trace tells; kept from domain to domain.
    var sender = TraceTab.Sender.Identity.tracing(.mtaSTS)
}
