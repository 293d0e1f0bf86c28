extension FindingExplanation {
    /// What was changed about the policy; beside `PolicyChangeRule`.
    static let policyChange: [FindingExplanation] = [
        FindingExplanation(
            .policyIDChangedSameBody,
            "The id of the TXT record was changed and the policy file was not. That is harmless by itself. If the file "
                + "is changed afterwards it was the wrong order: senders have fetched the old file under the new id.",
            when: "Nobody; told for one day.", .always(.info), rfc: "8461 3.3",
            fix: "Nothing, if the file stays; else serve the new file and then change the id once more."),
        FindingExplanation(
            .policyIDReused,
            "An id returned that stood for another policy before. A sender that did not look in between takes its old "
                + "copy for the one that this id names, and keeps it.",
            hits: [.cached], when: "Senders that hold the old body and did not look while another id stood.",
            .always(.warning), rfc: "8461 3.1",
            fix: "Publish an id that was never used, such as the date and time."),
        FindingExplanation(
            .policyEnforcedUnready,
            "The policy went to mode enforce while an MX host fails its checks: what was reported in testing is "
                + "refused now.",
            hits: [.mtaSTS, .cached], when: "Every sender that honours the policy. Critical where no MX host passes.",
            SeverityByMode(enforce: [.critical, .high], testing: [], unenforced: []), tlsrpt: .validationFailure,
            rfc: "8461 5",
            fix: "Go back to mode testing under a new id, repair the hosts, and enforce when every check passes."),
        FindingExplanation(
            .policyNarrowed,
            "A line was taken out of the policy, or mistyped, while its host is still an MX. Senders that fetch the "
                + "new file pass the host over.",
            hits: [.mtaSTS, .cached],
            when: "Every sender from its next fetch on. Critical where no MX host is listed any more.",
            .byMode(.critical, .high), tlsrpt: .validationFailure, rfc: "8461 4.1",
            fix: "Put the line back, then change the id; take a line out only after its MX record is gone."),
        FindingExplanation(
            .policyWithdrawnUnsafely,
            "The policy went to mode none in a way that some senders do not learn of: the id is still the same, or "
                + "the file has no mx line and they reject it. They go on to enforce their copy.",
            hits: [.cached], when: "Holders of the old policy, until the date of the finding, if an MX host changes.",
            .always(.warning), rfc: "8461 8.3",
            fix: "Serve mode none with the old mx lines and a small max_age under a new id; wait until all copies have "
                + "run out before you remove record and host or change an MX."),
        FindingExplanation(
            .policyMaxAgeRaised,
            "max_age was raised: from now on a mistake in the policy binds whoever fetched it for longer.",
            when: "Nobody; told for two days.",
            SeverityByMode(enforce: [.info], testing: [.info], unenforced: []), rfc: "8461 3.2",
            fix: "Nothing, if it is meant. Raise it only when the policy has been right for a while."),
        FindingExplanation(
            .policyDelegationChanged,
            "The CNAME of the policy record or of the policy host points elsewhere, or is gone. Whoever runs the target "
                + "says which policy the domain has.",
            hits: [.mtaSTS], when: "Nobody by itself; told for three days, or until it is acknowledged.",
            .always(.warning), rfc: "8461 8.2",
            fix: "Restore the CNAME, or acknowledge the change if you made it."),
    ]

    /// What was changed about the MX set; beside `MXChangeRule`.
    static let mxChange: [FindingExplanation] = [
        FindingExplanation(
            .mxRenamed,
            "An MX host has a new name at the same address. Certificate and policy go by the name, so both must "
                + "follow.",
            when: "Nobody by itself; the checks of the new name decide. Told for a week.", .always(.info),
            rfc: "8461 4.1",
            fix: "Let the certificate cover the new name and the policy list it; keep the old line while copies of the "
                + "policy are held.")
    ]
}
