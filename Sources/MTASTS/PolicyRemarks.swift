/// Remarks on how a policy file is written and on mode and max_age.
enum PolicyRemarks {
    private static let day = 86_400
    private static let week = 604_800

    /// Blanks that are allowed but mostly an oversight.
    static func spacing(of field: PolicyLine.Field, in line: PolicyLine) -> [LintRemark] {
        var remarks: [LintRemark] = []
        if line.content.last?.isBlank == true, !field.value.isEmpty {
            remarks.append(
                LintRemark(.trailingBlanks, .info, line: line.number, "white space at the end of the line (allowed)"))
        }
        if field.gap.count > 1 {
            remarks.append(
                LintRemark(.wideGap, .info, line: line.number, "more than one blank after the colon (allowed)"))
        }
        return remarks
    }

    static func unknownKey(_ key: ArraySlice<UInt8>, line: Int) -> LintRemark {
        let name = VisibleText.escape(key)
        let lowered = key.map(\.lowercased)
        for known in ["version", "mode", "max_age", "mx"] where lowered.elementsEqual(known.utf8) {
            return LintRemark(
                .unknownKey, .warning, line: line,
                "`\(name)` is ignored: keys are case-sensitive, `\(known)` is meant")
        }
        return LintRemark(.unknownKey, .info, line: line, "unknown key `\(name)` (ignored)")
    }

    static func duplicateKey(_ key: ArraySlice<UInt8>, line: Int, first: Int) -> LintRemark {
        LintRemark(
            .duplicateKey, .warning, line: line,
            "`\(VisibleText.escape(key))` again: the one on line \(first) counts (some senders take the last)")
    }

    /// Remarks on line ends and on what kind of file it seems to be.
    static func file(_ lines: [PolicyLine]) -> [LintRemark] {
        var remarks: [LintRemark] = []
        if lines.last?.end == PolicyLine.End.none {
            remarks.append(LintRemark(.noFinalNewline, .info, "no line end after the last line (allowed)"))
        }
        if lines.contains(where: { $0.end == .lf }), lines.contains(where: { $0.end == .crlf }) {
            remarks.append(LintRemark(.lineEndsMixed, .info, "both LF and CRLF line ends (allowed)"))
        }
        if lines.first?.content.spells("---") == true {
            remarks.append(
                LintRemark(
                    .frontMatter, .warning, line: 1,
                    "front matter of a site generator: this is the source, publish the built file"))
        }
        if let line = lines.first(where: { $0.content.begins(with: "{\\rtf") || $0.content.begins(with: "\\f0") }) {
            remarks.append(
                LintRemark(.richText, .warning, line: line.number, "a rich-text file: save it as plain text"))
        }
        return remarks
    }

    /// Remarks on the values; mode and maxAge are nil where they cannot be read.
    static func values(
        mode: STSPolicy.Mode?, maxAge: Int?, mx: [(pattern: MXPattern, line: Int)], fields: PolicyFields
    ) -> [LintRemark] {
        var remarks: [LintRemark] = []
        let modeLine = fields.mode?.line
        switch mode {
        case .testing:
            remarks.append(
                LintRemark(
                    .testing, .info, line: modeLine, "mode testing: failures are reported, mail flows all the same"))
        case .some(.none):
            remarks.append(LintRemark(.modeNone, .info, line: modeLine, "mode none: the policy asks for nothing"))
            if let first = fields.mx.first {
                remarks.append(
                    LintRemark(
                        .mxWithModeNone, .info, line: first.line,
                        "mx with mode none is not needed by the RFC, but some senders reject the file without it"))
            }
        case .enforce, nil: break
        }
        if let maxAge { remarks += lifetime(maxAge, line: fields.maxAge?.line) }
        if let template = (fields.mx + [fields.mode, fields.maxAge].compactMap { $0 }).first(where: isTemplate) {
            remarks.append(
                LintRemark(
                    .unfilledTemplate, .warning, line: template.line,
                    "an unfilled template: replace `\(VisibleText.escape(template.bytes, limit: 40))`"))
        }
        return remarks + MXRemarks.all(mx)
    }

    private static func lifetime(_ maxAge: Int, line: Int?) -> [LintRemark] {
        switch maxAge {
        case 0:
            [
                LintRemark(
                    .maxAgeZero, .warning, line: line,
                    "max_age 0: the policy is kept for no time and protects nothing; some senders reject it")
            ]
        case ..<day:
            [
                LintRemark(
                    .maxAgeShort, .warning, line: line,
                    "max_age under a day: an attacker only has to block the policy for that long")
            ]
        case ..<week:
            [
                LintRemark(
                    .maxAgeUnderWeek, .info, line: line,
                    "max_age under a week: RFC 8461 3.2 asks for weeks or longer once the policy is settled")
            ]
        default: []
        }
    }

    private static func isTemplate(_ value: PolicyFields.Value) -> Bool {
        value.bytes.contains(UInt8(ascii: "<")) || value.bytes.begins(with: "[enforce|")
    }
}
