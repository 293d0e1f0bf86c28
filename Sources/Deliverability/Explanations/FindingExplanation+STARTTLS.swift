extension FindingExplanation {
    private static let refused =
        "Senders that enforce MTA-STS, and DANE senders where the host has TLSA records, refuse this host now; "

    /// Whether TLS can be had on each MX address; beside `STARTTLSRule`.
    static let starttls: [FindingExplanation] = [
        FindingExplanation(
            .starttlsMissing,
            "The MX host answers EHLO without offering STARTTLS: mail can only be sent in plain text.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "all others send plain text.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .starttlsNotSupported, rfc: "8461 4.2",
            fix: "Turn STARTTLS on; see whether the server can read its certificate and key."),
        FindingExplanation(
            .starttlsRemoved,
            "STARTTLS was offered at this address before and is gone. Either a change of the server's settings broke "
                + "it, or somebody strips it on the way.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "all others send plain text.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .starttlsNotSupported, rfc: "8461 4.2",
            fix: "Turn STARTTLS on again; if the server offers it when asked from its own network, look for who sits "
                + "between."),
        FindingExplanation(
            .starttlsMasked,
            "The EHLO answer shows a mangled keyword such as XXXXXXXA where STARTTLS should stand. A firewall that "
                + "inspects SMTP does this, and so does an attacker.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "all others send plain text.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .starttlsNotSupported, rfc: "8461 4.2",
            fix: "Turn off the SMTP inspection of the firewall; if there is none, look for who sits between."),
        FindingExplanation(
            .starttlsRefused, "STARTTLS is offered and then answered with an error, so no TLS session begins.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "most others send plain text.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .starttlsNotSupported, rfc: "8461 4.2",
            fix: "Look at the server's log; the certificate or key may be missing or unreadable."),
        FindingExplanation(
            .starttlsInjection,
            "Plain text came after the answer to STARTTLS and before TLS began. A sender that reads it as part of the "
                + "session can be fooled (the CVE-2011-0411 class). It was not read as such here.",
            when: "Nobody is refused; what is said before TLS cannot be told from what is said in it.",
            .always(.high), tlsrpt: .validationFailure, rfc: "3207 6",
            fix: "Update the mail server, or look for who sits between."),
        FindingExplanation(
            .tlsHandshakeFailed, "STARTTLS is accepted and the TLS handshake fails: an alert, a reset or garbage.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "of the others some send plain text, some defer.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .validationFailure, rfc: "8461 4.2",
            fix: "Look at the TLS settings and the log of the host: versions, ciphers, certificate and key."),
        FindingExplanation(
            .tlsLegacyOnly, "The host speaks TLS 1.0 or 1.1 only. MTA-STS asks for 1.2 or later.",
            hits: [.mtaSTS, .cached, .dane], when: refused + "of the others some send plain text, some defer.",
            .byMode(.critical, keepsForDANE: true), tlsrpt: .validationFailure, rfc: "8461 4.2",
            fix: "Enable TLS 1.2 and 1.3 on the host."),
    ]
}
