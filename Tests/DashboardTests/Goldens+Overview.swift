// swift-format-ignore-file

extension Goldens {
    /// The overview at the sizes of the plan.
    static let overview: [String: String] = [
        "overview 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        >X acme-payments.example            -1h
        *X northwind.example
         ! fabrikam.example                  4d
         ! xn--mnchen-3ya.example            5d
         ~ grand-hotel.example              60d
         ? proseware.example
         - coho-winery.example              60d
         . wingtip.example                  60d
         mx1, mx2: certificate expired 2h ago
        """#,
        "overview 60x16": #"""
         X2  !2  ~1  ?1  .1  -1                           14:32:05Z
         8 domains  sort:severity  filter:-              33/s  LIVE
          STATE v   DOMAIN               P TLS  CERT WHY
        >*X BOUNCE  acme-payments.exam.. E 0/2   -1h certificate-e..
         *X BOUNCE  northwind.example    E 0/1     - starttls-miss..
          ! RISK    fabrikam.example     E 1/1    4d certificate-e..
          ! RISK    xn--mnchen-3ya.exa.. E 1/1    5d
          ~ WARN    grand-hotel.example  E 2/2   60d
          ? UNKNOWN proseware.example    N -       -
          - NONE    coho-winery.example  N 2/2   60d
        -- Changes: 2 unacked --------------------------------------
         *14:31:50 northwind.example       OK -> BOUNCE  STARTTLS ..
         *14:12:03 acme-payments.ex..    RISK -> BOUNCE  certifica..
          13:58:41 fabrikam.example      WARN -> RISK    certifica..
         WHY  mx1, mx2: certificate expired 2h ago   FIX  Renew th..
         Enter open  / filter  ! problems  a ack  ? help  q quit
        """#,
        "overview 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                                  33/s  LIVE
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
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "overview 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z
         8 domains  sort:severity  filter:-                                                                                       33 checks/s  LIVE
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
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview 29x4": #"""


        X2 !2 ~1 ?1
        """#,
    ]
}
