// swift-format-ignore-file

extension Goldens {
    /// The tabs of the drill-down.
    static let details: [String: String] = [
        "summary 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         VERDICT  Mail from senders that honour MTA-STS is REFUSED at every MX.

         WHY      1  mx1.acme-payments.example  certificate expired, for 1h51m
                  2  mx2.acme-payments.example  certificate expired, for 1h51m

         FIX      Renew the certificate on mx1 and mx2 and reload the MTA.

         CHECKS   _mta-sts TXT ok   id=20260426T1    STARTTLS     ok   2 of 2, TLS 1.3
                  policy file  ok   mode enforce     MX certs     FAIL 0 of 2 valid
                  MX lookup    ok   2 hosts          DANE         -    no TLSA
                  MX in policy ok   2 of 2           TLS-RPT      ok   tls@acme-paym..

         SENDERS                  all MX    10 mx1    20 mx2
                  mta-sts         REFUSED   refused   refused   since 12:41:07Z  mx1,..
                  dane            -         -         -
                  opportunistic   delivers  delivers  delivers

         NEXT     check 14:32:55Z     last change 14:12:03Z RISK -> BOUNCE

         REMARKS  1  acme-payments.example  tlsrpt missing, for 1h51m  no record at _s..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "summary 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certificates  5 History  6 Sender trace                                                          X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         VERDICT  Mail from senders that honour MTA-STS is REFUSED at every MX.
                  mta-sts REFUSED   dane -   opportunistic delivers

         WHY      1  mx1.acme-payments.example  certificate expired, for 1h51m  notAfter 2026-11-24T12:40:00Z  (RFC 8461 4.2)
                  2  mx2.acme-payments.example  certificate expired, for 1h51m  same certificate  (RFC 8461 4.2)

         FIX      Renew the certificate on mx1 and mx2 and reload the MTA.

         CHECKS   _mta-sts TXT   ok    id=20260426T1                                                     <1m
                  policy file    ok    200, text/plain, 110 B, 14 ms                                     <1m
                  MX lookup      ok    2 hosts                                                           <1m
                  MX in policy   ok    2 of 2
                  STARTTLS       ok    2 of 2 addresses, TLS 1.3
                  MX certs       FAIL  0 of 2 addresses valid
                  DANE           -     no TLSA
                  TLS-RPT        ok    mailto:tls@acme-payments.example                                  <1m

         SENDERS                  all MX    10 mx1    20 mx2
                  mta-sts         REFUSED   refused   refused   since 12:41:07Z  mx1, mx2: certificate expired 2h ago
                  dane            -         -         -
                  opportunistic   delivers  delivers  delivers

         NEXT     check 14:32:55Z     last change 14:12:03Z RISK -> BOUNCE

         REMARKS  1  acme-payments.example  tlsrpt missing, for 1h51m  no record at _smtp._tls  (RFC 8461 4.2)











         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "summary 40x10": #"""
        X acme-payments.example
        [1 Sum]2 Pol 3 MX 4 Cert 5 Hist 6 Trace
        --------------------------- 1-6 of 33 --
         VERDICT  Mail from senders that honour
                  MTA-STS is REFUSED at every
                  MX.
         WHY      1  mx1.acme-payments.example
                     certificate expired, for
                     1h51m
         Esc back  ]/[ tab  ? help
        """#,
        "policy 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.acme-payments.example/.well-known/mta-sts.txt
               200, text/plain, 110 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.acme-payments.example   44d left   trusted   name ok

            1  version: STSv1
            2  mode: enforce                      senders refuse an MX that fails
            3  mx: mx1.acme-payments.example      matches MX 10
            4  mx: mx2.acme-payments.example      matches MX 20
            5  max_age: 604800                    7d; copies fetched now die  1 Dec 2026








         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "hosts 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certs  5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         PREF  HOST                        IN POLICY STARTTLS TLS CERT      RTT   STATE
           10  mx1.acme-payments.example   yes       yes      1.3 EXPIRED   41ms  X
               192.0.2.10                            yes      1.3 EXPIRED   41ms  X
           20  mx2.acme-payments.example   yes       yes      1.3 EXPIRED   41ms  X
               192.0.2.20                            yes      1.3 EXPIRED   41ms  X






        -- mx1.acme-payments.example 192.0.2.10, last dialogue, <1m ago ----------------
         mta-sts        refused   certificate expired
         dane           -
         opportunistic  delivers
         the dialogue was finished; TLSv1.3 TLS_AES_256_GCM_SHA384, handshake 12 ms
         < 220 mx1.acme-payments.example ESMTP
         < 250 STARTTLS
         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "certificates 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts [4 Certs] 5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         HOST                 SUBJECT / SAN        ISSUER     NOT AFTER          LEFT
         mx1.acme-payments... mx1.acme-payments... R11        24 Nov 12:36Z       -1h X
         mx2.acme-payments... mx2.acme-payments... R11        24 Nov 12:36Z       -1h X
         mta-sts.acme-payme.. mta-sts.acme-payme.. R11         7 Jan 2027         44d .

        -- mx1.acme-payments.example  192.0.2.10 ---------------------------------------
         trust  expired 24 Nov 2026 12:36Z: CN=mx1.acme-payments.example   name ok
         1 leaf  CN=mx1.acme-payments.example
                 names   mx1.acme-payments.example
                 issuer  CN=R11,O=Example Trust
                 valid   26 Aug 2026 12:36Z to 24 Nov 2026 12:36Z
                 key     RSA 2048, sha256WithRSAEncryption
                 sha256  ababababababababababababababababababababababababababababababa..
         2 issuer  CN=R11,O=Example Trust
                 issuer  CN=Example Root X1
                 valid   20 Oct 2025 14:32Z to 12 May 2029 14:32Z
                 key     RSA 4096, sha256WithRSAEncryption
                 sha256  1212121212121212121212121212121212121212121212121212121212121..
         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
    ]
}
