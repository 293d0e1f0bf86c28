extension TestbedDomain {
    /// Every domain of the test bed.
    static let all: [TestbedDomain] = [
        TestbedDomain(
            label: "healthy",
            hosts: [
                // ::1 is one address: the host behind it speaks for the other domain, too.
                Host(label: "mx1", certificate: Certificate(moreNames: ["mx1.deadfamily"]), hasIPv6: true)
            ], hasTLSRPT: true),
        TestbedDomain(
            label: "exim",
            hosts: [Host(label: "mx1", server: .exim, certificate: Certificate(key: .rsa))]),
        TestbedDomain(label: "expired", hosts: [Host(label: "mx1", certificate: Certificate(isExpired: true))]),
        TestbedDomain(
            label: "wrongname",
            hosts: [Host(label: "mx1", certificate: Certificate(name: "mail.elsewhere." + Testbed.zone))]),
        TestbedDomain(
            label: "selfsigned", hosts: [Host(label: "mx1", certificate: Certificate(isSelfSigned: true))]),
        TestbedDomain(label: "plain", hosts: [Host(label: "mx1", certificate: nil)]),
        TestbedDomain(
            label: "eximplain", hosts: [Host(label: "mx1", server: .exim, certificate: nil)]),
        TestbedDomain(
            label: "partial", hosts: [Host(label: "mx1"), Host(label: "mx2", certificate: nil)]),
        TestbedDomain(
            label: "unlisted", hosts: [Host(label: "mx1")], policy: .listing(["old.unlisted." + Testbed.zone])),
        TestbedDomain(label: "notfound", hosts: [Host(label: "mx1")], policy: .notFound),
        TestbedDomain(label: "redirect", hosts: [Host(label: "mx1")], policy: .redirect),
        TestbedDomain(label: "tlsamatch", hosts: [Host(label: "mx1", tlsa: .match)]),
        TestbedDomain(label: "tlsamismatch", hosts: [Host(label: "mx1", tlsa: .mismatch)]),
        // DANE-EE ignores dates and issuer (RFC 7672 3.1.1): one sender class refuses what the other accepts.
        TestbedDomain(
            label: "daneonly",
            hosts: [Host(label: "mx1", certificate: Certificate(isExpired: true, isSelfSigned: true), tlsa: .match)]),
        TestbedDomain(label: "unsigned", zone: .unsigned, hosts: [Host(label: "mx1", tlsa: .match)]),
        TestbedDomain(
            label: "bogusmx", zone: .changed(from: "\tMX\t10 mx1.", to: "\tMX\t10 mx2."), hosts: [Host(label: "mx1")]),
        TestbedDomain(
            label: "bogustlsa", zone: .changed(from: "\tTLSA\t3 1 1 ", to: "\tTLSA\t2 1 1 "),
            hosts: [Host(label: "mx1", tlsa: .match)]),
        TestbedDomain(
            label: "anchor",
            hosts: [Host(label: "mx1", certificate: Certificate(issuer: .intermediate), tlsa: .anchor)]),
        TestbedDomain(label: "rollover", hosts: [Host(label: "mx1", tlsa: .rollover)]),
        TestbedDomain(
            label: "incomplete", hosts: [Host(label: "mx1", certificate: Certificate(issuer: .intermediateNotSent))]),
        TestbedDomain(label: "alias", hosts: [Host(label: "mx1")], exchange: .alias),
        TestbedDomain(label: "implicit", hosts: [Host(label: "")], exchange: .implicit),
        TestbedDomain(label: "null", hosts: [], policy: .listing(["mx1.null." + Testbed.zone]), exchange: .null),
        TestbedDomain(label: "deadfamily", hosts: [Host(label: "mx1", hasIPv6: true, hasIPv4: false)]),
        TestbedDomain(
            label: "legacy",
            hosts: [Host(label: "mx1", server: .exim, certificate: Certificate(key: .rsa), isLegacy: true)]),
        TestbedDomain(
            label: "sni",
            hosts: [
                Host(label: "mx1", server: .exim), Host(label: "mx2", server: .exim, isBehindFirst: true),
            ]),
        TestbedDomain(label: "wrongds", zone: .wrongDS, hosts: [Host(label: "mx1")]),
    ]
}
