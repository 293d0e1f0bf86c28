extension FindingExplanation {
    private static let some = " Where the MX records are unsigned only some of them look at TLSA."

    /// TLSA records against what the servers show; beside `DANERule`.
    static let dane: [FindingExplanation] = [
        FindingExplanation(
            .daneMismatch,
            "No usable TLSA record matches the key or chain that the host shows. Mostly the key was changed at a "
                + "renewal and the record was not.",
            hits: [.dane], when: "DANE senders defer at this host now." + some, .always(.critical),
            tlsrpt: .tlsaInvalid, rfc: "7672 2.2",
            fix: "Publish a record for the key in use (3 1 1), or put the old key back. At the next change publish the "
                + "new record first and wait twice its TTL."),
        FindingExplanation(
            .daneLookupFailed,
            "The address of the MX host is signed, and the name servers answer the TLSA question with an error. A "
                + "sender must not take that for absence.",
            hits: [.dane], when: "DANE senders defer at this host now." + some, .always(.critical),
            tlsrpt: .dnssecInvalid, rfc: "7672 2.1.2",
            fix: "Repair the name servers: they must answer TLSA questions, if only with a signed denial."),
        FindingExplanation(
            .daneBogus, "The addresses or TLSA records of the MX host fail DNSSEC validation.",
            hits: [.dane], when: "DANE senders defer at this host now." + some, .always(.critical),
            tlsrpt: .dnssecInvalid, rfc: "7672 2.1.1",
            fix: "Sign the zone again, or remove the DS record at the parent until it is signed."),
        FindingExplanation(
            .daneUnusable,
            "All TLSA records are of a kind that mail cannot use, such as usage 0 or 1, or a digest of the wrong "
                + "length. Senders ask for TLS and authenticate nothing.",
            hits: [.dane], when: "DANE senders deliver over TLS to whoever answers.", .always(.high),
            tlsrpt: .tlsaInvalid, rfc: "7672 3.1", fix: "Publish a usable record: 3 1 1 or 2 1 1."),
        FindingExplanation(
            .daneInsecure, "TLSA records are published in a zone that is not signed: every sender ignores them.",
            when: "Nobody; the records give no protection.", .always(.warning), rfc: "7672 2.2",
            fix: "Sign the zone, or remove the records."),
        FindingExplanation(
            .danePartial,
            "Some MX hosts have TLSA records and some have none. An attacker who can block hosts steers mail to the "
                + "one without.",
            hits: [.dane], when: "Nobody's mail; DANE senders are protected at some hosts only.", .always(.warning),
            rfc: "7672 2.2", fix: "Publish TLSA records for every MX host."),
        FindingExplanation(
            .dnssecSignatureExpiring,
            "A DNSSEC signature on which mail rests (MX, policy record, addresses, TLSA) is in the last tenth of its "
                + "life, three days at most. Signers renew earlier: this one has stopped.",
            hits: [.mtaSTS, .dane],
            when: "Every sender whose resolver validates, from the moment at which the signature ends.",
            .always(.warning), tlsrpt: .dnssecInvalid, rfc: "4034 3.1.5",
            fix: "Let the zone be signed again, and see why its signer stopped."),
    ]

    /// The watcher itself.
    static let watcher: [FindingExplanation] = [
        FindingExplanation(
            .networkSuspect,
            "Most of what is watched fails at the same time, or the resolver is dead: the trouble is most likely here. "
                + "The last states are kept and grow older until the network is back.",
            when: "Nobody that is known; nothing is believed about others while it lasts.", .always(.info), rfc: "-",
            fix: "Look at this machine's network, its resolver, and whether its provider blocks port 25."),
        FindingExplanation(
            .clockSuspect,
            "Several policy hosts give another time than this machine, by the same minutes: its clock is most likely "
                + "wrong. Whether a certificate has expired is judged by that clock.",
            when: "Nobody; verdicts that rest on a date may be wrong while it lasts.", .always(.info), rfc: "-",
            fix: "Set this machine's clock, and see why it is not kept right (NTP)."),
    ]
}
