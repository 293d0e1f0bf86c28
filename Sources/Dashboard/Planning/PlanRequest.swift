public import Deliverability
public import Evidence
public import MTASTS

/// A change as it stands on the plan screen. Files are named, not read: that is the outside's work.
public struct PlanRequest: Hashable, Sendable {
    public let domain: DomainName
    /// A host that is there already gets the new preference.
    public internal(set) var addedMX: [MXHost] = []
    public internal(set) var removedMX: [DomainName] = []
    /// The path of a policy file; where it is given, no line is changed.
    public internal(set) var policyFile: String?
    /// Single lines of the policy that is served.
    public internal(set) var policyEdit = PolicyEdit()
    /// 1 to 32 letters and digits (RFC 8461 3.1).
    public internal(set) var recordID: String?
    /// `[HOST=]PATH` of PEM chains, leaf first, or `[HOST=]DATES` of a renewal (`CertificateDates`).
    public internal(set) var certificates: [String] = []
    /// `HOST=RECORD` such as `mx1.example.com=3 1 1 HEX`, or `HOST=none`.
    public internal(set) var tlsa: [String] = []
    public internal(set) var removesSTS = false

    init(_ domain: DomainName) {
        self.domain = domain
    }

    /// True where nothing would change.
    public var isEmpty: Bool { self == PlanRequest(domain) }

    /// The command that judges the same change, for a POSIX shell.
    public var command: String {
        var words = ["stswatch", "plan", domain.text]
        for record in addedMX { words += ["--mx", "\(record.preference):\(record.host?.text ?? "")"] }
        for host in removedMX { words += ["--remove-mx", host.text] }
        if let policyFile { words += ["--policy", PlanRequest.quoted(policyFile)] }
        if let mode = policyEdit.mode { words += ["--mode", mode.rawValue] }
        if let maxAge = policyEdit.maxAge { words += ["--max-age", String(maxAge)] }
        for pattern in policyEdit.addedMX { words += ["--policy-mx", PlanRequest.quoted(pattern.text)] }
        for pattern in policyEdit.removedMX { words += ["--remove-policy-mx", PlanRequest.quoted(pattern.text)] }
        if let recordID { words += ["--id", recordID] }
        for certificate in certificates { words += ["--certificate", PlanRequest.quoted(certificate)] }
        for record in tlsa { words += ["--tlsa", PlanRequest.quoted(record)] }
        if removesSTS { words.append("--remove-sts") }
        return words.joined(separator: " ")
    }

    /// The place of what is planned for the host's certificate.
    func certificate(of host: DomainName) -> Int? {
        certificates.firstIndex { text in
            let parts = text.split(separator: "=", maxSplits: 1)
            return parts.count == 2 && DomainName(String(parts[0])) == host
        }
    }

    /// Plain as it is where a shell takes it so, else in single quotes.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x2b...0x3a, 0x3d, 0x40...0x5a, 0x5f, 0x61...0x7a: true
            default: false
            }
        }
        guard !isPlain else { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

/// What became of a request.
public enum PlanAnswer: Sendable {
    case plan(Plan)
    /// Why there is none, one line.
    case failed(String)
}
