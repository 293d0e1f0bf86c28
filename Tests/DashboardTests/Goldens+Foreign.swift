// swift-format-ignore-file

extension Goldens {
    /// Views over names and texts that are long, in other scripts, or hostile.
    static let foreign: [String: String] = [
        "certificates hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts [4 Certs] 5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         HOST                 SUBJECT / SAN        ISSUER     NOT AFTER          LEFT
         mta-sts.hostile.ex.. mta-sts.hostile.ex.. R11         7 Jan 2027         44d .


        -- mta-sts.hostile.example  192.0.2.80 -----------------------------------------
         trust  trusted   name ok
                from 7 Jan 2027 19:20Z: expired  7 Jan 2027 19:20Z: CN=mta-sts.hostile..
         1 leaf  CN=mta-sts.hostile.example
                 names   mta-sts.hostile.example
                 issuer  CN=R11,O=Example Trust
                 valid    9 Oct 2026 19:20Z to  7 Jan 2027 19:20Z
                 key     RSA 2048, sha256WithRSAEncryption
                 sha256  ababababababababababababababababababababababababababababababa..
         2 issuer  CN=R11,O=Example Trust
                 issuer  CN=Example Root X1
                 valid   20 Oct 2025 14:32Z to 12 May 2029 14:32Z
                 key     RSA 4096, sha256WithRSAEncryption
                 sha256  1212121212121212121212121212121212121212121212121212121212121..
         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "certificates idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts [4 Certs] 5 History  6 Trace               !4
        --------------------------------------------------------------------------------
         HOST                 SUBJECT / SAN        ISSUER     NOT AFTER          LEFT
         mx1.xn--fiqs8s.exa.. mx1.xn--fiqs8s.exa.. R11        23 Jan 2027         60d .
         mx2.xn--fiqs8s.exa.. mx2.xn--fiqs8s.exa.. R11        23 Jan 2027         60d .
         mta-sts.xn--fiqs8s.. mta-sts.xn--fiqs8s.. R11         7 Jan 2027         44d .
        -- mx1.xn--fiqs8s.example  192.0.2.10 ------------------------------------------
         trust  trusted   name ok
                from 23 Jan 2027 14:32Z: expired 23 Jan 2027 14:32Z: CN=mx1.xn--fiqs8s..
         1 leaf  CN=mx1.xn--fiqs8s.example
                 names   mx1.xn--fiqs8s.example
                 issuer  CN=R11,O=Example Trust
                 valid   25 Oct 2026 14:32Z to 23 Jan 2027 14:32Z
                 key     RSA 2048, sha256WithRSAEncryption
                 sha256  ababababababababababababababababababababababababababababababa..
         2 issuer  CN=R11,O=Example Trust
                 issuer  CN=Example Root X1
                 valid   20 Oct 2025 14:32Z to 12 May 2029 14:32Z
                 key     RSA 4096, sha256WithRSAEncryption
                 sha256  1212121212121212121212121212121212121212121212121212121212121..
         WHY  中国.example: 证书 läuft ab

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "certificates long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts [4 Certs] 5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         HOST                 SUBJECT / SAN        ISSUER     NOT AFTER          LEFT
         mx0.a-label-of-six.. mx0.a-label-of-six.. R11        22 Nov 14:32Z      -47h X
         mx1.a-label-of-six.. mx1.a-label-of-six.. R11        13 Jan 2027         50d .
         mx2.a-label-of-six.. mx2.a-label-of-six.. R11        13 Jan 2027         50d .
         mx3.a-label-of-six.. mx3.a-label-of-six.. R11        13 Jan 2027         50d .
         mx4.a-label-of-six.. mx4.a-label-of-six.. R11        13 Jan 2027         50d .
         mx5.a-label-of-six.. mx5.a-label-of-six.. R11        13 Jan 2027         50d .
         mx6.a-label-of-six.. mx6.a-label-of-six.. R11        13 Jan 2027         50d .
         mx7.a-label-of-six.. mx7.a-label-of-six.. R11        13 Jan 2027         50d .
        -- mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can 1-8 of 15 --
         trust  expired 22 Nov 2026 14:32Z: CN=mx0.a-label-of-sixty-three-bytes-that-i..
         1 leaf  CN=mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-t..
                 names   mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-c
                         an-ta.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS
                         -can-ta.a-label-of-sixty-three-bytes-that-is-the-longest-the-D
                         NS-can-ta.example
                 issuer  CN=R11,O=Example Trust
                 valid   24 Aug 2026 14:32Z to 22 Nov 2026 14:32Z
         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "filter prompt hostile 80x24": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain, 1 shown  sort:severity  filter:\u{202e}evil           every 5m  LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY
        >*X BOUNCE  hostile.example  enforce 0/1     - why \x1b[2J\u{202e}kcatta\x07\r..






        -- Changes: 1 unacked ----------------------------------------------------------
         *14:32:02 hostile.example               OK -> BOUNCE  gone \x1b[2J\u{202e}kca..









         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
        /\u{202e}evil                                                            1 of 1
        """#,
        "filter prompt idn 80x24": #"""
                        ! 4 RISK                                              14:32:05Z
         4 domains, 0 shown  sort:severity  filter:münchen 中国          every 5m  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY

         Filter 'münchen 中国' matches 0 of 4. Nothing is bouncing. Esc clears





        -- Changes: 1 unacked ----------------------------------------------------------
         *14:31:07 xn--fiqs8s.example            OK -> RISK    证书 expires











        /münchen 中国                                                            0 of 4
        """#,
        "filter prompt long 80x24": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain, 0 shown  sort:severity  filter:long-long-long-long-long-long..  LIVE
          STATE v   DOMAIN                     POLICY  TLS  CERT WHY

         Filter
         'long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-lo
         ng-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-
         long-long-long-long-long-long-long-long-long-' matches 0 of 1. 1 bouncing,
         hidden by it. Esc clears

        -- Changes: 1 unacked ----------------------------------------------------------
         *14:31:07 a-label-of-sixty-three..      OK -> BOUNCE  a reason that does not ..









         WHY  a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta.a-label-..
         FIX  a reason that does not come to an end, a reason that does not come to an..
        /g-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-
        """#,
        "history hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace               X1
        ------------------------------------------------------------------ 1-18 of 29 --
         7d       ~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!   !!!!!!!!!!!!!!!!!!!X  mail 98.7%
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT ####^^^^^=====-----.....______
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   \x1b[2J\u{202e}kcatta\x07 \x1b[2J\u{202e}kcatta\x07, 7d since
                    14:31:58Z; who fetches it now holds it until 1 Dec 2026
                  No earlier version is held any more.

         CHANGES  and what was published anew, newest first
         *24 Nov 14:32:02  OK -> BOUNCE      gone \x1b[2J\u{202e}kcatta\x07\r\nnext
                                             ack: -
          24 Nov 14:31:59  OK -> RISK        \x1b[2J\u{202e}kcatta\x07
                                             ack: 24 Nov 14:32Z
          24 Nov 14:31:58  policy            id 20260426T1 -> \x1b[2J\u{202e}kcatta\x07
                                             mode enforce -> \x1b[2J\u{202e}kcatta\x07
         *24 Nov 12:41:07  RISK -> BOUNCE    certificate expired                 ack: -
         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "history idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace               !4
        ------------------------------------------------------------------ 1-18 of 24 --
         7d       ~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!   !!!!!!!!!!!!!!!!!!!X  mail 98.7%
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT ####^^^^^=====-----.....______  60d left
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   20260426T1 enforce, 7d since Sun 26 Apr 14:32Z; who fetches it now
                    holds it until 1 Dec 2026
                  No earlier version is held any more.

         CHANGES  and what was published anew, newest first
         *24 Nov 14:31:07  OK -> RISK        证书 expires                        ack: -
         *24 Nov 12:41:07  RISK -> BOUNCE    certificate expired                 ack: -
          22 Nov 14:32:07  certificate       mx1.xn--fiqs8s.example renewed by R11,
                                             ends 20 Feb 2027
          18 Nov 12:40:07  WARN -> RISK      certificate under 7 days
                                             ack: ak 18 Nov 13:58Z
          15 Nov 14:03:19  OK -> BOUNCE      mx2 is down             ack: 24 Nov 14:32Z
         WHY  中国.example: 证书 läuft ab

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "history long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace               X1
        ------------------------------------------------------------------ 1-18 of 46 --
         7d       ~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!   !!!!!!!!!!!!!!!!!!!X  mail 98.7%
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT ####^^^^^=====-----.....______  -47h left
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   20260426T1 enforce, 7d since Sun 26 Apr 14:32Z; who fetches it now
                    holds it until 1 Dec 2026
                  20260100T000000000000000000000Z enforce PARTIAL held by who asks
                    only when it runs out, until Thu 24 Dec 14:32Z
                  20260101T000000000000000000000Z enforce PARTIAL held by who asks
                    only when it runs out, until Thu 24 Dec 14:32Z
                  20260102T000000000000000000000Z enforce PARTIAL held by who asks
                    only when it runs out, until Thu 24 Dec 14:32Z

         CHANGES  and what was published anew, newest first
         *24 Nov 14:31:07  OK -> BOUNCE      a reason that does not come to an end, a
                                             reason that does not come to an end, a
         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "hosts hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certs  5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         PREF  HOST                        IN POLICY STARTTLS TLS CERT      RTT   STATE
           10  mx1.hostile.example         yes       NO       -   -         41ms  X
               192.0.2.10                            NO       -   -         41ms  X








        -- mx1.hostile.example 192.0.2.10, last dialogue, <1m ago ----------------------
         mta-sts        refused   no STARTTLS
         dane           -
         opportunistic  delivers
         the dialogue was finished, handshake 12 ms
         < 220 \x1b[2J\u{202e}kcatta\x07\r\nnext
         < 250-\u{9b}31m
         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "hosts idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certs  5 History  6 Trace               !4
        --------------------------------------------------------------------------------
         PREF  HOST                        IN POLICY STARTTLS TLS CERT      RTT   STATE
           10  mx1.xn--fiqs8s.example      yes       yes      1.3 ok        41ms  .
               192.0.2.10                            yes      1.3 ok        41ms  .
           20  mx2.xn--fiqs8s.example      yes       yes      1.3 ok        41ms  .
               192.0.2.20                            yes      1.3 ok        41ms  .






        -- mx1.xn--fiqs8s.example 192.0.2.10, last dialogue, <1m ago -------------------
         mta-sts        delivers
         dane           -
         opportunistic  delivers
         the dialogue was finished; TLSv1.3 TLS_AES_256_GCM_SHA384, handshake 12 ms
         < 220 mx1.xn--fiqs8s.example ESMTP
         < 250 STARTTLS
         WHY  中国.example: 证书 läuft ab

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "hosts long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certs  5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         PREF  HOST                        IN POLICY STARTTLS TLS CERT      RTT   STATE
            0  mx0.a-label-of-sixty-thre.. yes       yes      1.3 EXPIRED   41ms  X
               192.0.2.10                            yes      1.3 EXPIRED   41ms  X
            1  mx1.a-label-of-sixty-thre.. yes       yes      1.3 ok        41ms  .
               192.0.2.10                            yes      1.3 ok        41ms  .
            2  mx2.a-label-of-sixty-thre.. yes       yes      1.3 ok        41ms  .
               192.0.2.10                            yes      1.3 ok        41ms  .
            3  mx3.a-label-of-sixty-thre.. yes       yes      1.3 ok        41ms  .
               192.0.2.10                            yes      1.3 ok        41ms  .
            4  mx4.a-label-of-sixty-thre.. yes       yes      1.3 ok        41ms  .
               192.0.2.10                            yes      1.3 ok        41ms  .
        -- mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta.a-lab..--
         mta-sts        refused   certificate expired
         dane           -
         opportunistic  delivers
         the dialogue was finished; TLSv1.3 TLS_AES_256_GCM_SHA384, handshake 12 ms
         < 220 mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-ta.a-l..
         < 250 STARTTLS
         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "overview hostile 140x40": #"""
         X 1 BOUNCING                                                                                                         Tue 24 Nov  14:32:05Z
         1 domain  sort:severity  filter:-                                                                            every 5m (problems 60s)  LIVE
          STATE v   DOMAIN           POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  hostile.example  enforce 211d     7d 0/1 -       -   44d     now           .X  <1m why \x1b[2J\u{202e}kcatta\x07\r\nnext













        -- Changes: 1 unacked --------------------------------------------------------------+- hostile.example -------------------------------------
         *14:32:02 hostile.example                   OK -> BOUNCE  gone \x1b[2J\u{202e}kca..| X BOUNCE for 1h50m   enforce
                                                                                            | Mail from senders that honour MTA-STS is REFUSED at
                                                                                            | every MX.
                                                                                            |   mx1 \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
                                                                                            |   starttls missing
                                                                                            | FIX Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.hostile.example
                                                                                            | TLS-RPT mailto:tls@hostile.example
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            | Enter for all tabs
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview hostile 40x10": #"""
         X1                              14:32Z
        >X hostile.example







         why \x1b[2J\u{202e}kcatta\x07\r\nnext
        """#,
        "overview hostile 80x24": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                               every 5m  LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY
        >*X BOUNCE  hostile.example  enforce 0/1     - why \x1b[2J\u{202e}kcatta\x07\r..






        -- Changes: 1 unacked ----------------------------------------------------------
         *14:32:02 hostile.example               OK -> BOUNCE  gone \x1b[2J\u{202e}kca..









         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "overview idn 140x40": #"""
                          ! 4 RISK                                                                                            Tue 24 Nov  14:32:05Z
         4 domains  sort:severity  filter:-                                                                           every 5m (problems 60s)  LIVE
          STATE v   DOMAIN                 POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*! RISK    xn--fiqs8s.example     enforce 211d     7d 2/2 1.3   60d   44d       -           .!  <1m 中国.example: 证书 läuft ab
          ! RISK    xn--ls8h.example       enforce 211d     7d 2/2 1.3   60d   44d       -           !!  <1m 💩.example: 证书 läuft ab
          ! RISK    xn--mgbh0fb.example    enforce 211d     7d 2/2 1.3   60d   44d       -           !!  <1m مثال.example: 证书 läuft ab
          ! RISK    xn--mnchen-3ya.example enforce 211d     7d 2/2 1.3   60d   44d       -           !!  <1m münchen.example: 证书 läuft ab










        -- Changes: 1 unacked --------------------------------------------------------------+- xn--fiqs8s.example ----------------------------------
         *14:31:07 xn--fiqs8s.example                OK -> RISK    证书 expires             | ! RISK for 1h50m   enforce
                                                                                            | Mail flows now, but not through every MX: the next
                                                                                            | failure can stop it.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.xn--fiqs8s.example,
                                                                                            |             mx2.xn--fiqs8s.example
                                                                                            | TLS-RPT mailto:tls@xn--fiqs8s.example
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            | Enter for all tabs
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview idn 40x10": #"""
             !4                          14:32Z
        >! xn--fiqs8s.example               60d
         ! xn--ls8h.example                 60d
         ! xn--mgbh0fb.example              60d
         ! xn--mnchen-3ya.example           60d




         中国.example: 证书 läuft ab
        """#,
        "overview idn 80x24": #"""
                        ! 4 RISK                                              14:32:05Z
         4 domains  sort:severity  filter:-                              every 5m  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*! RISK    xn--fiqs8s.example     enforce 2/2   60d 中国.example: 证书 läuft ab
          ! RISK    xn--ls8h.example       enforce 2/2   60d 💩.example: 证书 läuft ab
          ! RISK    xn--mgbh0fb.example    enforce 2/2   60d مثال.example: 证书 läuft ab
          ! RISK    xn--mnchen-3ya.example enforce 2/2   60d münchen.example: 证书 läu..



        -- Changes: 1 unacked ----------------------------------------------------------
         *14:31:07 xn--fiqs8s.example            OK -> RISK    证书 expires









         WHY  中国.example: 证书 läuft ab

         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "overview long 140x40": #"""
         X 1 BOUNCING                                                                                                         Tue 24 Nov  14:32:05Z
         1 domain  sort:severity  filter:-                                                                            every 5m (problems 60s)  LIVE
          STATE v   DOMAIN                         POLICY    ID MAXAGE TLS   VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  a-label-of-sixty-three-bytes.. enforce 211d     7d 11/12 1.3  -47h   44d     now           .X  <1m a reason that does not come..













        -- Changes: 1 unacked --------------------------------------------------------------+- a-label-of-sixty-three-bytes-that-is-the-longest-..--
         *14:31:07 a-label-of-sixty-three-byt..      OK -> BOUNCE  a reason that does not ..| X BOUNCE for 1h50m   enforce
                                                                                            | Mail from senders that honour MTA-STS is REFUSED at
                                                                                            | every MX.
                                                                                            |   mx0.a-label-of-sixty-three-bytes-that-is-the-longes
                                                                                            |   t-the-DNS-can-ta.a-label-of-sixty-three-bytes-that-
                                                                                            |   is-the-longest-the-DNS-can-ta.a-label-of-sixty-thre
                                                                                            |   e-bytes-that-is-the-longest-the-DNS-can-ta.example
                                                                                            |   certificate expired
                                                                                            | FIX a reason that does not come to an end, a reason
                                                                                            |     that does not come to an end, a reason that does
                                                                                            |     not come to an end, a reason that does not come
                                                                                            |     to an end, a reason that does not come to an end.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx0.a-label-of-sixty-three-bytes-that-is-
                                                                                            |             the-longest-the-dns-can-ta.a-label-of-six
                                                                                            |             ty-three-bytes-that-is-the-longest-the-dn
                                                                                            |             s-can-ta.a-label-of-sixty-three-bytes-tha
                                                                                            |             t-is-the-longest-the-dns-can-ta.example,
                                                                                            |             mx1.a-label-of-sixty-three-bytes-that-is-
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview long 40x10": #"""
         X1                              14:32Z
        >X a-label-of-sixty-three-bytes-.. -47h







         a reason that does not come to an end..
        """#,
        "overview long 80x24": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                               every 5m  LIVE
          STATE v   DOMAIN                     POLICY  TLS  CERT WHY
        >*X BOUNCE  a-label-of-sixty-three-b.. enforce 9/+  -47h a reason that does no..






        -- Changes: 1 unacked ----------------------------------------------------------
         *14:31:07 a-label-of-sixty-three..      OK -> BOUNCE  a reason that does not ..









         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "plan hostile 80x24": #"""
         hostile.example                                            PLAN   now X BOUNCE
         Nothing is planned; nothing here touches DNS or a server.
        --------------------------------------------------------------------------------
         MX         10  mx1.hostile.example
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays










        -- Consequences ----------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked
         for. Then it is told here who would refuse, from when until when, and in which
         order the change hurts nobody.
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan idn 80x24": #"""
         xn--fiqs8s.example                                           PLAN   now ! RISK
         Nothing is planned; nothing here touches DNS or a server.
        --------------------------------------------------------------------------------
         MX         10  mx1.xn--fiqs8s.example
                    20  mx2.xn--fiqs8s.example
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays









        -- Consequences ----------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked
         for. Then it is told here who would refuse, from when until when, and in which
         order the change hurts nobody.
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan long 80x24": #"""
         a-label-of-sixty-three-bytes-that-is-the-longest-the-dns.. PLAN   now X BOUNCE
         Nothing is planned; nothing here touches DNS or a server.
        --------------------------------------------------------------------------------
         MX          0  mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     1  mx1.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     2  mx2.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     3  mx3.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     4  mx4.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     5  mx5.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     6  mx6.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     7  mx7.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     8  mx8.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                     9  mx9.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-..
                    10  mx10.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns..
                    11  mx11.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns..
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
        -- Consequences ----------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked
         for. Then it is told here who would refuse, from when until when, and in which
         order the change hurts nobody.
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "policy hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.hostile.example/.well-known/mta-sts.txt
               200, text/plain, 73 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.hostile.example   44d left   trusted   name ok

            1  version: STSv1
            2  mode: enforce                      senders refuse an MX that fails
            3  mx: mx1.hostile.example            matches MX 10
            4  max_age: 604800                    7d; copies fetched now die  1 Dec 2026









         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "policy idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace               !4
        --------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.xn--fiqs8s.example/.well-known/mta-sts.txt
               200, text/plain, 104 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.xn--fiqs8s.example   44d left   trusted   name ok

            1  version: STSv1
            2  mode: enforce                      senders refuse an MX that fails
            3  mx: mx1.xn--fiqs8s.example         matches MX 10
            4  mx: mx2.xn--fiqs8s.example         matches MX 20
            5  max_age: 604800                    7d; copies fetched now die  1 Dec 2026








         WHY  中国.example: 证书 läuft ab

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "policy long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace               X1
        ------------------------------------------------------------------ 1-18 of 20 --
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.a-label-of-sixty-three-bytes-that-is-the-longest-the-dn..
               200, text/plain, 2558 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.a-label-of-sixty-three-bytes-that-is-the-longest-the..

            1  version: STSv1
            2  mode: enforce                      senders refuse an MX that fails
            3  mx: mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            4  mx: mx1.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            5  mx: mx2.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            6  mx: mx3.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            7  mx: mx4.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            8  mx: mx5.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
            9  mx: mx6.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
           10  mx: mx7.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
           11  mx: mx8.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
           12  mx: mx9.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-ta..
           13  mx: mx10.a-label-of-sixty-three-bytes-that-is-the-longest-the-dns-can-t..
         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "summary hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace               X1
        --------------------------------------------------------------------------------
         VERDICT  Mail from senders that honour MTA-STS is REFUSED at every MX.

         WHY      1  mx1 \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext  starttls missing,
                                                                    for 1h51m
                     saw \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext (RFC 8461 4.2)

         FIX      Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext

         CHECKS   _mta-sts TXT ok   id=20260426T1    STARTTLS     FAIL 0 of 1
                  policy file  ok   mode enforce     MX certs     ?    none seen
                  MX lookup    ok   1 host           DANE         -    no TLSA
                  MX in policy ok   1 of 1           TLS-RPT      ok   tls@hostile.e..

         SENDERS                  all MX    10 mx1
                  mta-sts         REFUSED   refused   since 12:41:07Z  why \x1b[2J\xe..
                  dane            -         -
                  opportunistic   delivers  delivers

         NEXT     check 14:32:55Z     last change 14:32:02Z OK -> BOUNCE

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "summary idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace               !4
        --------------------------------------------------------------------------------
         VERDICT  Mail flows now, but not through every MX: the next failure can stop
                  it.
                  mta-sts delivers   dane -   opportunistic delivers

         CHECKS   _mta-sts TXT   ok    id=20260426T1                                <1m
                  policy file    ok    200, text/plain, 104 B, 14 ms                <1m
                  MX lookup      ok    2 hosts                                      <1m
                  MX in policy   ok    2 of 2
                  STARTTLS       ok    2 of 2 addresses, TLS 1.3
                  MX certs       ok    2 of 2 addresses valid
                  DANE           -     no TLSA
                  TLS-RPT        ok    mailto:tls@xn--fiqs8s.example                <1m

         SENDERS                  all MX    10 mx1    20 mx2
                  mta-sts         delivers  delivers  delivers
                  dane            -         -         -
                  opportunistic   delivers  delivers  delivers

         NEXT     check 14:32:55Z     last change 14:31:07Z OK -> RISK

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "summary long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace               X1
        ------------------------------------------------------------------ 1-20 of 25 --
         VERDICT  Mail from senders that honour MTA-STS is REFUSED at every MX.
         WHY      1  mx0.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-t
                     a.a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-ta.
                     a-label-of-sixty-three-bytes-that-is-the-longest-the-DNS-can-ta.ex
                     ample
                     certificate expired, for 1h51m
                     a reason that does not come to an end, a reason that does not come
                     to an end, a reason that does not come to an end, a reason that
                     does not come to an end, a reason that does not come to an end
                     (RFC 8461 4.2)
         FIX      a reason that does not come to an end, a reason that does not come to
                  an end, a reason that does not come to an end, a reason that does not
                  come to an end, a reason that does not come to an end.
         CHECKS   _mta-sts TXT ok   id=20260426T1    STARTTLS     ok   12 of 12, TLS..
                  policy file  ok   mode enforce     MX certs     FAIL 11 of 12 valid
                  MX lookup    ok   12 hosts         DANE         -    no TLSA
                  MX in policy ok   12 of 12         TLS-RPT      ok   tls@a-label-o..
         SENDERS                  all MX    0 mx0     1 mx1     2 mx2     3 mx3     +8
                  mta-sts         REFUSED   refused   delivers  delivers  delivers  s..
                  cached 202601.. PARTIAL   until Thu 24 Dec 14:32Z, held by expiry
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace hostile 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]              X1
        --------------------------------------------------------------------------------
         What a sender does now                          h/l <[mta-sts]| dane | plain >
          1 TXT _mta-sts                 id=20260426T1                         0ms  ok
          2 certificate of mta-sts       trusted, name ok                           ok
          3 policy file of mta-sts       200, text/plain, 73 B                14ms  ok
          4 read the policy              mode enforce, max_age 604800, 1 mx         ok
          5 MX hostile.example           10 mx1                                0ms  ok
          6 try mx1: in the policy?      yes, mx: mx1                               ok
          7 A, AAAA mx1                  192.0.2.10                            3ms  ok
          8 connect 192.0.2.10           greeted                              41ms  ok
          9 STARTTLS                     not offered                                FAIL
         10 result                       delay, retry, then bounce                  FAIL







         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext
         FIX  Fix \x1b[2J\xe2\x80\xaekcatta\x07\x0d\x0anext
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace idn 80x24": #"""
        *xn--fiqs8s.example  中国.example  @größe            ! RISK for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]              !4
        --------------------------------------------------------------------------------
         What a sender does now                          h/l <[mta-sts]| dane | plain >
          1 TXT _mta-sts                 id=20260426T1                         0ms  ok
          2 certificate of mta-sts       trusted, name ok                           ok
          3 policy file of mta-sts       200, text/plain, 104 B               14ms  ok
          4 read the policy              mode enforce, max_age 604800, 2 mx         ok
          5 MX xn--fiqs8s.example        10 mx1, 20 mx2                        0ms  ok
          6 try mx1: in the policy?      yes, mx: mx1                               ok
          7 A, AAAA mx1                  192.0.2.10                            3ms  ok
          8 connect 192.0.2.10           greeted                              41ms  ok
          9 STARTTLS                     offered, TLSv1.3                     12ms  ok
         10 certificate                  trusted, name ok, until                    ok
                                         2027-01-23T14:32:07Z
         11 else 20 mx2                  not needed; would take it                  -
         12 result                       delivered, MTA-STS passed                  ok




         WHY  中国.example: 证书 läuft ab

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "trace long 80x24": #"""
        *a-label-of-sixty-three-bytes-that-is-the-longes.. X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs  5 History [6 Trace]              X1
        ------------------------------------------------------------------ 1-18 of 44 --
         < mta-sts > 1 of 6  REFUSED
          1 TXT _mta-sts                 id=20260426T1                         0ms  ok
          2 certificate of mta-sts       trusted, name ok                           ok
          3 policy file of mta-sts       200, text/plain, 2558 B              14ms  ok
          4 read the policy              mode enforce, max_age 604800, 12           ok
                                         mx
          5 MX                           0 mx0, 1 mx1, 2 mx2, 3 mx3, ...       0ms  ok
            a-label-of-sixty-three-byte
            s-that-is-the-longest-the-d
            ns-can-ta.a-label-of-sixty-
            three-bytes-that-is-the-lon
            gest-the-dns-can-ta.a-label
            -of-sixty-three-bytes-that-
            is-the-longest-the-dns-can-
            ta.example
          6 try mx0: in the policy?      yes, mx: mx0                               ok
          7 A, AAAA mx0                  192.0.2.10                            3ms  ok
          8 connect 192.0.2.10           greeted                              41ms  ok
         WHY  a reason that does not come to an end, a reason that does not come to an..
         FIX  a reason that does not come to an end, a reason that does not come to an..
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
    ]
}
