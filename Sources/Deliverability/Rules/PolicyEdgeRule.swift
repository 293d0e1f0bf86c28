import Evidence
import FoundationEssentials
import MTASTS

/// The addresses of the policy host against each other: a sender takes the first that answers (RFC 8461 3.3).
enum PolicyEdgeRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard judged.standing.record?.status == .valid, let fetch = judged.evidence.policy?.value else { return [] }
        return [silent(fetch), differing(fetch, judged)].compactMap { $0 }
    }

    private static func silent(_ fetch: PolicyFetch) -> Finding? {
        let silent = fetch.silentEdges
        guard !silent.isEmpty else { return nil }
        let list = silent.map { "\(words($0.address)): \($0.failure?.words ?? "no answer")" }
        let others = fetch.answeringEdges.map { words($0.address) }.joined(separator: ", ")
        return Finding(
            .policyHostAddressUnreachable, .warning, subject: fetch.host.text,
            evidence: list.joined(separator: "; ") + "; answering: \(others)", senders: [.mtaSTS],
            fix:
                "Bring the web server up on \(silent.map { words($0.address) }.joined(separator: ", ")), or remove the "
                + "address from \(fetch.host): senders that try it first wait or give up.",
            tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3")
    }

    private static func differing(_ fetch: PolicyFetch, _ judged: Case) -> Finding? {
        guard fetch.edgesDiffer(at: judged.now) else { return nil }
        let edges = fetch.answeringEdges
        let readings = edges.map { PolicyReading($0, record: judged.standing.record, at: judged.now) }
        let verdicts = readings.map { reading -> [String] in
            guard let policy = reading?.policy else { return ["none"] }
            return [
                policy.mode.rawValue, policy.mode == .none ? "" : judged.standing.enforcing(policy).delivery.rawValue,
            ]
        }
        let list = zip(edges, readings).map { edge, reading in
            let refuses = reading?.policy.map { isRefused(by: $0, judged) } ?? false
            return "\(words(edge.address)): \(told(edge, reading))\(refuses ? ", which no MX passes" : "")"
        }
        return Finding(
            .policyDiffersBetweenAddresses, Set(verdicts).count > 1 ? .high : .warning, subject: fetch.host.text,
            evidence: list.joined(separator: "; "), senders: [.mtaSTS, .cached],
            fix:
                "Serve the same policy with the same certificate at every address of \(fetch.host): which one a sender "
                + "holds is chance now. No change of the policy is believed until they agree.",
            rfc: "8461 3.3")
    }

    private static func isRefused(by policy: STSPolicy, _ judged: Case) -> Bool {
        policy.mode == .enforce && judged.standing.enforcing(policy).delivery == .refused
    }

    private static func words(_ address: IPAddress?) -> String { address?.description ?? "?" }

    private static func told(_ edge: PolicyFetch, _ reading: PolicyReading?) -> String {
        if let failure = edge.failure { return failure.words }
        let bytes = "\(edge.body?.count ?? 0) bytes"
        if let policy = reading?.policy {
            let mx = policy.mx.prefix(3).map(\.text).joined(separator: ", ") + (policy.mx.count > 3 ? ", ..." : "")
            return "mode \(policy.mode.rawValue), max_age \(policy.maxAge), mx \(mx), \(bytes)"
        }
        if reading?.status == .unreachable { return "\(bytes), but the certificate is not good" }
        return "\(bytes) that are no policy"
    }
}
