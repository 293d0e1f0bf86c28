// swift-format-ignore-file

extension Goldens {
    /// The overview while something is out of the ordinary.
    static let states: [String: String] = [
        "first run 80x24": #"""
         stswatch                                                             14:32:05Z
         0 domains  1 list problem: L  sort:severity  filter:-                     LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY

         No domains yet. Add some: :add example.com or stswatch list.txt
         A list has one domain a line; # begins a comment, @tags may follow the name.
         ? help q quit

         list: line 3: 'a..b' is no name

        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.











         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "loading 100x20": #"""
                                                    ? 7 UNKNOWN                - 1 NONE           14:32:05Z
         8 domains  sort:severity  filter:-           checking 1240/10000 [##...............] about 5m left
          STATE v   DOMAIN                 POLICY  TLS  CERT 24H           AGE WHY
        > ? UNKNOWN proseware.example      none    -       -           ??  <1m DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d           --  <1m no _mta-sts record
          ? UNKNOWN acme-payments.example  ?       ?       ?                   not looked at yet
          ? UNKNOWN fabrikam.example       ?       ?       ?                   not looked at yet
          ? UNKNOWN grand-hotel.example    ?       ?       ?                   not looked at yet
          ? UNKNOWN northwind.example      ?       ?       ?                   not looked at yet
          ? UNKNOWN wingtip.example        ?       ?       ?                   not looked at yet
          ? UNKNOWN xn--mnchen-3ya.example ?       ?       ?                   not looked at yet
        -- Changes -----------------------------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.




         WHY  DNS timeout, three times

         Enter open  / filter  ! problems  s sort  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "offline 80x16": #"""
         !! OFFLINE 3m: no DNS, no control host. Last results shown.        X2 !2 ~1 ?1
         States are NOT changed while offline, AGE grows;  r = look now   33/s  OFFLINE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         WHY  mx1, mx2: certificate expired 2h ago   FIX  Renew the certificate on mx1..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "paused 80x16": #"""
         || PAUSED <1m: 2 changes waiting, 1 BOUNCE   p resume              X2 !2 ~1 ?1
         8 domains  sort:severity  filter:-                                33/s  PAUSED
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.example enforce 1/1    5d mx1: certificate expires ..
          ~ WARN    grand-hotel.example    enforce 2/2   60d policy 404; protection en..
          ? UNKNOWN proseware.example      none    -       - DNS timeout, three times
          - NONE    coho-winery.example    none    2/2   60d no _mta-sts record
        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         WHY  mx1, mx2: certificate expired 2h ago   FIX  Renew the certificate on mx1..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "nothing matches 80x16": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains, 0 shown  sort:severity  filter:nosuch                    33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY

         Filter 'nosuch' matches 0 of 8. 2 bouncing, hidden by it. Esc clears





        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         WHY  acme-payments.example: mx1, mx2: certificate expired 2h ago   FIX  Renew..
        /nosuch                                                                  0 of 8
        """#,
    ]
}
