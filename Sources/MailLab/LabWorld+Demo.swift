extension LabWorld {
    /// The world of `stswatch demo`: most ways in which a domain can be well, ill, or neither.
    public static let demo = LabWorld(domains: demoDomains, hosts: demoHosts)

    private static let relay = "mx.relay-house.example"

    private static let demoDomains: [LabDomain] = [
        // In order.
        LabDomain("harbour-bank.example", "in order: two MX, two families", mx: ["mx1", "mx2"]),
        LabDomain("alder-clinic.example", "in order, shares one MX host", mx: [relay]),
        LabDomain("birch-clinic.example", "in order, shares the same MX host", mx: [relay]),
        LabDomain(
            "wren-post.example", "in order, wildcard in the policy", mx: ["a", "b"], lists: ["*.wren-post.example"]),
        LabDomain("xn--mnchen-3ya.example", "in order, international name", mx: ["mx1", "mx2"]),
        // In order, with DANE.
        LabDomain("anchor-bank.example", "in order, TLSA of its keys", mx: ["mx1", "mx2"]),
        LabDomain("house-ca.example", "in order, TLSA of the authority", mx: ["mx1"]),
        LabDomain("keel-yard.example", "in order, TLSA and no MTA-STS", mx: ["mx1"], mode: nil),
        // Mail bounces.
        LabDomain("old-mill.example", "certificate expired two days ago", mx: ["mx1"]),
        LabDomain("lark-press.example", "certificate for another name", mx: ["mx1"]),
        LabDomain("own-signed.example", "self-signed certificate", mx: ["mx1"]),
        LabDomain("chain-gap.example", "intermediate not sent", mx: ["mx1"]),
        LabDomain("plain-quay.example", "no STARTTLS", mx: ["mx1"]),
        LabDomain("masked-ball.example", "STARTTLS masked by a firewall", mx: ["mx1"]),
        LabDomain("last-century.test", "TLS 1.1 and older only", mx: ["mx1"]),
        LabDomain("moved-museum.example", "no MX is in the policy", mx: ["mx1"], lists: ["mx1.old-museum.example"]),
        LabDomain("key-turned.example", "key changed, TLSA names the old one", mx: ["mx1"]),
        LabDomain("lapsed-zone.example", "DNSSEC signatures have expired", mx: ["mx1"], signing: .lapsed),
        LabDomain("mute-keeper.example", "SERVFAIL to the TLSA question", mx: ["mx1"]),
        LabDomain("closed-door.test", "the only MX refuses connections", mx: ["mx1"]),
        // Mail will bounce.
        LabDomain("north-quay.example", "certificate expires in five days", mx: ["mx1"]),
        LabDomain("half-bridge.example", "one MX of two without STARTTLS", mx: ["mx1", "mx2"]),
        // Defects that hide the next failure.
        LabDomain("grand-hotel.example", "policy file 404", mx: ["mx1"], policy: .notFound),
        LabDomain("typo-travel.example", "policy with a syntax error", mx: ["mx1"], policy: typo),
        LabDomain("round-trip.example", "policy host redirects", mx: ["mx1"], policy: .redirect(to: elsewhereURL)),
        LabDomain("web-lapsed.example", "policy host certificate expired", mx: ["mx1"], policyCertificate: .expired),
        LabDomain("two-minds.example", "two _mta-sts records", mx: ["mx1"], records: twoRecords),
        LabDomain("test-kitchen.example", "mode testing, one MX would fail", mx: ["mx1", "mx2"], mode: "testing"),
        LabDomain("no-report.example", "no TLSRPT record", mx: ["mx1"], tlsrpt: []),
        LabDomain("odd-banner.test", "control characters in the banner", mx: ["mx1"]),
        LabDomain("unsigned.test", "TLSA in an unsigned zone", mx: ["mx1"], signing: .unsigned),
        LabDomain("half-anchor.example", "TLSA for one MX of two", mx: ["mx1", "mx2"]),
        LabDomain("old-usage.example", "TLSA of a usage that mail does not know", mx: ["mx1"]),
        LabDomain("slow-river.test", "the MX says nothing", mx: ["mx1"]),
        // Nothing to protect.
        LabDomain("quiet-abbey.example", "mode none", mx: ["mx1"], mode: "none"),
        LabDomain("open-fields.example", "no MTA-STS", mx: ["mx1"], mode: nil, tlsrpt: []),
        LabDomain("no-mail.example", "null MX: takes no mail", mx: ["."], mode: nil, tlsrpt: []),
    ]

    /// Only the hosts that are not simply in order.
    private static let demoHosts: [LabHost] = [
        LabHost("mx1.harbour-bank.example", hasIPv6: true),
        LabHost("mx2.harbour-bank.example", addressCount: 2),
        LabHost("mx1.old-mill.example", certificate: .expired),
        LabHost("mx1.lark-press.example", certificate: .named("mail.lark-print.example")),
        LabHost("mx1.own-signed.example", certificate: .selfSigned),
        LabHost("mx1.chain-gap.example", certificate: .incomplete),
        LabHost("mx1.plain-quay.example", .noSTARTTLS),
        LabHost("mx1.masked-ball.example", .masked),
        LabHost("mx1.last-century.test", .legacyOnly),
        LabHost("mx1.closed-door.test", .refused),
        LabHost("mx1.north-quay.example", certificate: .expiring(inDays: 5)),
        LabHost("mx2.half-bridge.example", .noSTARTTLS),
        LabHost("mx2.test-kitchen.example", certificate: .named("mx1.test-kitchen.example")),
        LabHost("mx1.odd-banner.test", banner: oddBanner),
        LabHost("mx1.anchor-bank.example", tlsa: [.key]),
        LabHost("mx2.anchor-bank.example", tlsa: [.key]),
        LabHost("mx1.house-ca.example", tlsa: [.authority]),
        LabHost("mx1.keel-yard.example", certificate: .selfSigned, tlsa: [.key]),
        LabHost("mx1.key-turned.example", tlsa: [.key], keyChanges: 1),
        LabHost("mx1.mute-keeper.example", tlsa: [.key], tlsaFault: .code(2)),
        LabHost("mx1.unsigned.test", tlsa: [.key]),
        LabHost("mx1.half-anchor.example", tlsa: [.key]),
        LabHost("mx1.old-usage.example", tlsa: [.unusable]),
        LabHost("mx1.slow-river.test", .silent),
    ]

    /// Line 3 has a host with a trailing dot.
    private static let typo = LabPolicyReply.policy("enforce", mx: ["mx1.typo-travel.example."])
    private static let elsewhereURL = "https://www.round-trip.example/mta-sts.txt"
    private static let twoRecords = ["v=STSv1; id=20250101T1;", "v=STSv1; id=20260101T1;"]
    /// Would set the title, clear the screen, ring the bell and turn the line around, were it shown raw.
    private static let oddBanner = "mx1\u{1b}]0;owned\u{7}\u{1b}[2J\u{8}\u{202e}TTLS\u{9b}31m ESMTP"
}
