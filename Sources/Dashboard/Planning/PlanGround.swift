import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// What the form of a plan starts from: the domain as it is seen today.
struct PlanGround {
    /// Longer texts that are no policy are not read anew for each frame.
    private static let mostBytes = 4_096
    /// More hosts and mx lines nobody goes through one by one.
    private static let mostLines = 100

    var hosts: [MXHost] = []
    /// As the policy file spells it; nil where it says nothing.
    var mode: String?
    var mx: [MXPattern] = []
    var maxAge: String?
    /// By MX host, when the certificate that it shows ends.
    var certificates: [(host: DomainName, notAfter: Date)] = []

    init(_ status: DomainStatus?) {
        guard let assessment = status?.assessment else { return }
        let judged = assessment.hosts.prefix(PlanGround.mostLines)
        hosts = judged.map { MXHost(preference: $0.preference, host: $0.host) }
        certificates = judged.compactMap { host in
            host.addresses.compactMap { $0.session?.tls?.leaf?.notAfter }.first.map { (host.host, $0) }
        }
        let body = status?.evidence?.policy?.value.body
        if let policy = assessment.policy?.policy {
            mode = policy.mode.rawValue
            mx = Array(policy.mx.prefix(PlanGround.mostLines))
            maxAge = String(policy.maxAge)
        } else if let body, body.count <= PlanGround.mostBytes {
            let fields = STSPolicyParser.parse(body).fields
            mode = fields.mode?.text
            mx = fields.mx.compactMap { MXPattern(text: $0.text) }
            maxAge = fields.maxAge?.text
        }
    }
}
