// swift-format-ignore-file

extension Goldens {
    /// Views without a screen of their own elsewhere, over the usual data.
    static let views: [String: String] = [
        "certificates 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts [4 Certificates] 5 History  6 Sender trace                                                          X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         HOST                               SUBJECT / SAN                                                ISSUER     NOT AFTER          LEFT
         mx1.acme-payments.example          mx1.acme-payments.example                                    R11        24 Nov 12:36Z       -1h X
         mx2.acme-payments.example          mx2.acme-payments.example                                    R11        24 Nov 12:36Z       -1h X
         mta-sts.acme-payments.example      mta-sts.acme-payments.example                                R11         7 Jan 2027         44d .

















        -- mx1.acme-payments.example  192.0.2.10 ---------------------------------------------------------------------------------------------------
         trust  expired 24 Nov 2026 12:36Z: CN=mx1.acme-payments.example   name ok
         1 leaf  CN=mx1.acme-payments.example
                 names   mx1.acme-payments.example
                 issuer  CN=R11,O=Example Trust
                 valid   26 Aug 2026 12:36Z to 24 Nov 2026 12:36Z
                 key     RSA 2048, sha256WithRSAEncryption
                 sha256  abababababababababababababababababababababababababababababababab
         2 issuer  CN=R11,O=Example Trust
                 issuer  CN=Example Root X1
                 valid   20 Oct 2025 14:32Z to 12 May 2029 14:32Z
                 key     RSA 4096, sha256WithRSAEncryption
                 sha256  1212121212121212121212121212121212121212121212121212121212121212
         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "certificates 40x10": #"""
        X acme-payments.example
         1 Sum 2 Pol 3 MX[4 Cert]5 Hist 6 Trace
        ----------------------------------------
         HOST                            LEFT
         mx1.acme-payments.example        -1h X
         mx2.acme-payments.example        -1h X
        -- mx1.acme-payments.exampl 1-1 of 13 --
         trust  expired 24 Nov 2026 12:36Z: CN..
         WHY  mx1, mx2: certificate expired 2h..
         Esc back  ]/[ tab  ? help
        """#,
        "changes 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
         *X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
          . OK      wingtip.example        enforce 2/2   60d
        -- Changes: 2 unacked ----------------------------------------------------------
        >*14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1: STARTTLS is no longer offered
         FIX  Turn STARTTLS on again.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "command prompt 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
          . OK      wingtip.example        enforce 2/2   60d
        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
        :add state:bounce
        """#,
        "confirm 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains  sort:severity  filter:-                                                              every 5m (problems 60s)  33 checks/s  LIVE
          STATE v   DOMAIN                 POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  acme-payments.example  enforce 211d     7d 0/2 1.3   -1h   44d     now           !X  <1m mx1, mx2: certificate expired 2h ago
         *X BOUNCE  northwind.example      enforce 211d     7d 0/1 -       -   44d     now           .X  <1m mx1: STARTTLS is no longer offered
          ! RISK    fabrikam.example       enforce 211d     7d 1/1 1.3    4d   44d   4d 4h           !!  <1m mx1: certificate expires Sat 28 Nov 1..
          ! RISK    xn--mnchen-3ya.example enforce 211d     7d 1/1 1.3    5d   44d   5d 4h           !!  <1m mx1: certificate expires Sun 29 Nov 1..
          ~ WARN    grand-hotel.example    enforce 211d     7d 2/2 1.3   60d   44d       -           ~~  <1m policy 404; protection ends in 3d
          ? UNKNOWN proseware.example      none       -      - -   -       -     -       -           ??  <1m DNS timeout, three times
          - NONE    coho-winery.example    none       -      - 2/2 1.3   60d     -       -           --  <1m no _mta-sts record
          . OK      wingtip.example        enforce 211d     7d 2/2 1.3   60d   44d       -            .  <1m






        -- Changes: 2 unacked --------------------------------------------------------------+- acme-payments.example -------------------------------
         *14:31:50 northwind.example                 OK ->+--------------------------------------+UNCE for 1h50m   enforce
         *14:12:03 acme-payments.example           RISK ->| Stop watching acme-payments.example? | from senders that honour MTA-STS is REFUSED at
          13:58:41 fabrikam.example                WARN ->| y yes   n no                         |y MX.
          13:40:00 woodgrove.example             BOUNCE ->+--------------------------------------+1.acme-payments.example certificate expired
                                                                                            |   mx2.acme-payments.example certificate expired
                                                                                            | FIX Renew the certificate on mx1 and mx2 and reload
                                                                                            |     the MTA.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.acme-payments.example,
                                                                                            |             mx2.acme-payments.example
                                                                                            | TLS-RPT mailto:tls@acme-payments.example
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
        "confirm 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        >X acme-payments.example            -1h
        *X nort+------------------------+
         ! fabr| Stop watching          |    4d
         ! xn--| acme-payments.example? |    5d
         ~ gran| y yes   n no           |   60d
         ? pros+------------------------+
         - coho-winery.example              60d
         . wingtip.example                  60d
         mx1, mx2: certificate expired 2h ago
        """#,
        "confirm 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
          . OK      wingtip.+--------------------------------------+
        -- Changes: 2 unacke| Stop watching acme-payments.example? |--------------------
         *14:31:50 northwind| y yes   n no                         |TLS gone from mx1
         *14:12:03 acme-paym+--------------------------------------+ficate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "copy menu 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.+- Copy ----------------------+ _mta-sts record
          . OK      wingtip.exam| d  domain                   |
        -- Changes: 2 unacked --| w  why, one line            |-------------------------
         *14:31:50 northwind.exa| f  fix                      |STARTTLS gone from mx1
         *14:12:03 acme-payments| c  command to look again    |certificate expired
          13:58:41 fabrikam.exam+-----------------------------+certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "filter prompt 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains, 2 shown  sort:severity  filter:state:bounce                                          every 5m (problems 60s)  33 checks/s  LIVE
          STATE v   DOMAIN                 POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  acme-payments.example  enforce 211d     7d 0/2 1.3   -1h   44d     now           !X  <1m mx1, mx2: certificate expired 2h ago
         *X BOUNCE  northwind.example      enforce 211d     7d 0/1 -       -   44d     now           .X  <1m mx1: STARTTLS is no longer offered












        -- Changes: 2 unacked --------------------------------------------------------------+- acme-payments.example -------------------------------
         *14:31:50 northwind.example                 OK -> BOUNCE  STARTTLS gone from mx1   | X BOUNCE for 1h50m   enforce
         *14:12:03 acme-payments.example           RISK -> BOUNCE  certificate expired      | Mail from senders that honour MTA-STS is REFUSED at
          13:58:41 fabrikam.example                WARN -> RISK    certificate under 7 days | every MX.
          13:40:00 woodgrove.example             BOUNCE -> OK      chain complete again     |   mx1.acme-payments.example certificate expired
                                                                                            |   mx2.acme-payments.example certificate expired
                                                                                            | FIX Renew the certificate on mx1 and mx2 and reload
                                                                                            |     the MTA.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.acme-payments.example,
                                                                                            |             mx2.acme-payments.example
                                                                                            | TLS-RPT mailto:tls@acme-payments.example
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            | Enter for all tabs
        /state:bounce                                                                                                                        2 of 8
        """#,
        "filter prompt 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        >X acme-payments.example            -1h
        *X northwind.example






        /state:bounce                    2 of 8
        """#,
        "filter prompt 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains, 2 shown  sort:severity  filter:state:bounce    every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..






        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
        /state:bounce                                                            2 of 8
        """#,
        "help 140x40": #"""
         stswatch keys                                                                                                   type to search; Esc closes
         MOVE                    TABLE            DOMAIN                   ANYWHERE
         j Dn k Up row           /   filter       Esc         back         p    pause
         g G       ends          !   problems     Enter       open         :    command
         ^D ^U     half page     s   sort by..    1 2 3 4 5 6 tab          T    theme
         PgDn PgUp page          < > sort column  ] [         other tab    L    remarks
         n N       next problem  I   invert       J K         next domain  m    mouse
         Tab S-Tab other pane    t   group..      r           recheck      ^L   redraw
         h l       pan           c   columns..    y           copy..       ^Z   suspend
         Space     mark          a A ack / all    o           pager        ? F1 help
                                 M   mute..       S           save         q    back / quit
                                 W   wall view    w           plan         Q ^C quit
                                 R   recheck all


























         STATE  X BOUNCE  ! RISK  ~ WARN  ? UNKNOWN  . OK  - NONE   * unacked
        """#,
        "help 40x10": #"""
         stswatch keys
         MOVE                    TABLE
         j Dn k Up row           /   filter
         g G       ends          !   problems
         ^D ^U     half page     s   sort by..
         PgDn PgUp page          < > sort column
         n N       next problem  I   invert
         Tab S-Tab other pane    t   group..
         h l       pan           c   columns..
         STATE  X BOUNCE  ! RISK  ~ WARN  ? UN..
        """#,
        "hosts 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certificates  5 History  6 Sender trace                                                          X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         PREF  HOST                                     IN POLICY STARTTLS TLS CERT      RTT   STATE
           10  mx1.acme-payments.example                yes       yes      1.3 EXPIRED   41ms  X
               192.0.2.10                                         yes      1.3 EXPIRED   41ms  X
           20  mx2.acme-payments.example                yes       yes      1.3 EXPIRED   41ms  X
               192.0.2.20                                         yes      1.3 EXPIRED   41ms  X






















        -- mx1.acme-payments.example 192.0.2.10, last dialogue, <1m ago ----------------------------------------------------------------------------
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
        "hosts 40x10": #"""
        X acme-payments.example
         1 Sum 2 Pol[3 MX]4 Cert 5 Hist 6 Trace
        ----------------------------------------
         PREF  HOST                CHECK
           10  mx1.acme-payments.. EXPIRED   X
               192.0.2.10          EXPIRED   X
        -- mx1.acme-payments.example 1-1 of 6 --
         mta-sts        refused   certificate ..
         WHY  mx1, mx2: certificate expired 2h..
         Esc back  ]/[ tab  ? help
        """#,
        "mute menu 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware+- Mute acme-payments.example -------+meout, three times
          - NONE    coho-wine| 3  30 minutes                      |a-sts record
          . OK      wingtip.e| 1  1 hour                          |
        -- Changes: 2 unacked| 4  4 hours                         |---------------------
         *14:31:50 northwind.| d  1 day                           |TTLS gone from mx1
         *14:12:03 acme-payme| o  off: ring again                 |ificate expired
          13:58:41 fabrikam.e+------------------------------------+ificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "plan prompt 140x40": #"""
         acme-payments.example                                                                                                  PLAN   now X BOUNCE
         Nothing is planned; nothing here touches DNS or a server.
        --------------------------------------------------------------------------------------------------------------------------------------------
         MX         10  mx1.acme-payments.example
                    20  mx2.acme-payments.example
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays


























        -- Consequences ----------------------------------------------------------------------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked for. Then it is told here who would refuse, from when until
         when, and in which order the change hurts nobody.
        new id state:bounce
        """#,
        "plan prompt 40x10": #"""
         acme-payments.ex.. PLAN   now X BOUNCE
         Nothing is planned; nothing here touc..
        ----------------------------------------
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
        -- Consequences ------------ 1-2 of 6 --
         Enter on a line changes it: a host
         goes or stays, a file or an id is
        new id state:bounce
        """#,
        "plan prompt 80x24": #"""
         acme-payments.example                                      PLAN   now X BOUNCE
         Nothing is planned; nothing here touches DNS or a server.
        --------------------------------------------------------------------------------
         MX         10  mx1.acme-payments.example
                    20  mx2.acme-payments.example
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays









        -- Consequences ----------------------------------------------------------------
         Enter on a line changes it: a host goes or stays, a file or an id is asked
         for. Then it is told here who would refuse, from when until when, and in which
         order the change hurts nobody.
        new id state:bounce
        """#,
        "policy 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
          1 Summary [2 Policy] 3 MX hosts  4 Certificates  5 History  6 Sender trace                                                          X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.acme-payments.example/.well-known/mta-sts.txt
               200, text/plain, 110 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.acme-payments.example   44d left   trusted   name ok

            1  version: STSv1
            2  mode: enforce                          senders refuse an MX that fails
            3  mx: mx1.acme-payments.example          matches MX 10
            4  mx: mx2.acme-payments.example          matches MX 20
            5  max_age: 604800                        7d; copies fetched now die  1 Dec 2026
























         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "policy 40x10": #"""
        X acme-payments.example
         1 Sum[2 Pol]3 MX 4 Cert 5 Hist 6 Trace
        --------------------------- 1-5 of 10 --
         TXT   v=STSv1; id=20260426T1   TTL 30..
         URL   https://mta-sts.acme-payments.e..
               200, text/plain, 110 B, 14 ms  ..
         web certificate  mta-sts.acme-payment..

         WHY  mx1, mx2: certificate expired 2h..
         Esc back  ]/[ tab  ? help
        """#,
        "remarks 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains  DNS: answers are not validated  1 list problem: L  sort:severity  filter:-           every 5m (problems 60s)  33 checks/s  LIVE
          STATE v   DOMAIN                 POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  acme-payments.example  enforce 211d     7d 0/2 1.3   -1h   44d     now           !X  <1m mx1, mx2: certificate expired 2h ago
         *X BOUNCE  northwind.example      enforce 211d     7d 0/1 -       -   44d     now           .X  <1m mx1: STARTTLS is no longer offered
          ! RISK    fabrikam.example       enforce 211d     7d 1/1 1.3    4d   44d   4d 4h           !!  <1m mx1: certificate expires Sat 28 Nov 1..
          ! RISK    xn--mnchen-3ya.example enforce 211d     7d 1/1 1.3    5d   44d   5d 4h           !!  <1m mx1: certificate expires Sun 29 Nov 1..
          ~ WARN    grand-hotel.example    enforce 211d     7d 2/2 1.3   60d   44d       -           ~~  <1m policy 404; protection ends in 3d
          ? UNKNOWN proseware.example      none       -      - -   -       -     -       -           ??  <1m DNS timeout, three times
          - NONE    coho-winery.example    none       -      - 2/2 1.3   60d     -       -           --  <1m no _mta-sts record
          . OK      wingtip.example        enforce 211d     7d 2/2 1.3   60d   44d       -            .  <1m






        -- Changes: 2 unacked --------------------------------------------------------------+- acme-payments.example -------------------------------
        +- Remarks --------------------------------------------------------------------------------------------------------------------------------+
        | DNS: answers are not validated                                                                                                           |
        | list: line 3: state:bounce is no name                                                                                                    |
        +------------------------------------------------------------------------------------------------------------------------------------------+
                                                                                            |   mx2.acme-payments.example certificate expired
                                                                                            | FIX Renew the certificate on mx1 and mx2 and reload
                                                                                            |     the MTA.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.acme-payments.example,
                                                                                            |             mx2.acme-payments.example
                                                                                            | TLS-RPT mailto:tls@acme-payments.example
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
        "remarks 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        >X acme-payments.example            -1h
        +- Remarks ----------------------------+
        | DNS: answers are not validated       |
        | list: line 3: state:bounce is no     |
        | name                                 |
        +--------------------------------------+
         - coho-winery.example              60d
         . wingtip.example                  60d
         mx1, mx2: certificate expired 2h ago
        """#,
        "remarks 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  DNS: answers are not validated  1 list problem: L  so..  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
        +- Remarks --------------------------------------------------------------------+
        | DNS: answers are not validated                                               |
        | list: line 3: state:bounce is no name                                        |
        +------------------------------------------------------------------------------+
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "sort menu 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains  sort:severity  filter:-                                                              every 5m (problems 60s)  33 checks/s  LIVE
          STATE v   DOMAIN                 POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        >*X BOUNCE  acme-payments.example  enforce 211d     7d 0/2 1.3   -1h   44d     now           !X  <1m mx1, mx2: certificate expired 2h ago
         *X BOUNCE  northwind.example      enforce 211d     7d 0/1 -       -   44d     now           .X  <1m mx1: STARTTLS is no longer offered
          ! RISK    fabrikam.example       enforce 211d     7d 1/1 1.3    4d   44d   4d 4h           !!  <1m mx1: certificate expires Sat 28 Nov 1..
          ! RISK    xn--mnchen-3ya.example enforce 211d     7d 1/1 1.3    5d   44d   5d 4h           !!  <1m mx1: certificate expires Sun 29 Nov 1..
          ~ WARN    grand-hotel.example    enforce 211d     7d 2/2 1.3   60d   44d       -           ~~  <1m policy 404; protection ends in 3d
          ? UNKNOWN proseware.example      none       -      - -   -       -     -       -           ??  <1m DNS timeout, three times
          - NONE    coho-winery.example    none       -      - 2/2 1.3   60d     -       -           --  <1m no _mta-sts record
          . OK      wingtip.example        enforce 211d     7d 2/2 1.3   60d   44d       -            .  <1m



                                                                   +- Sort by ---------+
                                                                   | s  severity       |
                                                                   | d  domain         |
        -- Changes: 2 unacked -------------------------------------| p  policy         |----+- acme-payments.example -------------------------------
         *14:31:50 northwind.example                 OK -> BOUNCE  | t  tls            |1   | X BOUNCE for 1h50m   enforce
         *14:12:03 acme-payments.example           RISK -> BOUNCE  | c  certificate    |    | Mail from senders that honour MTA-STS is REFUSED at
          13:58:41 fabrikam.example                WARN -> RISK    | b  bounces        |ays | every MX.
          13:40:00 woodgrove.example             BOUNCE -> OK      | i  id age         |    |   mx1.acme-payments.example certificate expired
                                                                   | m  max age        |    |   mx2.acme-payments.example certificate expired
                                                                   | a  age            |    | FIX Renew the certificate on mx1 and mx2 and reload
                                                                   +-------------------+    |     the MTA.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.acme-payments.example,
                                                                                            |             mx2.acme-payments.example
                                                                                            | TLS-RPT mailto:tls@acme-payments.example
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
        "sort menu 40x10": #"""
         X2  !2  +- Sort by ---------+   14:32Z
        >X acme-p| s  severity       |      -1h
        *X northw| d  domain         |
         ! fabrik| p  policy         |       4d
         ! xn--mn| t  tls            |       5d
         ~ grand-| c  certificate    |      60d
         ? prosew| b  bounces        |
         - coho-w| i  id age         |      60d
         . wingti| m  max age        |      60d
         mx1, mx2+-------------------+ 2h ago
        """#,
        "theme menu 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                        every 5m  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example+- Theme -------+ 60d no _mta-sts record
          . OK      wingtip.example    |    auto       | 60d
        -- Changes: 2 unacked ---------|    dark       |--------------------------------
         *14:31:50 northwind.example   |    light      |OUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.exampl+---------------+OUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example         BOUNCE -> OK      chain complete again





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
    ]
}
