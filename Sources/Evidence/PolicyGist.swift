public import FoundationEssentials
import MTASTS

/// A policy fetch reduced to what a sender would make of it: two addresses agree when their gists are equal.
///
/// Timings, reasons in words and the bytes of what is no policy are left out: they differ at each look.
public struct PolicyGist: Hashable, Sendable {
    private let answer: String
    private let contentType: String?
    private let body: [UInt8]?
    private let isTrusted: Bool
    private let isNamed: Bool

    /// - Parameter moment: for the dates of the certificate.
    public init(_ fetch: PolicyFetch, at moment: Date) {
        isTrusted = fetch.tls?.trust.trust(at: moment) == .trusted
        isNamed = fetch.tls?.leaf?.covers(fetch.host) ?? false
        contentType = fetch.failure == nil ? fetch.contentType : nil
        let isPolicy = fetch.body.map { STSPolicyParser.parse($0).isValid } ?? false
        body = isPolicy ? fetch.body : nil
        answer =
            switch fetch.failure {
            case nil: isPolicy ? "policy" : "no policy"
            case .noHost, .lookup: "no host"
            case .connect: "no connection"
            case .tls: "TLS"
            case .timeout: "timeout"
            case .status(let status): "HTTP \(status)"
            case .redirect: "redirect"
            case .tooLarge: "too large"
            case .malformed: "malformed"
            case .notFetched: "not fetched"
            }
    }
}

extension PolicyFetch {
    /// The failure of a policy host that refuses the connection: its own word, where silence may be our network's.
    public static let connectionRefused = PolicyFetchFailure.connect("connection refused")

    /// True where nobody spoke TLS with us: nothing is known of what that address serves.
    public var isSilent: Bool {
        switch failure {
        case .connect: true
        case .timeout: tls == nil
        default: false
        }
    }

    /// The edges that answered, whatever they said.
    public var answeringEdges: [PolicyFetch] {
        edges.filter { edge in
            if case .notFetched? = edge.failure { return false }
            return !edge.isSilent
        }
    }

    /// The edges that did not answer, where others did.
    public var silentEdges: [PolicyFetch] { answeringEdges.isEmpty ? [] : edges.filter(\.isSilent) }

    /// True where a sender's luck with the address decides what it makes of the policy.
    public func edgesDiffer(at moment: Date) -> Bool {
        Set(answeringEdges.map { PolicyGist($0, at: moment) }).count > 1
    }

    /// True where several texts are served at once: then none of them is a change of the others.
    public var servesSeveralBodies: Bool { Set(answeringEdges.compactMap(\.body)).count > 1 }

    /// The same answer with those of all addresses beside it.
    public func with(edges: [PolicyFetch]) -> PolicyFetch {
        PolicyFetch(
            host: host, address: address, aliases: aliases, failure: failure, status: status, contentType: contentType,
            body: body, serverDate: serverDate, tls: tls, milliseconds: milliseconds, edges: edges)
    }
}
