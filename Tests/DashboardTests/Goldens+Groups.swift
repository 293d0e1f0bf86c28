// swift-format-ignore-file

extension Goldens {
    /// Groups and columns.
    static let groups: [String: String] = [
        "groups by provider 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  groups by provider  filter:-              33/s  LIVE
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





         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "groups by tag 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains  sort:severity  groups by tag  filter:-                                                                        33 checks/s  LIVE
          STATE v   TAG                          DOMAINS    X    !    ~    ?    .    -  FIRST
        >*X BOUNCE  no tag                             5    1    2    .    1    .    1  northwind.example: mx1: STARTTLS is no longer offered
         *X BOUNCE  @customers                         2    1    .    .    .    1    .  acme-payments.example: mx1, mx2: certificate expired 2h ago
          ~ WARN    @hotels                            1    .    .    1    .    .    .  grand-hotel.example: policy 404; protection ends in 3d











        -- Changes: 2 unacked --------------------------------------------------------------+- northwind.example -----------------------------------
         *14:31:50 northwind.example                 OK -> BOUNCE  STARTTLS gone from mx1   | X BOUNCE for 1h50m   enforce
         *14:12:03 acme-payments.example           RISK -> BOUNCE  certificate expired      | Mail from senders that honour MTA-STS is REFUSED at
          13:58:41 fabrikam.example                WARN -> RISK    certificate under 7 days | every MX.
          13:40:00 woodgrove.example             BOUNCE -> OK      chain complete again     |   mx1.northwind.example starttls missing
                                                                                            | FIX Turn STARTTLS on again.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx1.northwind.example
                                                                                            | TLS-RPT mailto:tls@northwind.example
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
        "groups by tag 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        >*X no tag                       1 of 5
         *X @customers                   1 of 2
          ~ @hotels                      1 of 1





         mx1: STARTTLS is no longer offered
        """#,
        "one group 80x16": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  group:no tag  filter:-                    33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record


        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         WHY  mx1: STARTTLS is no longer offered   FIX  Turn STARTTLS on again.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "columns 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                                  33/s  LIVE
          STATE v   DOMAIN                 TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  0/2   -1h mx1, mx2: certificate expired 2h ..
         *X BOUNCE  northwind.example      0/1     - mx1: STARTTLS is no longer offered
          ! RISK    fabrikam+- Columns, as far as they fit -------+te expires Sat 28 N..
          ! RISK    xn--mnch|    [ ] policy                       |te expires Sun 29 N..
          ~ WARN    grand-ho|    [x] id age                       |otection ends in 3d
          ? UNKNOWN prosewar|    [x] max age                      |hree times
          - NONE    coho-win|    [x] tls                          |cord
          . OK      wingtip.|    [x] version                      |
        -- Changes: 2 unacke|    [x] certificate                  |---------------------
         *14:31:50 northwind|    [x] web certificate              |TTLS gone from mx1
         *14:12:03 acme-paym|    [x] bounces                      |ificate expired
          13:58:41 fabrikam.|    [x] 24h                          |ificate under 7 days
          13:40:00 woodgrove|    [x] age                          |n complete again
                            |    [x] why                          |
                            +-------------------------------------+



         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
    ]
}
