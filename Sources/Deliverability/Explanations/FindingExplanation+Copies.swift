extension FindingExplanation {
    /// What the copies that senders hold make of today's MX hosts; beside `CopyRule`.
    static let copies: [FindingExplanation] = [
        FindingExplanation(
            .mxUnlistedInCachedPolicy,
            "This MX host matches no line of a policy that senders still hold, whatever is served today. Who holds it "
                + "and until when follows from the versions that were seen.",
            hits: [.cached],
            when: "Holders of that version, until it runs out. Critical where it matches no MX host at all, so that "
                + "they have none left.",
            .always(.critical, .high), tlsrpt: .validationFailure, rfc: "8461 5.1",
            fix: "Keep an MX host that the old version lists until the date of the finding; at the next move list the "
                + "new host first, and move when the last copy without it has run out."),
        FindingExplanation(
            .policyChangedSameID,
            "The policy file was changed and the id of the TXT record was not. Senders that go by the id keep the old "
                + "body, and prolong it for as long as the id stays.",
            hits: [.cached],
            when: "Senders that hold the old body, without an end. Critical where that body is in mode enforce and no "
                + "MX host of today passes it.",
            .always(.critical, .warning), tlsrpt: .validationFailure, rfc: "8461 3.3",
            fix: "Change the id of the TXT record now; at each change serve the file first, then change the id."),
        FindingExplanation(
            .policyMaxAgeLoweredSameID,
            "max_age was lowered and the id of the TXT record was not changed. Senders that go by the id never see the "
                + "new figure and keep the policy for as long as the old one says.",
            hits: [.cached], when: "Nobody yet; holders of the old body are bound longer than you think.",
            .always(.warning), rfc: "8461 3.3", fix: "Change the id of the TXT record now."),
    ]
}
