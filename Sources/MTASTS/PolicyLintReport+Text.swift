extension PolicyLintReport {
    /// The report for a person: verdict, errors under their lines, what was read, findings, MX hosts.
    /// - Parameters:
    ///   - name: what was read, such as the file's path; made visible.
    ///   - source: the bytes that were judged, for the lines in question.
    public func text(name: String, source: [UInt8]) -> String {
        var lines = ["\(VisibleText.escape(name.utf8)): \(isValid ? "valid" : "invalid")"]
        let sourceLines = PolicyLine.split(source)
        for error in errors {
            lines.append("")
            lines.append("  line \(error.line), column \(error.column): expected \(error.expected)")
            lines += Self.excerpt(error, sourceLines)
        }
        if furtherErrors > 0 { lines += ["", "  and \(furtherErrors) further errors"] }
        lines += ["", "  mode     \(mode ?? "-")", "  max_age  \(ageText)"]
        lines += mx.isEmpty ? ["  mx       -"] : mx.map { "  mx       \($0)" }
        lines += LintText.hosts(hosts) + LintText.findings(findings)
        return lines.joined(separator: "\n") + "\n"
    }

    private var ageText: String {
        switch maxAge {
        case .seconds(let seconds): "\(seconds) (\(LintText.span(seconds)))"
        case .text(let text): text
        case nil: "-"
        }
    }

    /// The line as it stands and a caret under the byte; nothing for what is missing or no text.
    private static func excerpt(_ error: SyntaxError, _ lines: [PolicyLine]) -> [String] {
        guard lines.indices.contains(error.line - 1) else { return ["    found \(error.found)"] }
        let content = lines[error.line - 1].content
        let before = content.prefix(max(0, error.column - 1))
        let lead = VisibleText.escape(before)
        let shown = lead + VisibleText.escape(content.dropFirst(before.count), limit: SyntaxError.longestFound)
        guard lead.utf8.count <= 100, !shown.isEmpty else { return ["    found \(error.found)"] }
        return ["    \(shown)", "    \(String(repeating: " ", count: lead.utf8.count))^"]
    }
}
