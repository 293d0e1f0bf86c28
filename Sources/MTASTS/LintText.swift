/// Pieces that the text reports of policies and records share.
enum LintText {
    static func findings(_ findings: [LintRemark]) -> [String] {
        guard !findings.isEmpty else { return [] }
        return ["", "Findings"]
            + findings.map { finding in
                let place = finding.line.map { "line \($0): " } ?? ""
                return "  \(pad(finding.severity.rawValue, 8)) \(place)\(finding.text) [\(finding.code.rawValue)]"
            }
    }

    static func hosts(_ hosts: [MXCoverage]) -> [String] {
        guard !hosts.isEmpty else { return [] }
        let width = hosts.map(\.host.text.utf8.count).max() ?? 0
        return ["", "MX hosts"]
            + hosts.map { host in
                let by = zip(host.patterns, host.lines).map { "\($0) (line \($1))" }.joined(separator: ", ")
                return "  \(pad(host.host.text, width)) \(host.isCovered ? "covered by \(by)" : "NOT covered")"
            }
    }

    /// Seconds as whole days, hours or minutes, whichever is the greatest that fits.
    static func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h"
        case ..<172_800: "1 day"
        default: "\(seconds / 86_400) days"
        }
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}
