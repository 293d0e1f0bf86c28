extension FindingExplanation {
    /// What was changed at an MX host; beside `HostChangeRule`.
    static let hostChange: [FindingExplanation] = [
        FindingExplanation(
            .certificateChanged, "The MX host shows another certificate of the same issuer: mostly the renewal.",
            when: "Nobody; told for one day.", .always(.info), rfc: "8461 4.2", fix: "Nothing, if this is the renewal."),
        FindingExplanation(
            .certificateIssuerChanged, "The MX host shows a certificate of another issuer than before.",
            when: "Nobody; told for three days.", .always(.info), rfc: "8461 4.2",
            fix: "Nothing, if you changed the CA. Otherwise look into the CT logs and set a CAA record."),
        FindingExplanation(
            .serverReplaced,
            "Greeting and key of the MX host changed at the same moment, after the greeting had stood for a day or "
                + "more: another machine answers. It may be a move, or a hijack of address or name.",
            when: "Nobody that is known; told for three days, or until it is acknowledged.", .always(.warning),
            rfc: "8461 10.2", fix: "See who answers at the address; acknowledge it if you moved the host."),
        FindingExplanation(
            .renewalMissed,
            "The certificate was renewed in a rhythm at least twice, and this time the renewal is late. It is still "
                + "valid; most likely the renewal no longer runs.",
            hits: [.mtaSTS, .cached], when: "Nobody yet; at its end every sender that enforces MTA-STS refuses.",
            .byMode(.warning), tlsrpt: .certificateExpired, rfc: "8461 4.2",
            fix: "Look at the log of the renewal (timer, DNS or HTTP challenge, rate limit) and run it by hand."),
    ]

    /// The order of keys and TLSA records; beside `DANEChangeRule`.
    static let daneChange: [FindingExplanation] = [
        FindingExplanation(
            .daneNextKeyMissing,
            "Each renewal of this host brings a new key, the next one is near, and TLSA names only the key in use. At "
                + "the renewal every DANE sender would see a key that is not published.",
            hits: [.dane], when: "Nobody yet; DANE senders defer from the renewal on.", .always(.high),
            tlsrpt: .tlsaInvalid, rfc: "7671 8.1",
            fix: "Publish the record of the next key now, twice its TTL before the key is used; or keep the key at "
                + "renewal; or publish a 2 1 1 record of the issuer."),
        FindingExplanation(
            .danePublishedTooLate,
            "The key was changed less than twice the TTL after its TLSA record was published. Resolvers still give "
                + "the old records, and no key matches those any more.",
            hits: [.dane], when: "DANE senders whose resolver holds the old records, until the date of the finding.",
            .always(.high), tlsrpt: .tlsaInvalid, rfc: "7671 8.1",
            fix: "Put the old key back until then, or wait; next time publish first and wait twice the TTL."),
        FindingExplanation(
            .daneLost,
            "The host had signed TLSA records and has none any more, or the zone is no longer signed. Mail flows as "
                + "before, without this protection, and nothing else tells of it.",
            hits: [.dane], when: "Nobody's mail; told for a week, or until it is acknowledged.", .always(.warning),
            rfc: "7672 2.2", fix: "Publish the records again and sign the zone, or acknowledge the change."),
    ]
}
