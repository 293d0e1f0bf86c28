/// What `lint` says of a policy file, in the shape of its JSON.
public struct PolicyLintReport: Hashable, Sendable {
    /// A max_age as far as it can be read.
    public enum MaxAge: Hashable, Sendable {
        /// Up to ten digits, also over the limit.
        case seconds(Int)
        /// What stood there instead, made visible.
        case text(String)
    }

    public let isValid: Bool
    /// The value of `mode`, made visible, whether it is a mode or not; nil where there is none.
    public let mode: String?
    public let maxAge: MaxAge?
    /// The values of `mx`, made visible, whether they are patterns or not.
    public let mx: [String]
    public let errors: [SyntaxError]
    /// How many errors are not listed.
    public let furtherErrors: Int
    public let findings: [LintRemark]
    /// The MX hosts that were asked about; empty where none were.
    public let hosts: [MXCoverage]

    public init(
        isValid: Bool, mode: String?, maxAge: MaxAge?, mx: [String], errors: [SyntaxError], furtherErrors: Int = 0,
        findings: [LintRemark] = [], hosts: [MXCoverage] = []
    ) {
        self.isValid = isValid
        self.mode = mode
        self.maxAge = maxAge
        self.mx = mx
        self.errors = errors
        self.furtherErrors = furtherErrors
        self.findings = findings
        self.hosts = hosts
    }
}

extension PolicyLintReport: Codable {
    private enum CodingKeys: String, CodingKey {
        case status, mode, maxAge, mx, errors, furtherErrors, findings, hosts
    }

    /// `mode` and `maxAge` are null where there is none; `furtherErrors` and `hosts` stand only where there are some.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isValid ? "valid" : "invalid", forKey: .status)
        try container.encode(mode, forKey: .mode)
        try container.encode(maxAge, forKey: .maxAge)
        try container.encode(mx, forKey: .mx)
        try container.encode(errors, forKey: .errors)
        try container.encode(findings, forKey: .findings)
        if furtherErrors > 0 { try container.encode(furtherErrors, forKey: .furtherErrors) }
        if !hosts.isEmpty { try container.encode(hosts, forKey: .hosts) }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            isValid: try container.decode(String.self, forKey: .status) == "valid",
            mode: try container.decodeIfPresent(String.self, forKey: .mode),
            maxAge: try container.decodeIfPresent(MaxAge.self, forKey: .maxAge),
            mx: try container.decode([String].self, forKey: .mx),
            errors: try container.decode([SyntaxError].self, forKey: .errors),
            furtherErrors: try container.decodeIfPresent(Int.self, forKey: .furtherErrors) ?? 0,
            findings: try container.decode([LintRemark].self, forKey: .findings),
            hosts: try container.decodeIfPresent([MXCoverage].self, forKey: .hosts) ?? [])
    }
}

extension PolicyLintReport.MaxAge: Codable {
    /// A number where it is one, else the text that stood there.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .seconds(let seconds): try container.encode(seconds)
        case .text(let text): try container.encode(text)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let seconds = try? container.decode(Int.self) {
            self = .seconds(seconds)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}
