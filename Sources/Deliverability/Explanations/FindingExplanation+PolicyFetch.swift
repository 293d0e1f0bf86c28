extension FindingExplanation {
    private static let frozen =
        "Nothing bounces by itself: senders without a copy go unprotected, the others keep theirs until it runs out."

    /// The HTTPS fetch of the policy; beside `PolicyFetchRule`.
    static let policyFetch: [FindingExplanation] = [
        FindingExplanation(
            .policyUnreachable,
            "The policy host could not be asked: it has no address, takes no connection, breaks off TLS, does not "
                + "answer in time, or answers with something that is not HTTP.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Bring https://mta-sts.DOMAIN/.well-known/mta-sts.txt back before the copies run out."),
        FindingExplanation(
            .policyHTTPStatus, "The policy host answers with another status than 200. Senders take nothing else.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Serve the policy at /.well-known/mta-sts.txt with status 200 and type text/plain."),
        FindingExplanation(
            .policyRedirect,
            "The policy host answers with a redirect. Senders never follow one, even to a good policy.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Serve the policy itself at that address with status 200; exempt it from redirect rules."),
        FindingExplanation(
            .policyContentType,
            "The policy is not served as text/plain. Some senders reject it for that, some do not look, so they "
                + "disagree about whether there is a policy. Parameters such as charset do no harm.",
            hits: [.mtaSTS],
            when: "Senders that look at the type go unprotected; those that do not still enforce the policy.",
            .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Serve the file as Content-Type: text/plain."),
        FindingExplanation(
            .policyTooLarge, "The answer is larger than 64 KiB. Senders give up on a body of that size.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Serve the policy text and nothing else; a policy needs less than 1 KiB."),
        FindingExplanation(
            .policySlow,
            "The fetch took more than four seconds. Senders give up after 2, 4, 15, 20 or 60 seconds, each by its own "
                + "rule, and then act as if there was no policy.",
            hits: [.mtaSTS], when: "Senders with little patience go unprotected.", .always(.info), rfc: "8461 3.3",
            fix: "Serve the file faster; it is static and small."),
        FindingExplanation(
            .policyHostAddressUnreachable,
            "The policy host has several addresses and one of them, often the IPv6 one, takes no connection. Senders "
                + "that try it first lose time, and those with little patience give up.",
            hits: [.mtaSTS], when: "Senders that do not go on to the next address go unprotected.",
            .always(.warning), tlsrpt: .stsPolicyFetchError, rfc: "8461 3.3",
            fix: "Bring the web server up on that address, or remove the address from DNS."),
        FindingExplanation(
            .policyDiffersBetweenAddresses,
            "The addresses of the policy host answer differently: another text, another status, another certificate. "
                + "High where the outcome differs. While they do, no change of the policy is believed, so that two "
                + "edges are not taken for a policy that changes to and fro.",
            hits: [.mtaSTS, .cached], when: "Each sender holds what the address gave that it happened to ask.",
            SeverityByMode(enforce: [.high, .warning], testing: [.high, .warning], unenforced: [.high, .warning]),
            rfc: "8461 3.3",
            fix: "Serve the same file with the same certificate everywhere; purge the caches of the edges."),
    ]

    /// The certificate of the policy host; beside `PolicyHostRule`.
    static let policyHost: [FindingExplanation] = [
        FindingExplanation(
            .policyHostCertificateExpired,
            "The certificate of mta-sts.DOMAIN, or an intermediate, has expired: no sender may take the policy.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsWebPKIInvalid, rfc: "8461 3.3",
            fix: "Renew the certificate of the policy host and reload its web server."),
        FindingExplanation(
            .policyHostCertificateExpiring,
            "The certificate of mta-sts.DOMAIN expires soon: less than 30 days and less than a quarter of its lifetime "
                + "are left.",
            hits: [.mtaSTS], when: "Nobody yet; from that second no sender can fetch the policy.",
            .always(.warning), tlsrpt: .stsWebPKIInvalid, rfc: "8461 3.3",
            fix: "Renew the certificate of the policy host and see why the renewal did not run."),
        FindingExplanation(
            .policyHostCertificateUntrusted,
            "The chain of mta-sts.DOMAIN is not trusted: self-signed, from a private CA, without its intermediate, not "
                + "valid yet, or too weak. No sender may take the policy.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsWebPKIInvalid, rfc: "8461 3.3",
            fix: "Install a certificate from a public CA, with its intermediates, on the policy host."),
        FindingExplanation(
            .policyHostCertificateNameMismatch,
            "No subjectAltName of the certificate covers mta-sts.DOMAIN; the common name does not count. Often the "
                + "web server shows its default site.",
            hits: [.mtaSTS], when: frozen, .always(.warning), tlsrpt: .stsWebPKIInvalid, rfc: "8461 3.3",
            fix: "Install a certificate whose subjectAltName covers mta-sts.DOMAIN."),
    ]
}
