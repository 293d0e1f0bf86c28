/// Remarks on the patterns of a policy: those that match too much, or never match.
enum MXRemarks {
    /// Zones in which every customer of a provider has a host.
    private static let sharedZones = [
        "mail.protection.outlook.com", "mail.eo.outlook.com", "mx.microsoft", "mx.cloudflare.net",
    ]

    /// Wildcards that are one label short of the provider's hosts: the zone, a host it covers, a host it does not.
    private static let shallow: [(zone: String, never: String)] = [
        ("google.com", "aspmx.l.google.com"),
        ("outlook.com", "example-com.mail.protection.outlook.com"),
        ("protection.outlook.com", "example-com.mail.protection.outlook.com"),
        ("microsoft", "example-com.a-v1.mx.microsoft"),
        ("cloudflare.net", "route1.mx.cloudflare.net"),
        ("pphosted.com", "mxa-00000000.gslb.pphosted.com"),
    ]

    private static let submissionHosts: Set<String> = [
        "smtp.gmail.com", "smtp.office365.com", "smtp-mail.outlook.com", "smtp.mail.yahoo.com", "smtp.mail.me.com",
    ]

    private static let placeholderLabels: Set<String> = [
        "yourdomain", "your-domain", "your_domain", "your-email-server", "mydomain", "domainname",
    ]

    static func all(_ mx: [(pattern: MXPattern, line: Int)]) -> [LintRemark] {
        var remarks: [LintRemark] = []
        var firstLines: [String: Int] = [:]
        for (pattern, line) in mx {
            let key = (pattern.isWildcard ? "*." : "") + pattern.name.text
            if let first = firstLines[key] {
                remarks.append(
                    LintRemark(.mxDuplicate, .info, line: line, "mx `\(pattern)` again: it is on line \(first)"))
                continue
            }
            firstLines[key] = line
            remarks += of(pattern).map { LintRemark($0.code, $0.severity, line: line, $0.text) }
        }
        if let upper = mx.first(where: { $0.pattern.text.utf8.contains(where: \.isUppercase) }) {
            remarks.append(
                LintRemark(.mxUpperCase, .info, line: upper.line, "mx in upper case (names are compared without case)"))
        }
        return remarks
    }

    private static func of(_ pattern: MXPattern) -> [LintRemark] {
        let name = pattern.name.text
        let labels = pattern.name.labels
        var remarks: [LintRemark] = []
        if !pattern.isWildcard, labels.last?.utf8.allSatisfy(\.isDigit) == true {
            remarks.append(
                LintRemark(.mxAddress, .warning, "mx `\(pattern)` is an address: no MX host has such a name"))
        } else if !pattern.isWildcard, labels.count == 1 {
            remarks.append(
                LintRemark(.mxSingleLabel, .warning, "mx `\(pattern)` has one label: it likely matches no MX"))
        }
        if labels.contains(where: { placeholderLabels.contains(String($0)) })
            || ["example.com", "example.net", "example.org"].contains(where: { isAtOrBelow(name, $0) })
        {
            remarks.append(LintRemark(.mxPlaceholder, .warning, "mx `\(pattern)` is a placeholder"))
        }
        if submissionHosts.contains(name) {
            remarks.append(
                LintRemark(.mxSubmissionHost, .warning, "mx `\(pattern)` takes mail from users: it is no MX"))
        }
        if name.hasSuffix(".mx-verification.google.com") {
            remarks.append(
                LintRemark(.mxVerificationHost, .info, "mx `\(pattern)` proves a domain to Google: no mail goes there"))
        }
        if pattern.isWildcard {
            remarks += wildcard(pattern)
        } else if name.hasSuffix(".mail.protection.outlook.com"), labels.count > 5 {
            let fixed = labels.dropLast(4).joined(separator: "-")
            remarks.append(
                LintRemark(
                    .mxMicrosoftDots, .warning,
                    "mx `\(pattern)` has dots where Microsoft uses hyphens: `\(fixed).mail.protection.outlook.com`?"))
        }
        return remarks
    }

    private static func wildcard(_ pattern: MXPattern) -> [LintRemark] {
        let name = pattern.name.text
        if sharedZones.contains(where: { isAtOrBelow(name, $0) }) {
            return [
                LintRemark(
                    .mxSharedWildcard, .info,
                    "`\(pattern)` also covers the hosts of every other customer of that provider")
            ]
        }
        guard let zone = shallow.first(where: { $0.zone == name }) else { return [] }
        return [
            LintRemark(
                .mxWildcardDepth, .warning,
                "`\(pattern)` covers one label only: never `\(zone.never)`")
        ]
    }

    private static func isAtOrBelow(_ name: String, _ zone: String) -> Bool {
        name == zone || name.hasSuffix("." + zone)
    }
}
