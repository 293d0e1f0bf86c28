extension FindingExplanation {
    private static let refused =
        "Senders that enforce MTA-STS refuse this host now. DANE: only where a usage 2 record must carry the chain; "
        + "usage 3 records ignore it. Others do not look."

    /// The chain, dates and name of each MX address; beside `CertificateRule`.
    static let certificate: [FindingExplanation] = [
        FindingExplanation(
            .certificateExpired, "The certificate of the MX host, or an intermediate that it sends, has expired.",
            hits: [.mtaSTS, .cached, .dane], when: refused, .byMode(.critical, keepsForDANE: true),
            tlsrpt: .certificateExpired, rfc: "8461 4.2",
            fix: "Renew the certificate and reload the mail server; many servers keep the old one until a reload."),
        FindingExplanation(
            .certificateNotYetValid, "The certificate of the MX host, or an intermediate, is valid only later.",
            hits: [.mtaSTS, .cached, .dane], when: refused, .byMode(.critical, keepsForDANE: true),
            tlsrpt: .validationFailure, rfc: "8461 4.2",
            fix: "Install a certificate that is valid today; look at the clock of the CA host and of this one."),
        FindingExplanation(
            .certificateExpiring,
            "The chain of the MX host ends soon: less than 30 days and less than a quarter of the certificate's "
                + "lifetime are left. In the last 7 days, or the last eighth, the state is risk.",
            hits: [.mtaSTS, .cached], when: "Nobody yet; at that second every sender that enforces MTA-STS refuses.",
            .byMode(.warning), tlsrpt: .certificateExpired, rfc: "8461 4.2",
            fix: "Renew the certificate, reload the mail server, and see why the renewal did not run."),
        FindingExplanation(
            .certificateUntrusted,
            "The chain ends in a root that is not publicly trusted, such as a private CA, or cannot be verified.",
            hits: [.mtaSTS, .cached, .dane], when: refused, .byMode(.critical, keepsForDANE: true),
            tlsrpt: .certificateNotTrusted, rfc: "8461 4.2", fix: "Install a certificate from a public CA."),
        FindingExplanation(
            .certificateSelfSigned, "The certificate signed itself: anybody could have made it.",
            hits: [.mtaSTS, .cached, .dane], when: refused, .byMode(.critical, keepsForDANE: true),
            tlsrpt: .certificateNotTrusted, rfc: "8461 4.2", fix: "Install a certificate from a public CA."),
        FindingExplanation(
            .certificateChainIncomplete,
            "The server does not send the intermediate certificate that leads to the root. Senders that happen to know "
                + "it go on, all others cannot verify the chain.",
            hits: [.mtaSTS, .cached, .dane],
            when: "Senders that enforce MTA-STS and do not know the intermediate refuse this host now. DANE: only "
                + "where a usage 2 record must carry the chain.",
            .byMode(.high, keepsForDANE: true), tlsrpt: .certificateNotTrusted, rfc: "8461 4.2",
            fix: "Send the intermediate behind the certificate: use the CA's full chain file."),
        FindingExplanation(
            .certificateNameMismatch,
            "No subjectAltName of the certificate covers the name in the MX record; the common name does not count, "
                + "and a wildcard covers exactly one label.",
            hits: [.mtaSTS, .cached, .dane], when: refused, .byMode(.critical, keepsForDANE: true),
            tlsrpt: .certificateHostMismatch, rfc: "8461 4.2",
            fix: "Install a certificate whose subjectAltName covers the MX host, or name the host that it covers."),
        FindingExplanation(
            .certificateWeak,
            "A key or signature in the chain is too weak, such as RSA under 2048 bits or SHA-1. OpenSSL refuses it at "
                + "its default security level, and with it most senders.",
            hits: [.mtaSTS, .cached, .dane],
            when:
                "Most senders that enforce MTA-STS refuse this host now. DANE: only where a usage 2 record must carry "
                + "the chain.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .certificateNotTrusted, rfc: "8461 4.2",
            fix: "Issue the certificate anew with RSA 2048 or EC P-256 and SHA-256."),
        FindingExplanation(
            .certificateDiffersBetweenAddresses,
            "The addresses of one MX host show different certificates, and not all of them are good. Mail fails now "
                + "and then, by the address that a sender picks.",
            hits: [.mtaSTS, .cached], when: "Senders that enforce MTA-STS, whenever they pick a bad address.",
            .byMode(.high), rfc: "8461 4.2", fix: "Install the good certificate on every address of the host."),
        FindingExplanation(
            .certificateDiffersBetweenKeys,
            "One address has an RSA and an ECDSA certificate, and one of the two is bad. Which one a sender sees "
                + "depends on what it offers, so some senders are refused always and others never.",
            hits: [.mtaSTS, .cached], when: "Senders that enforce MTA-STS and negotiate the bad one.",
            .byMode(.high), rfc: "8461 4.2",
            fix: "Renew both certificates, or configure only one of the two keys."),
    ]
}
