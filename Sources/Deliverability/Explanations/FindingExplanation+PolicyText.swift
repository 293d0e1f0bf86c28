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
            "Known senders do not read the policy alike: some put to use what is invalid by the standard, or read "
                + "another policy out of a valid one, some reject it. Each enforces what it reads; the worst of the "
                + "readings decides the state. The finding names who reads what, and who rejects it.",
            hits: [.mtaSTS], when: "Each sender by what it reads; those that reject it go unprotected.",
            SeverityByMode(enforce: [.warning], testing: [.warning], unenforced: [.warning, .info]),
            tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2",
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
            .policyBelowExpectation,
            "The watch list says `expect=` and the domain has less: no policy, one that cannot be had, or a weaker mode.",
            when: "Nobody's mail; the protection that you count on is not there.", .always(.warning), rfc: "8461 3.2",
            fix: "Publish the policy in the mode that is expected, or change `expect=` in the watch list."),
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
