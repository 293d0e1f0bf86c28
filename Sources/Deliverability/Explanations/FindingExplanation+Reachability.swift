extension FindingExplanation {
    /// Whether each MX host has addresses and each address answers; beside `ReachabilityRule`.
    static let reachability: [FindingExplanation] = [
        FindingExplanation(
            .mxNoAddress,
            "The MX host has neither an A nor an AAAA record, or the lookup of both is answered with an error: nobody "
                + "can connect to it.",
            hits: [.mtaSTS, .dane, .opportunistic],
            when: "Every sender that picks this host; all mail where it is the only one.",
            .always(.high), rfc: "5321 5.1", fix: "Give the host an address, or remove its MX record."),
        FindingExplanation(
            .mxUnreachable,
            "No address of this MX host takes mail: the connection is refused, times out, or is greeted with an "
                + "error.",
            hits: [.mtaSTS, .cached, .dane, .opportunistic],
            when: "Every sender that picks this host; senders go on to the next one where there is one.",
            .always(.high), rfc: "5321 5.1",
            fix: "Bring the host back, or remove its MX record; look at the firewall for port 25."),
        FindingExplanation(
            .addressUnreachable,
            "One address of the MX host does not answer while another one does; often a dead IPv6 side. Senders that "
                + "try it first lose time, and some give up.",
            hits: [.mtaSTS, .cached, .dane, .opportunistic],
            when: "Senders that pick this address: a delay, and a failure once the other address is down.",
            .always(.high), rfc: "5321 5.1",
            fix: "Let the address answer on port 25, or remove its A or AAAA record."),
        FindingExplanation(
            .addressSpecialUse,
            "The address is private, loopback, link-local or otherwise not for the public Internet. It was not "
                + "connected to: a watched name must not turn this program into a scanner of an inner network.",
            hits: [.mtaSTS, .dane, .opportunistic], when: "Every sender outside: it cannot reach this address.",
            .always(.high), rfc: "6890 2.2",
            fix: "Publish a public address. To watch an inner network on purpose: --allow-private."),
        FindingExplanation(
            .mxCNAME,
            "The MX record names an alias. The standard forbids it; most senders follow it, some refuse, and the "
                + "policy is matched against the name in the MX record, not the target.",
            hits: [.opportunistic], when: "The few senders that refuse an alias, always.",
            .always(.warning), rfc: "5321 5.1",
            fix: "Let the MX record name a host that has A and AAAA records of its own."),
        FindingExplanation(
            .mxBeyondLimit,
            "The first five addresses in order of preference are all refused, and a good one comes after them. "
                + "Postfix tries five addresses by default and never comes to it.",
            hits: [.mtaSTS, .cached], when: "Senders with such a limit that honour the policy, now.",
            .byMode(.warning), rfc: "5321 5.1",
            fix: "Give the good MX host a better preference, or repair the hosts before it."),
        FindingExplanation(
            .nameserversDisagree,
            "The name servers of the zone, each asked by itself twice, give different answers for the MX records, the "
                + "policy record or TLSA records: a secondary that no longer follows, or a zone kept in two places. Which "
                + "answer a sender gets is chance.",
            hits: [.mtaSTS, .dane, .opportunistic],
            when: "Senders that happen to ask the server that is wrong, at random.",
            .always(.high, .warning), rfc: "1034 4.3.5",
            fix: "Bring all name servers to the same version of the zone: look at the serial in the SOA and at the "
                + "transfers, then at servers that no longer belong to the zone."),
        FindingExplanation(
            .mxNotAllChecked,
            "There are more MX hosts, or more addresses of one host, than are looked at here (20 hosts, 10 addresses "
                + "of each, the most preferred first). What is beyond is not judged: no name may make this program "
                + "knock on hundreds of doors.",
            when: "Nobody. Where all that was looked at is refused, a sender that tries hundreds may still find a way.",
            .always(.warning, .info), rfc: "5321 5.1",
            fix: "Nothing has to be done; senders try a handful of addresses, so fewer would serve as well."),
    ]
}
