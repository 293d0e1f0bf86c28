/// Something allowed, yet worth telling before a policy or record is published.
public struct LintRemark: Hashable, Sendable, Codable {
    /// The stable names; a finding of the monitor with the same meaning has the same name.
    public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        // How the file is written.
        case noFinalNewline = "no-final-newline"
        case lineEndsMixed = "line-ends-mixed"
        case trailingBlanks = "trailing-blanks"
        case wideGap = "wide-gap"
        case unknownKey = "unknown-key"
        case duplicateKey = "duplicate-key"
        case frontMatter = "front-matter"
        case richText = "rich-text"
        case unfilledTemplate = "unfilled-template"
        // What the policy says.
        case testing = "policy-testing"
        case modeNone = "mode-none"
        case mxWithModeNone = "mx-with-mode-none"
        case maxAgeZero = "policy-max-age-zero"
        case maxAgeShort = "policy-max-age-short"
        case maxAgeUnderWeek = "max-age-under-week"
        case ambiguous = "policy-ambiguous"
        // The patterns.
        case mxUpperCase = "mx-upper-case"
        case mxDuplicate = "mx-duplicate"
        case mxAddress = "mx-address"
        case mxSingleLabel = "mx-single-label"
        case mxPlaceholder = "mx-placeholder"
        case mxSubmissionHost = "mx-submission-host"
        case mxVerificationHost = "mx-verification-host"
        case mxMicrosoftDots = "mx-microsoft-dots"
        case mxSharedWildcard = "mx-shared-wildcard"
        case mxWildcardDepth = "mx-wildcard-depth"
        // Against the MX hosts that were named.
        case mxUnlisted = "mx-unlisted"
        case mxNoneListed = "mx-none-listed"
        case mxUnused = "policy-mx-unused"
        // The TXT records.
        case recordLenient = "record-lenient"
        case recordIgnored = "record-ignored"
        case recordExtension = "record-extension"
    }

    /// As for findings: what the remark would cost under mode enforce.
    public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
        case critical, high, warning, info
    }

    public let code: Code
    public let severity: Severity
    /// One line for a person; bytes of the file in it are made visible.
    public let text: String
    /// The line it is about, from 1; nil for the file as a whole.
    public let line: Int?

    public init(_ code: Code, _ severity: Severity, line: Int? = nil, _ text: String) {
        self.code = code
        self.severity = severity
        self.line = line
        self.text = text
    }
}

extension [LintRemark] {
    /// The most remarks that one report lists.
    static let most = 100

    /// By line, those about the whole file first; within a line as they were made. At most `most`.
    var inOrder: [LintRemark] {
        enumerated().sorted {
            ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
        }.prefix(Self.most).map(\.element)
    }
}
