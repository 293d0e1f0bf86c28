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

    /// More hosts, mx lines, certificates or TLSA records nobody plans at once.
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
        case host(MXHost)
        /// By place among those that are to come: is taken back.
        case added(Int)
        case addMX
        /// The policy's mode: the next one.
        case mode
        /// One of the mx lines that are served: goes or stays.
        case pattern(MXPattern)
        /// By place among those that are to come: is taken back.
        case addedPattern(Int)
        case addPattern
        case maxAge
        case policyFile
        case id
        /// What one of today's hosts shows: gets other dates, or another chain.
        case shown(DomainName, until: Date)
        /// By place among the certificates: is changed.
        case certificate(Int)
        case addCertificate
        /// By place among the TLSA records: is changed.
        case tlsa(Int)
        case addTLSA
        case sts
    }

    /// The form's lines over what is there today.
    func lines(_ ground: PlanGround) -> [Line] {
        var lines = ground.hosts.map(Line.host) + request.addedMX.indices.map(Line.added) + [.addMX]
        if request.policyFile == nil, !request.removesSTS {
            lines += [.mode] + ground.mx.map(Line.pattern)
            lines += request.policyEdit.addedMX.indices.map(Line.addedPattern) + [.addPattern, .maxAge]
        }
        lines += [.policyFile, .id]
        let shown = ground.certificates
        lines += shown.map { .shown($0.host, until: $0.notAfter) }
        lines += request.certificates.indices.filter { place in
            !shown.contains { request.certificate(of: $0.host) == place }
        }.map(Line.certificate)
        return lines + [.addCertificate] + request.tlsa.indices.map(Line.tlsa) + [.addTLSA, .sts]
    }
}

/// What a line typed on the plan screen is for.
enum PlanField: Hashable, Sendable {
    case mx, pattern, maxAge, policyFile, id
    /// The place of the certificate that is changed; nil for one more.
    case certificate(Int?)
    /// The place of the record that is changed; nil for more.
    case tlsa(Int?)

    /// What stands in front of the line.
    var mark: String {
        switch self {
        case .mx: "preference:host "
        case .pattern: "mx line "
        case .maxAge: "max_age, seconds "
        case .policyFile: "policy file "
        case .id: "new id "
        case .certificate: "[host=]end date or pem file "
        case .tlsa: "host=3 1 1 hex, ... "
        }
    }
}
