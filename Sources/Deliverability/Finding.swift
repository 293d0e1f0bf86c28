public import FoundationEssentials
import MTASTS

/// One fact worth telling: what is wrong, where, whom it hurts, since when, until when, and the way out.
public struct Finding: Hashable, Sendable, Codable {
    public let code: FindingCode
    public let severity: Severity
    /// The policy domain, an MX host, `host [address]`, or the policy host.
    public let subject: String
    /// What was seen, escaped; before and after where it is a change.
    public let evidence: String
    /// The sender classes hit, in the order of declaration; empty where none is.
    public let senders: [SenderClass]
    /// When it was first seen; nil before the memory filled it in.
    public var since: Date?
    /// When it ends by itself.
    public let until: Date?
    /// When it turns worse if nobody acts.
    public let deadline: Date?
    /// What the operator does about it, one or two sentences.
    public let fix: String
    /// The result type a sender would report for it.
    public let tlsrpt: TLSRPTResultType?
    /// The section that rules it, such as `8461 4.2`.
    public let rfc: String

    public init(
        _ code: FindingCode, _ severity: Severity, subject: String, evidence: String, senders: [SenderClass] = [],
        since: Date? = nil, until: Date? = nil, deadline: Date? = nil, fix: String, tlsrpt: TLSRPTResultType? = nil,
        rfc: String
    ) {
        self.code = code
        self.severity = severity
        // Rules quote what strangers sent: nothing of it leaves here unescaped.
        self.subject = VisibleText.printable(subject)
        self.evidence = VisibleText.printable(evidence)
        self.senders = senders
        self.since = since
        self.until = until
        self.deadline = deadline
        self.fix = VisibleText.printable(fix)
        self.tlsrpt = tlsrpt
        self.rfc = rfc
    }
}
