extension FindingExplanation {
    /// The MX set against the policy, and how many hosts are left; beside `MXListedRule`.
    static let mxListed: [FindingExplanation] = [
        FindingExplanation(
            .mxNoneListed,
            "No MX host matches any mx line of the policy, so under enforce there is no host left to deliver to. "
                + "Either the MX records were changed without the policy, or somebody hijacked them.",
            hits: [.mtaSTS, .cached], when: "Every sender that honours the policy, now: mail waits, then bounces.",
            .byMode(.critical), tlsrpt: .validationFailure, rfc: "8461 4.1",
            fix: "If the MX hosts are yours, add an mx line for each to the policy file, then change the id of the TXT "
                + "record. If they are not, restore the MX records."),
        FindingExplanation(
            .mxUnlisted,
            "This MX host matches no mx line of the policy, while others do. Senders that honour the policy pass it "
                + "over. A wildcard covers exactly one label: *.example.com does not cover a.b.example.com.",
            hits: [.mtaSTS, .cached],
            when: "Senders that pick this host; all of them once the listed hosts are down. For the least preferred "
                + "host it is a warning.",
            .byMode(.high, .warning), tlsrpt: .validationFailure, rfc: "8461 4.1",
            fix: "Add an mx line for the host to the policy file, then change the id; or remove the MX record."),
        FindingExplanation(
            .mxOnlyUnlistedReachable,
            "Every MX host that the policy lists is down, and one that it does not list answers. This is what an "
                + "attacker who can block hosts and forge MX records would arrange.",
            hits: [.mtaSTS, .cached],
            when: "Enforcing senders defer now; all others deliver to the host that is not listed.",
            .byMode(.critical), tlsrpt: .validationFailure, rfc: "8461 10.2",
            fix: "Bring a listed MX host back. If the other host is not yours, treat it as a hijack of the zone."),
        FindingExplanation(
            .mxLastUsable,
            "Of several MX hosts only one passes every check of an enforcing sender. Mail flows, and the next failure "
                + "is total.",
            hits: [.mtaSTS, .cached], when: "Nobody yet: senders that honour the policy, when the last host fails.",
            .byMode(.warning), rfc: "8461 5",
            fix: "Repair the other hosts: list them, turn STARTTLS on, renew their certificates."),
        FindingExplanation(
            .policyMXUnused,
            "A line of the policy matches no MX record of today. It may be an address, which matches nothing, a "
                + "wildcard at the wrong depth, which stands for exactly one label, a line for a host that is planned "
                + "or kept in reserve, left over, or mistyped. The finding says which.",
            when: "Nobody.", .always(.info), rfc: "8461 4.1",
            fix: "Write the name of the MX host that is meant, or remove the line; then change the id."),
    ]
}
