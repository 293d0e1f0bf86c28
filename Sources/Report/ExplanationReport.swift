public import Deliverability

/// The page behind one finding code: JSON for programs, 80 columns for people.
public struct ExplanationReport: Encodable, Sendable {
    private let explanation: FindingExplanation

    public init(_ explanation: FindingExplanation) {
        self.explanation = explanation
    }

    private enum Key: String, CodingKey {
        case code, meaning, senders, when, severity, tlsrpt, rfc, fix
    }

    private enum SeverityKey: String, CodingKey {
        case enforce, testing, unenforced, keepsForDANE
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(explanation.code, forKey: .code)
        try container.encode(explanation.meaning, forKey: .meaning)
        try container.encode(explanation.senders, forKey: .senders)
        try container.encode(explanation.when, forKey: .when)
        var severity = container.nestedContainer(keyedBy: SeverityKey.self, forKey: .severity)
        try severity.encode(explanation.severity.enforce, forKey: .enforce)
        try severity.encode(explanation.severity.testing, forKey: .testing)
        try severity.encode(explanation.severity.unenforced, forKey: .unenforced)
        try severity.encode(explanation.severity.keepsForDANE, forKey: .keepsForDANE)
        try container.encode(explanation.tlsrpt, forKey: .tlsrpt)
        try container.encode(explanation.rfc, forKey: .rfc)
        try container.encode(explanation.fix, forKey: .fix)
    }

    /// Lines of at most 79 characters, with a line end.
    public var text: String {
        var parts = [explanation.code.rawValue, WrappedText.paragraph("MEANS", explanation.meaning)]
        let hit = explanation.senders.map(\.rawValue).joined(separator: ", ")
        parts.append(WrappedText.paragraph("HURTS", hit.isEmpty ? explanation.when : "\(hit): \(explanation.when)"))
        parts.append(WrappedText.paragraph("SEVERITY", severityWords))
        if let type = explanation.tlsrpt {
            parts.append(WrappedText.paragraph("REPORTED", "as \(type.rawValue) (TLSRPT, RFC 8460 4.3)"))
        }
        if explanation.rfc != "-" { parts.append(WrappedText.paragraph("RULE", "RFC \(explanation.rfc)")) }
        parts.append(WrappedText.paragraph("FIX", explanation.fix))
        return parts.joined(separator: "\n") + "\n"
    }

    private var severityWords: String {
        let severity = explanation.severity
        func words(_ list: [Severity]) -> String {
            list.isEmpty ? "does not come" : list.map(\.rawValue).joined(separator: " or ")
        }
        if severity.enforce == severity.testing, severity.enforce == severity.unenforced {
            return words(severity.enforce) + ", in every mode"
        }
        let rest = severity.keepsForDANE ? "; \(words(severity.enforce)) in any mode where DANE senders refuse" : ""
        return "\(words(severity.enforce)) in mode enforce, \(words(severity.testing)) in mode testing, "
            + "\(words(severity.unenforced)) where nobody enforces\(rest)"
    }

    /// Every code, family by family, as one page.
    public static var page: String {
        FindingExplanation.families.map { family in
            let head = family.name + "\n" + String(repeating: "=", count: family.name.count) + "\n"
            return head + "\n" + family.explanations.map { ExplanationReport($0).text }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
