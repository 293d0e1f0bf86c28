import MTASTS

/// A policy file, read to the letter and as every known sender reads it.
enum PolicyFuzzer {
    private static let hosts = ["mail.example.com", "mx1.example.net", "example.org"].compactMap { DomainName($0) }

    static func run(_ input: [UInt8]) {
        let result = STSPolicyParser.parse(input)
        var lengths = input.split(separator: 0x0a, omittingEmptySubsequences: false).map(\.count)
        if lengths.last == 0 { lengths.removeLast() }
        demandPlaces(result.errors, lengths: lengths)
        demand(result.errors.count <= STSPolicyParser.mostErrors, "no more errors than promised")
        demand(result.errors.count == STSPolicyParser.mostErrors || result.furtherErrors == 0, "the rest is a rest")
        demand(result.isValid == result.errors.isEmpty, "valid where there is no error, and only there")
        demandRemarks(result.remarks, lines: max(1, lengths.count))
        for value in [result.fields.version, result.fields.mode, result.fields.maxAge] + result.fields.mx {
            demandPrintable(value?.text ?? "", "a value")
        }
        if let policy = result.policy { demandStable(policy, input) }
        demandReadings(result)
        let report = PolicyLint.lint(input, mxHosts: hosts)
        demandPrintable(report.text(name: "policy", source: input), lines: true, "the report")
        demand(report.isValid == result.isValid, "the linter and the parser agree")
        demand(report.hosts.map(\.host) == hosts, "the linter tells of each host asked about")
    }

    /// A valid file means the same when it is written anew, and with other line ends.
    private static func demandStable(_ policy: STSPolicy, _ input: [UInt8]) {
        demand((0...STSPolicy.greatestMaxAge).contains(policy.maxAge), "max_age within its bounds")
        demand(policy.mode == .none || !policy.mx.isEmpty, "a policy in force has a pattern")
        let mx = policy.mx.map { "mx: \($0.text)\n" }.joined()
        let text = "version: STSv1\nmode: \(policy.mode.rawValue)\nmax_age: \(policy.maxAge)\n\(mx)"
        demand(STSPolicyParser.parse(Array(text.utf8)).policy == policy, "a policy written anew reads the same")
        if !input.contains(0x0d) {
            let lines = input.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
            demand(
                lines.count > STSPolicyParser.greatestSize || STSPolicyParser.parse(lines).policy == policy,
                "LF and CRLF mean the same")
        }
    }

    private static func demandReadings(_ result: STSPolicyResult) {
        for one in result.disagreements {
            demand(one.accepts == (one.reading != nil), "who accepts has a reading")
            demand(
                one.reading.map { (0...STSPolicy.greatestMaxAge).contains($0.maxAge) } ?? true,
                "every reading's max_age is within its bounds")
        }
        let worst = result.lenient
        demand((worst != nil) == result.isAmbiguous, "an ambiguous file has a lenient reading")
    }
}
