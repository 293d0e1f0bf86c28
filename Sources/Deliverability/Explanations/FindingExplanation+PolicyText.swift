extension FindingExplanation {
    /// What the policy's text says; beside `PolicyTextRule`.
    static let policyText: [FindingExplanation] = [
        FindingExplanation(
            .policyInvalid,
            "The policy file leaves the grammar; the finding names the line, the column, what stood there and what was "
                + "expected. Strict senders act as if there was no policy.",
            hits: [.mtaSTS], when: "Senders without a copy go unprotected; the others keep theirs until it runs out.",
            .always(.warning), tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2",
            fix: "Correct the line; run stswatch lint on the file before you publish it."),
        FindingExplanation(
            .policyAmbiguous,
            "The policy is invalid by the standard, yet known senders read it all the same. They enforce what they "
                + "read, others see no policy; the worse of the two decides the state.",
            hits: [.mtaSTS], when: "Senders that read it leniently enforce it, all others go unprotected.",
            .always(.warning), tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2",
            fix: "Correct the file; stswatch lint names the senders that differ."),
        FindingExplanation(
            .policyMaxAgeShort,
            "max_age is under one day. An attacker who blocks the fetch for so short a time has outlived every copy, "
                + "and the policy protects nobody.",
            hits: [.mtaSTS], when: "Nobody's mail; the protection is weak.",
            SeverityByMode(enforce: [.warning], testing: [.info], unenforced: []), rfc: "8461 3.2",
            fix: "Raise max_age to weeks, then change the id."),
        FindingExplanation(
            .policyMaxAgeZero,
            "max_age is 0: no sender keeps the policy, so every fetch that fails ends the protection.",
            hits: [.mtaSTS], when: "Nobody's mail; there is next to no protection.",
            SeverityByMode(enforce: [.warning], testing: [.info], unenforced: []), rfc: "8461 3.2",
            fix: "Raise max_age to weeks, then change the id."),
        FindingExplanation(
            .policyTesting,
            "The policy is in mode testing: senders report what fails and deliver all the same. The finding says what "
                + "enforce would do with what is seen today.",
            hits: [.mtaSTS], when: "Nobody. A warning where enforce would refuse some or all MX hosts, else info.",
            SeverityByMode(enforce: [], testing: [.warning, .info], unenforced: []), rfc: "8461 5",
            fix: "Repair what fails; when every check passes, serve mode enforce and then change the id."),
    ]

    /// Where failure reports go; beside `TLSRPTRule`.
    static let tlsrpt: [FindingExplanation] = [
        FindingExplanation(
            .tlsrptMissing,
            "The domain takes part in MTA-STS or DANE and publishes no address for TLS reports: when senders refuse, "
                + "nobody tells you.",
            when: "Nobody.", .always(.info), rfc: "8460 3",
            fix: "Publish v=TLSRPTv1; rua=mailto:tls@example.com as a TXT record at _smtp._tls."),
        FindingExplanation(
            .tlsrptInvalid, "The record at _smtp._tls does not follow the grammar, so no reports are sent.",
            when: "Nobody.", .always(.info), rfc: "8460 3",
            fix: "Write it as v=TLSRPTv1; rua=mailto:tls@example.com (mailto: or https: addresses)."),
        FindingExplanation(
            .tlsrptMultiple, "Several records at _smtp._tls begin with v=TLSRPTv1;. Senders act as if there was none.",
            when: "Nobody.", .always(.info), rfc: "8460 3", fix: "Leave exactly one; put all addresses in its rua."),
    ]
}
