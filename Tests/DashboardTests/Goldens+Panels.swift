// swift-format-ignore-file

extension Goldens {
    /// What lies over the overview.
    static let panels: [String: String] = [
        "remarks 80x16": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  DNS: answers are not validated; DANE is unknown  2 li..  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
        +- Remarks --------------------------------------------------------------------+
        | DNS: answers are not validated; DANE is unknown                              |
        | list: line 3: bad                                                            |
        | list: line 4: bad                                                            |
        +------------------------------------------------------------------------------+
        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         WHY  mx1, mx2: certificate expired 2h ago   FIX  Renew the certificate on mx1..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "help 80x24": #"""
         stswatch keys                                       type to search; Esc closes
         MOVE                    TABLE            DOMAIN
         j Dn k Up row           /   filter       Esc         back
         g G       ends          !   problems     Enter       open
         ^D ^U     half page     s   sort by..    1 2 3 4 5 6 tab
         PgDn PgUp page          < > sort column  ] [         other tab
         n N       next problem  I   invert       J K         next domain
         Tab S-Tab other pane    t   group..      r           recheck
         h l       pan           c   columns..    y           copy..
         Space     mark          a A ack / all    o           pager
                                 M   mute..       S           save
                                 W   wall view    w           plan
                                 R   recheck all

         ANYWHERE
         p    pause
         :    command
         T    theme
         L    remarks
         m    mouse
         ^L   redraw
         ^Z   suspend
         ? F1 help
         STATE  X BOUNCE  ! RISK  ~ WARN  ? UNKNOWN  . OK  - NONE   * unacked
        """#,
        "sort menu 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z
         8 domains  sort:severity  filter:-                                  33/s  LIVE
          STATE v   DOMAIN                 POLICY  TLS  CERT WHY
        >*X BOUNCE  acme-payments.example  enforce 0/2   -1h mx1, mx2: certificate exp..
         *X BOUNCE  northwind.example      enforce 0/1     - mx1: STARTTLS is no longe..
          ! RISK    fabrikam.example       enforce 1/1    4d mx1: certificate expires ..
          ! RISK    xn--mnchen-3ya.ex+- Sort by ---------+5d mx1: certificate expires ..
          ~ WARN    grand-hotel.examp| s  severity       |0d policy 404; protection en..
          ? UNKNOWN proseware.example| d  domain         | - DNS timeout, three times
          - NONE    coho-winery.examp| p  policy         |0d no _mta-sts record
          . OK      wingtip.example  | t  tls            |0d
        -- Changes: 2 unacked -------| c  certificate    |------------------------------
         *14:31:50 northwind.example | b  bounces        |NCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.exam| i  id age         |NCE  certificate expired
          13:58:41 fabrikam.example  | m  max age        |K    certificate under 7 days
          13:40:00 woodgrove.example | a  age            |     chain complete again
                                     +-------------------+




         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "wall 80x24": #"""
         X 2 BOUNCING   ! 2 RISK   ~ 1 WARN   ? 1   . 1 OK   - 1 NONE         14:32:05Z

         ##################        ##################              ######
         ##################        ##################              ######
         ##################        ##################              ######
                     ######                    ######        ############
                     ######                    ######        ############
                     ######                    ######        ############
         ##################        ##################              ######
         ##################        ##################              ######
         ##################        ##################              ######
         ######                    ######                          ######
         ######                    ######                          ######
         ######                    ######                          ######
         ##################        ##################        ##################
         ##################        ##################        ##################
         ##################        ##################        ##################
         X BOUNCING                ! RISK                    ~ WARN

        -- Changes: 2 unacked ----------------------------------------------------------
         *14:31:50 northwind.example             OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example       RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example            WARN -> RISK    certificate under 7 days
         Esc back  A ack all  p pause  ? help
        """#,
        "wall 140x40": #"""
         X 2 BOUNCING     ! 2 RISK     ~ 1 WARN     ? 1 UNKNOWN     . 1 OK     - 1 NONE                                       Tue 24 Nov  14:32:05Z

         ##################                 ##################                       ######                             ######
         ##################                 ##################                       ######                             ######
         ##################                 ##################                       ######                             ######
                     ######                             ######                 ############                       ############
                     ######                             ######                 ############                       ############
                     ######                             ######                 ############                       ############
         ##################                 ##################                       ######                             ######
         ##################                 ##################                       ######                             ######
         ##################                 ##################                       ######                             ######
         ######                             ######                                   ######                             ######
         ######                             ######                                   ######                             ######
         ######                             ######                                   ######                             ######
         ##################                 ##################                 ##################                 ##################
         ##################                 ##################                 ##################                 ##################
         ##################                 ##################                 ##################                 ##################
         X BOUNCING                         ! RISK                             ~ WARN                             ? UNKNOWN

        -- Changes: 2 unacked ----------------------------------------------------------------------------------------------------------------------
         *14:31:50 northwind.example                 OK -> BOUNCE  STARTTLS gone from mx1
         *14:12:03 acme-payments.example           RISK -> BOUNCE  certificate expired
          13:58:41 fabrikam.example                WARN -> RISK    certificate under 7 days
          13:40:00 woodgrove.example             BOUNCE -> OK      chain complete again















         Esc back  A ack all  p pause  ? help
        """#,
        "wall 40x10": #"""
         X2  !2  ~1  ?1  .1  -1          14:32Z
        -- Changes: 2 unacked ------------------
         *14:31:50 X northwind.example
         *14:12:03 X acme-payments.example
          13:58:41 ! fabrikam.example
          13:40:00 . woodgrove.example



         Esc back  A ack all  p pause  ? help
        """#,
    ]
}
