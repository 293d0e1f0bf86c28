import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The plan screen: what is to change, and what is known of the consequences.
struct PlanBoard: Sendable {
    enum Standing: Sendable {
        /// Nothing is planned.
        case idle
        /// Asked, and not answered yet.
        case running
        case judged(Plan, at: Date)
        case failed(String)
    }

    /// More hosts, chains or TLSA records nobody plans at once.
    static let most = 20

    var request: PlanRequest
    var standing = Standing.idle
    /// The selected line of the form.
    var selection = 0
    /// Lines by which the consequences are scrolled.
    var scroll = 0

    init(_ domain: DomainName) {
        request = PlanRequest(domain)
    }

    /// One line of the form, by what Enter does on it.
    enum Line: Hashable, Sendable {
        /// One of today's hosts: goes or stays.
        case host(DomainName, preference: Int?)
        /// By place among those that are to come: is taken back.
        case added(Int)
        case addMX
        case policy
        case id
        /// By place among the chains: is changed.
        case certificate(Int)
        case addCertificate
        /// By place among the TLSA records: is changed.
        case tlsa(Int)
        case addTLSA
        case sts
    }

    /// The form's lines over the hosts of today.
    func lines(_ assessment: Assessment?) -> [Line] {
        let hosts = (assessment?.hosts ?? []).map { Line.host($0.host, preference: $0.preference) }
        return hosts + request.addedMX.indices.map(Line.added) + [.addMX, .policy, .id]
            + request.certificates.indices.map(Line.certificate) + [.addCertificate]
            + request.tlsa.indices.map(Line.tlsa) + [.addTLSA, .sts]
    }
}

/// What a line typed on the plan screen is for.
enum PlanField: Hashable, Sendable {
    case mx, policy, id
    /// The place of the chain that is changed; nil for one more.
    case certificate(Int?)
    /// The place of the record that is changed; nil for more.
    case tlsa(Int?)

    /// What stands in front of the line.
    var mark: String {
        switch self {
        case .mx: "preference:host "
        case .policy: "policy file "
        case .id: "new id "
        case .certificate: "[host=]pem file "
        case .tlsa: "host=3 1 1 hex, ... "
        }
    }
}
