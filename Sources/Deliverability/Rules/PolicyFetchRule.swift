public import Evidence
import FoundationEssentials
import MTASTS

/// The HTTPS fetch of the policy (RFC 8461 3.3): nothing bounces by itself, caches are frozen, protection ends.
enum PolicyFetchRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard judged.standing.record?.status == .valid, let fetch = judged.evidence.policy?.value else { return [] }
        var findings: [Finding] = []
        if let failure = fetch.failure {
            findings += told(failure, judged, fetch)
        } else if let type = fetch.contentType, !PolicyReading.isPlainText(type) {
            findings.append(contentType(type, judged, fetch))
        } else if fetch.contentType == nil {
            findings.append(contentType("no Content-Type", judged, fetch))
        }
        if fetch.failure == nil, fetch.milliseconds > 2_000 { findings.append(slow(judged, fetch)) }
        return findings
    }

    private static func told(_ failure: PolicyFetchFailure, _ judged: Case, _ fetch: PolicyFetch) -> [Finding] {
        switch failure {
        case .lookup(let failure) where !failure.isTheirs: return []
        case .notFetched: return []
        case .redirect(let status, let location):
            return [
                finding(
                    .policyRedirect, judged, fetch, "HTTP \(status) to \(location)",
                    "Serve the policy itself at \(url(fetch)) with status 200: senders never follow a redirect.")
            ]
        case .status(let status):
            return [
                finding(
                    .policyHTTPStatus, judged, fetch, "HTTP \(status)",
                    "Serve the policy at \(url(fetch)) with status 200 and type text/plain.")
            ]
        case .tooLarge:
            return [
                finding(
                    .policyTooLarge, judged, fetch, "the body is over 64 KiB",
                    "Serve the policy text only; senders give up on a body this large.")
            ]
        default:
            return [
                finding(
                    .policyUnreachable, judged, fetch, failure.words,
                    "Bring \(fetch.host) back: senders without a cache go unprotected, the others keep what they have.")
            ]
        }
    }

    private static func finding(
        _ code: FindingCode, _ judged: Case, _ fetch: PolicyFetch, _ evidence: String, _ fix: String
    ) -> Finding {
        Finding(
            code, .warning, subject: fetch.host.text, evidence: evidence, senders: [.mtaSTS],
            deadline: judged.memory.policyCacheEnds, fix: fix, tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3")
    }

    private static func contentType(_ type: String, _ judged: Case, _ fetch: PolicyFetch) -> Finding {
        finding(
            .policyContentType, judged, fetch, type,
            "Serve the policy as `Content-Type: text/plain`; some senders take nothing else, some do not look.")
    }

    private static func slow(_ judged: Case, _ fetch: PolicyFetch) -> Finding {
        Finding(
            .policySlow, .info, subject: fetch.host.text, evidence: "the fetch took \(fetch.milliseconds) ms",
            senders: [.mtaSTS],
            fix: "Serve the policy faster: senders give up after 2, 4, 15, 20 or 60 seconds.", rfc: "8461 3.3")
    }

    private static func url(_ fetch: PolicyFetch) -> String { "https://\(fetch.host)/.well-known/mta-sts.txt" }
}

extension PolicyFetchFailure {
    /// The failure in one clause.
    public var words: String {
        switch self {
        case .noHost: "the policy host has no address"
        case .lookup(let failure): "policy host lookup: \(failure.words)"
        case .connect(let reason): "no connection: \(reason)"
        case .tls(let reason): "TLS: \(reason)"
        case .timeout(let step): "timed out (\(step))"
        case .status(let status): "HTTP \(status)"
        case .redirect(let status, let location): "HTTP \(status) to \(location)"
        case .tooLarge: "over 64 KiB"
        case .malformed(let reason): "not a usable answer: \(reason)"
        case .notFetched(let reason): reason
        }
    }
}
