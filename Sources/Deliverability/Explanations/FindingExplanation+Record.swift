extension FindingExplanation {
    /// The policy record `_mta-sts`; beside `RecordRule`.
    static let record: [FindingExplanation] = [
        FindingExplanation(
            .recordMissing,
            "There is no policy record at _mta-sts, so the domain takes no part in MTA-STS: mail flows, and an "
                + "attacker between the servers can strip the encryption.",
            when: "Nobody: mail is delivered without this protection.", .always(.info), rfc: "8461 3.1",
            fix: "Serve a policy in mode testing, then publish the TXT record v=STSv1; id=... at _mta-sts."),
        FindingExplanation(
            .recordRemoved,
            "A valid policy record was there and is gone, while copies of the policy are still held. Their holders go "
                + "on to enforce them and can no longer learn of a change.",
            hits: [.cached],
            when:
                "Holders of a cached policy, until their copies run out, if anything is changed. Critical where a copy "
                + "refuses an MX host of today.",
            .always(.critical, .warning), rfc: "8461 8.3",
            fix: "Publish the record again. To end MTA-STS: serve mode none with a small max_age under a new id, wait "
                + "until all copies have run out, then remove record and host."),
        FindingExplanation(
            .recordInvalid,
            "The policy record does not follow the grammar; a common reason is an id that is missing or holds other "
                + "characters than letters and digits. Senders act as if there was no record.",
            hits: [.mtaSTS], when: "Senders without a cached policy go unprotected; the others cannot see changes.",
            .always(.warning), tlsrpt: .stsPolicyInvalid, rfc: "8461 3.1",
            fix: "Write it as v=STSv1; id=20260131T1 (id: 1 to 32 letters and digits)."),
        FindingExplanation(
            .recordMultiple,
            "Several TXT records at _mta-sts begin with v=STSv1;. Senders then must act as if there was none.",
            hits: [.mtaSTS], when: "Senders without a cached policy go unprotected; the others cannot see changes.",
            .always(.warning), tlsrpt: .stsPolicyInvalid, rfc: "8461 3.1",
            fix: "Leave exactly one record that begins v=STSv1;."),
        FindingExplanation(
            .recordLenient,
            "The record has a blank before its first semicolon. The grammar allows it, the text beside the grammar "
                + "discards it, and senders follow the one or the other.",
            hits: [.mtaSTS], when: "Senders that discard it go unprotected.", .always(.warning), rfc: "8461 3.1",
            fix: "Remove the blank before the first semicolon."),
        FindingExplanation(
            .recordLookupFailed,
            "The zone's servers answer the question for _mta-sts with an error. That is not absence: senders that hold "
                + "a copy keep it, the others cannot see that there is a policy.",
            hits: [.mtaSTS], when: "Senders without a cached policy go unprotected while it lasts.",
            .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.1",
            fix: "Repair the zone's name servers, or the target if _mta-sts is delegated by a CNAME."),
    ]
}
