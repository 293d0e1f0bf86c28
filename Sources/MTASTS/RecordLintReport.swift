/// What `lint --record` says of TXT records, in the shape of its JSON.
public struct RecordLintReport: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        case mtaSTS = "mta-sts"
        case tlsrpt
    }

    public enum Status: String, Hashable, Sendable, Codable {
        case valid, missing, invalid, multiple
    }

    public let kind: Kind
    public let status: Status
    /// The id of a valid MTA-STS record.
    public let id: String?
    /// The report URIs of a valid TLSRPT record.
    public let rua: [String]?
    public let errors: [SyntaxError]
    /// At most 100.
    public let findings: [LintRemark]

    public var isValid: Bool { status == .valid }

    public init(
        kind: Kind, status: Status, id: String? = nil, rua: [String]? = nil, errors: [SyntaxError] = [],
        findings: [LintRemark] = []
    ) {
        self.kind = kind
        self.status = status
        self.id = id
        self.rua = rua
        self.errors = errors
        self.findings = findings.inOrder
    }

    /// The report for a person.
    public var text: String {
        var lines = ["\(kind.rawValue) record: \(status.rawValue)"]
        for error in errors {
            lines += ["", "  column \(error.column): expected \(error.expected)", "    found \(error.found)"]
        }
        if let id { lines += ["", "  id  \(id)"] }
        if let rua { lines += [""] + rua.map { "  rua  \($0)" } }
        lines += LintText.findings(findings)
        return lines.joined(separator: "\n") + "\n"
    }
}

extension RecordLintReport: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, status, id, rua, errors, findings
    }
}
