// swift-format-ignore-file

/// Screens that the approved files do not have: other sizes, and what is told only there. By the names in `Screens`;
/// blanks at the ends of lines do not count.
enum Goldens {
    static let all: [String: String] = [
        "overview 60x16": #"""
         X 2 BOUNCING  !2  ~1  ?1  .1  -1                 14:32:05Z
         8 domains  sort:severity  filter:-              33/s  LIVE
          STATE v   DOMAIN               P TLS  CERT WHY
        >*X BOUNCE  acme-payments.exam.. E 0/2   -1h cert-over
         *X BOUNCE  northwind.example    E 0/1     - no-tls
          ! RISK    fabrikam.example     E 1/1    4d cert-soon
          ! RISK    xn--mnchen-3ya.exa.. E 1/1    5d mx1: certific..
          ~ WARN    grand-hotel.example  E 2/2   60d policy 404; p..
          ? UNKNOWN proseware.example    N -       - DNS timeout, ..
          . OK      wingtip.example      E 2/2   60d
        -- Changes: 2 unacked --------------------------------------
         *14:31:50 northwind.example       OK -> BOUNCE  STARTTLS ..
         *14:12:03 acme-payments.ex..    RISK -> BOUNCE  certifica..
          13:58:41 fabrikam.example      WARN -> RISK    certifica..
         WHY  mx1, mx2: certificate expired 2h ago   FIX  Renew th..
         Enter open  / filter  ! problems  a ack  ? help  q quit
        """#,
        "overview 29x4": #"""


        X2 !2 ~1 ?1
        """#,
        "first run 80x24": #"""
         stswatch                                                             14:32:05Z
         0 domains  1 list problem: L  sort:severity  filter:-                     LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY

         No domains yet. Add some: :add example.com or stswatch list.txt
         What is added so is watched until the end of this run; a list keeps it.
         A list has one domain a line; # begins a comment, @tags may follow the name.
         ? help q quit

         list: line 3: 'a..b' is no name
        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.











         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "loading 100x20": #"""
                                                    ? 7 UNKNOWN                - 1 NONE           14:32:05Z
         8 domains  sort:severity  filter:-                         checking 1240/10000 [##...............]
          STATE v   DOMAIN                 POLICY  TLS  CERT BOUNCES IN  AGE WHY
        > ? UNKNOWN proseware.example      none    -       -          -  <1m DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d          -  <1m no _mta-sts record
          ? UNKNOWN acme-payments.example  ?       ?       ?          ?      not looked at yet
          ? UNKNOWN fabrikam.example       ?       ?       ?          ?      not looked at yet
          ? UNKNOWN grand-hotel.example    ?       ?       ?          ?      not looked at yet
          ? UNKNOWN northwind.example      ?       ?       ?          ?      not looked at yet
          ? UNKNOWN wingtip.example        ?       ?       ?          ?      not looked at yet
          ? UNKNOWN xn--mnchen-3ya.example ?       ?       ?          ?      not looked at yet
        -- Changes -----------------------------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.




         WHY  DNS timeout, three times

         Enter open  / filter  ! problems  s sort  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "hosts 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certs  5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         PREF  HOST                        IN POLICY STARTTLS TLS CERT      RTT   STATE
           10  mx1.acme-payments.example   yes       yes      1.3 EXPIRED   41ms  X
        >      192.0.2.10                            yes      1.3 EXPIRED   41ms  X
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
        "syntax error 80x16": #"""
         adatum.example                                      ~ WARN for 1h50m   invalid
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace
        --------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.adatum.example/.well-known/mta-sts.txt
               200, text/plain, 68 B, 14 ms   from 192.0.2.80   <1m
         web certificate  44d left   name ok   trusted   mta-sts.adatum.example

            1  version: STSv1
            2  \tmod: enforce
                 ^ line 2, column 2: found 'mod', expected version, mode, mx or max_age
            3  mx: mx1.adatum.example
            4  max_age: 604800

         WHY  policy invalid: line 2, column 1   FIX  Write mode: enforce.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace cached 80x24": #"""
         litware.example                                                 . OK   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]
        --------------------------------------------------------------------------------
         What a sender does now      h/l < mta-sts |[cached 20240930T0]| dane | plain >
          1 TXT _mta-sts                 old id, from its DNS cache                 ok
          2 policy from the cache        id 20240930T0, enforce, until              ok
                                         2026-11-28T02:32:07Z
          3 result                       delay, retry, then bounce                  FAIL















         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "groups by provider 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  by provider, worst first  filter:-                       33/s  LIVE
          STATE v   PROVIDER                     DOMAINS    X    !    ~    ?    .    -
        >*X BOUNCE  acme-payments.example              1    1    .    .    .    .    .
         *X BOUNCE  northwind.example                  1    1    .    .    .    .    .
          ! RISK    fabrikam.example                   1    .    1    .    .    .    .
          ! RISK    xn--mnchen-3ya.example             1    .    1    .    .    .    .
          ~ WARN    grand-hotel.example                1    .    .    1    .    .    .
          ? UNKNOWN no MX host known                   1    .    .    .    1    .    .
          - NONE    coho-winery.example                1    .    .    .    .    .    1
          . OK      wingtip.example                    1    .    .    .    .    1    .
        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  acme-payments.example: mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "plan 80x24": #"""
         adventure-works.example                                        PLAN   now . OK
         Judged 14:32:07Z: at once it HURTS; the order below does not
        ------------------------------------------------------------------ 1-10 of 16 --
         MX         10  mx1.adventure-works.example
                    20  mx2.adventure-works.example
        >           10  mx3.relay.example                         new
                        add or move a host
         POLICY         mode: enforce
                        mx: mx1.adventure-works.example
                        mx: mx2.adventure-works.example
                        add an mx line
                        max_age: 604800                           7d
                        serve a file in its place
        -- If it is made at once: ! RISK not in the policy: mx3.relay.exa.. 1-9 of 29 --
         WHO      mta-sts        delivers -> PARTIAL
                    from the change on: mx3.relay.example: not in the policy
                  dane           -
                  opportunistic  delivers

         ORDER     1  Serve this policy.
                        version: STSv1
                        mode: enforce
                        mx: mx1.adventure-works.example
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan prompt 80x16": #"""
         acme-payments.example                                      PLAN   now X BOUNCE
         Nothing is planned; nothing here touches DNS or a server.
        ------------------------------------------------------------------- 1-8 of 15 --
         MX         10  mx1.acme-payments.example
                    20  mx2.acme-payments.example
        >               add or move a host
         POLICY         mode: enforce
                        mx: mx1.acme-payments.example
                        mx: mx2.acme-payments.example
                        add an mx line
                        max_age: 604800                           7d
        -- Consequences ----------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked
         for. Then it is told here who would refuse, from when until when, and in which
         order the change hurts nobody.
        preference:host mx3                                    write 10:mx1.example.com
        """#,
    ]
}
