/// Judges a policy file before it is published.
public enum PolicyLint {
    /// Reads the file and, where MX hosts are given, tells which of them it covers.
    public static func lint(_ bytes: [UInt8], mxHosts: [DomainName] = []) -> PolicyLintReport {
        let result = STSPolicyParser.parse(bytes)
        let patterns = result.fields.mx.compactMap { value in
            (try? MXPattern.read(value.bytes[...]).get()).map { (pattern: $0, line: value.line) }
        }
        let hosts = mxHosts.map { host in
            let covering = patterns.filter { $0.pattern.matches(host) }
            return MXCoverage(host: host, patterns: covering.map(\.pattern.text), lines: covering.map(\.line))
        }
        let mode = result.fields.mode.flatMap { STSPolicy.Mode(rawValue: $0.text) }
        let remarks =
            result.remarks + split(result) + uncovered(hosts, mode: mode)
            + (hosts.isEmpty ? [] : unused(patterns, mxHosts))
        return PolicyLintReport(
            isValid: result.isValid, mode: result.fields.mode?.text, maxAge: age(result.fields.maxAge),
            mx: result.fields.mx.map(\.text), errors: result.errors, furtherErrors: result.furtherErrors,
            findings: remarks.inOrder, hosts: hosts)
    }

    private static func age(_ value: PolicyFields.Value?) -> PolicyLintReport.MaxAge? {
        guard let value else { return nil }
        let isNumber = value.bytes.count <= 10 && value.bytes.allSatisfy(\.isDigit)
        return isNumber ? Int(value.text).map { .seconds($0) } : .text(value.text)
    }

    private static func split(_ result: STSPolicyResult) -> [LintRemark] {
        let all = result.disagreements
        guard !all.isEmpty else { return [] }
        let rejecting = all.filter { !$0.accepts }.map(\.sender)
        guard result.isValid else {
            guard result.isAmbiguous else { return [] }
            let accepting = all.compactMap { one in one.reading.map { "\(one.sender) (mode \($0.mode.rawValue))" } }
            let refusal = rejecting.isEmpty ? "" : "; rejected by \(rejecting.joined(separator: ", "))"
            return [
                LintRemark(
                    .ambiguous, .warning, "senders split: put to use by \(accepting.joined(separator: ", "))\(refusal)")
            ]
        }
        let other = all.filter { $0.differs && $0.accepts }.map(\.sender)
        let parts = [
            rejecting.isEmpty ? nil : "rejected by \(rejecting.joined(separator: ", "))",
            other.isEmpty ? nil : "read otherwise by \(other.joined(separator: ", "))",
        ]
        return [LintRemark(.ambiguous, .warning, "senders split: " + parts.compactMap { $0 }.joined(separator: "; "))]
    }

    private static func uncovered(_ hosts: [MXCoverage], mode: STSPolicy.Mode?) -> [LintRemark] {
        let open = hosts.filter { !$0.isCovered }
        guard !open.isEmpty else { return [] }
        func severity(_ enforced: LintRemark.Severity) -> LintRemark.Severity {
            switch mode {
            case .enforce, nil: enforced
            case .testing: .warning
            case .some(.none): .info
            }
        }
        if open.count == hosts.count {
            return [
                LintRemark(
                    .mxNoneListed, severity(.critical),
                    "no line covers any of the MX hosts: enforcing senders refuse all")
            ]
        }
        return open.map { LintRemark(.mxUnlisted, severity(.high), "no line covers the MX host \($0.host)") }
    }

    private static func unused(
        _ patterns: [(pattern: MXPattern, line: Int)], _ hosts: [DomainName]
    ) -> [LintRemark] {
        patterns.filter { one in !hosts.contains { one.pattern.matches($0) } }.map {
            LintRemark(.mxUnused, .info, line: $0.line, "`\($0.pattern)` covers none of the MX hosts")
        }
    }
}
