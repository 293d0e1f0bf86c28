extension FindingExplanation {
    /// What the MX lookup itself says; beside `MXSetRule`.
    static let mxSet: [FindingExplanation] = [
        FindingExplanation(
            .mxImplicit,
            "The domain has no MX record, so its own address takes the mail. Under MTA-STS the domain's own name is "
                + "then the MX host: it must stand in the policy and on the certificate.",
            when: "Nobody by itself; the checks of the domain's own address decide.",
            .always(.info), rfc: "5321 5.1",
            fix: "Publish an MX record that names the host which takes the mail."),
        FindingExplanation(
            .mxRemovedToImplicit,
            "There were MX records and now there are none. Senders fall back to the domain's own address, often a web "
                + "server that takes no mail, or one that is in no policy.",
            hits: [.mtaSTS, .dane, .opportunistic],
            when: "Every sender, as soon as the old MX records have left its cache.",
            .always(.critical), rfc: "5321 5.1",
            fix: "Publish the MX records again. If the change is meant, acknowledge it."),
        FindingExplanation(
            .mxMissing, "The domain exists but has neither an MX record nor an address: there is nowhere to deliver.",
            hits: [.mtaSTS, .dane, .opportunistic], when: "Every sender: mail is returned, mostly at once.",
            .always(.critical), rfc: "5321 5.1",
            fix: "Publish MX records, or a null MX (MX 0 .) if the domain is to take no mail."),
        FindingExplanation(
            .domainMissing, "The name servers say that the domain does not exist (NXDOMAIN).",
            hits: [.mtaSTS, .dane, .opportunistic], when: "Every sender: mail is returned at once.",
            .always(.critical), rfc: "5321 5.1",
            fix: "Check that the registration is paid and that the parent delegates to the right name servers."),
        FindingExplanation(
            .mxNull,
            "The domain publishes a null MX: it says that it takes no mail. That is right for a domain that never "
                + "does, and a disaster for one that did.",
            hits: [.mtaSTS, .dane, .opportunistic],
            when: "Nobody where it always was so (info). Where mail was taken before (critical) every sender returns "
                + "it at once, without a retry.",
            .always(.critical, .info), rfc: "7505 3",
            fix: "Nothing, if no mail is wanted; otherwise replace the null MX by the real MX records."),
        FindingExplanation(
            .mxNullWithOthers,
            "A null MX stands beside other MX records, which the standard forbids. Some senders return all mail, some "
                + "skip the null MX, some try a host with an empty name.",
            hits: [.mtaSTS, .dane, .opportunistic], when: "Some senders of every class, always.",
            .always(.high), rfc: "7505 3",
            fix: "Remove the record MX 0 . and keep the others."),
        FindingExplanation(
            .mxLookupFailed,
            "The zone's servers answer the MX question with an error, such as SERVFAIL. That is not absence: senders "
                + "hold the mail back and ask again.",
            hits: [.mtaSTS, .dane, .opportunistic],
            when: "Every sender whose cache has run out: mail waits, and is returned when the queue's time is over.",
            .always(.critical), rfc: "5321 5.1",
            fix: "Repair the name servers; look for an expired zone, a broken transfer or a wrong delegation."),
        FindingExplanation(
            .mxBogus,
            "The MX records fail DNSSEC validation: a signature is missing, expired or made with a key that the parent "
                + "does not name. Validating resolvers give no answer at all.",
            hits: [.mtaSTS, .dane], when: "Senders behind a validating resolver, now: mail is deferred.",
            .always(.critical), tlsrpt: .dnssecInvalid, rfc: "7672 2.1",
            fix: "Sign the zone again, or remove the DS record at the parent until it is signed."),
    ]
}
