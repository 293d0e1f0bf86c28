// swift-format-ignore-file

extension Goldens {
    /// What a sender does, step by step.
    static let traces: [String: String] = [
        "trace 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]           X2 !2
        ------------------------------------------------------------------ 1-18 of 19 --
         What a sender does now                          h/l <[mta-sts]| dane | plain >
          1 TXT _mta-sts                 id=20260426T1                         0ms  ok
          2 certificate of mta-sts       trusted, name ok                           ok
          3 policy file of mta-sts       200, text/plain, 110 B               14ms  ok
          4 read the policy              mode enforce, max_age 604800, 2 mx         ok
          5 MX acme-payments.example     10 mx1, 20 mx2                        0ms  ok
          6 try mx1: in the policy?      yes, mx: mx1                               ok
          7 A, AAAA mx1                  192.0.2.10                            3ms  ok
          8 connect 192.0.2.10           greeted                              41ms  ok
          9 STARTTLS                     offered, TLSv1.3                     12ms  ok
         10 certificate                  EXPIRED: CN=mx1 expired                    FAIL
                                         2026-11-24T12:36:55Z
         11 try mx2: in the policy?      yes, mx: mx2                               ok
         12 A, AAAA mx2                  192.0.2.20                            3ms  ok
         13 connect 192.0.2.20           greeted                              41ms  ok
         14 STARTTLS                     offered, TLSv1.3                     12ms  ok
         15 certificate                  EXPIRED: CN=mx2 expired                    FAIL
                                         2026-11-24T12:36:55Z
         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certificates  5 History [6 Sender trace]                                                         X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         What a sender does now                                                                                      h/l <[mta-sts]| dane | plain >
          1 TXT _mta-sts.acme-payments.example                id=20260426T1                                                                0ms  ok
          2 certificate of mta-sts.acme-payments.example      trusted, name ok                                                                  ok
          3 policy file of mta-sts.acme-payments.example      200, text/plain, 110 B                                                      14ms  ok
          4 read the policy                                   mode enforce, max_age 604800, 2 mx                                                ok
          5 MX acme-payments.example                          10 mx1.acme-payments.example, 20 mx2.acme-payments.example                   0ms  ok
          6 try mx1.acme-payments.example: in the policy?     yes, mx: mx1.acme-payments.example                                                ok
          7 A, AAAA mx1.acme-payments.example                 192.0.2.10                                                                   3ms  ok
          8 connect 192.0.2.10                                greeted                                                                     41ms  ok
          9 STARTTLS                                          offered, TLSv1.3                                                            12ms  ok
         10 certificate                                       EXPIRED: CN=mx1.acme-payments.example expired 2026-11-24T12:36:55Z                FAIL
         11 try mx2.acme-payments.example: in the policy?     yes, mx: mx2.acme-payments.example                                                ok
         12 A, AAAA mx2.acme-payments.example                 192.0.2.20                                                                   3ms  ok
         13 connect 192.0.2.20                                greeted                                                                     41ms  ok
         14 STARTTLS                                          offered, TLSv1.3                                                            12ms  ok
         15 certificate                                       EXPIRED: CN=mx2.acme-payments.example expired 2026-11-24T12:36:55Z                FAIL
         16 result                                            delay, retry, then bounce                                                         FAIL

















         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace 40x10": #"""
        X acme-payments.example
         1 Sum 2 Pol 3 MX 4 Cert 5 Hist[6 Trace]
        --------------------------- 1-5 of 36 --
         < mta-sts > 1 of 3  REFUSED
          1 ok   TXT _mta-sts
                 id=20260426T1, 0ms
          2 ok   certificate of mta-sts
                 trusted, name ok
         WHY  mx1, mx2: certificate expired 2h..
         Esc back  ]/[ tab  ? help
        """#,
        "trace cached 80x24": #"""
         litware.example                                                 . OK   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]
        --------------------------------------------------------------------------------
         What a sender does now      h/l < mta-sts |[cached 20240930T0]| dane | plain >
          1 TXT _mta-sts                 id=20260426T1: newer, fetch                ok
          2 policy from the cache        id 20240930T0, enforce, until              ok
                                         2026-11-28T02:32:07Z
          3 result                       delay, retry, then bounce                  FAIL















         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
    ]
}
