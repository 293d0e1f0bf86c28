// swift-format-ignore-file

extension Goldens {
    /// Views over nothing, and over ten thousand domains.
    static let data: [String: String] = [
        "filter prompt many 80x24": #"""
         X 100 BOUNCING                             . 9900 OK                 14:32:05Z
         10000 domains, 111 shown  sort:severity  filter:customer-99     every 5m  LIVE
          STATE v   DOMAIN                POLICY  TLS  CERT WHY
        > X BOUNCE  customer-9900.example enforce 1/1   20d STARTTLS gone
          . OK      customer-9960.example enforce 1/1   20d
          . OK      customer-9901.example enforce 1/1   21d
          . OK      customer-9961.example enforce 1/1   21d
          . OK      customer-9902.example enforce 1/1   22d
          . OK      customer-9962.example enforce 1/1   22d
          . OK      customer-9903.example enforce 1/1   23d
          . OK      customer-9963.example enforce 1/1   23d
          . OK      customer-9904.example enforce 1/1   24d
          . OK      customer-9964.example enforce 1/1   24d
          . OK      customer-9905.example enforce 1/1   25d
          . OK      customer-9965.example enforce 1/1   25d
          . OK      customer-9906.example enforce 1/1   26d
        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.



         WHY  STARTTLS gone

        /customer-99                                                       111 of 10000
        """#,
        "groups many 80x24": #"""
         X 100 BOUNCING                             . 9900 OK                 14:32:05Z
         10000 domains  sort:severity  groups by tag  filter:-           every 5m  LIVE
          STATE v   TAG                          DOMAINS    X    !    ~    ?    .    -
        > X BOUNCE  no tag                         10000  100    .    .    . 9900    .












        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.



         WHY  STARTTLS gone

         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "help empty 80x24": #"""
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
        "history many 80x24": #"""
         customer-0.example                                X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace             X100
        ----------------------------------------------------------------- 1-18 of 312 --
         7d       ~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!   !!!!!!!!!!!!!!!!!!!X  mail 98.7%
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT ####^^^^^=====-----.....______  20d left
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   20260426T1 enforce, 7d since Sun 26 Apr 14:32Z; who fetches it now
                    holds it until 1 Dec 2026
                  No earlier version is held any more.

         CHANGES  and what was published anew, newest first
          24 Nov 11:45:26  OK -> RISK        turn 9999               ack: 24 Nov 14:32Z
          24 Nov 11:45:25  OK -> RISK        turn 9998               ack: 24 Nov 14:32Z
          24 Nov 11:45:24  OK -> RISK        turn 9997               ack: 24 Nov 14:32Z
          24 Nov 11:45:23  OK -> RISK        turn 9996               ack: 24 Nov 14:32Z
          24 Nov 11:45:22  OK -> RISK        turn 9995               ack: 24 Nov 14:32Z
          24 Nov 11:45:21  OK -> RISK        turn 9994               ack: 24 Nov 14:32Z
          24 Nov 11:45:20  OK -> RISK        turn 9993               ack: 24 Nov 14:32Z
         WHY  STARTTLS gone

         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "overview empty 140x40": #"""
         stswatch                                                                                                             Tue 24 Nov  14:32:05Z
         0 domains  sort:severity  filter:-                                                                           every 5m (problems 60s)  LIVE
          STATE v   DOMAIN           POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY

         No domains yet. Add some: :add example.com or stswatch list.txt
         A list has one domain a line; # begins a comment, @tags may follow the name.
         ? help q quit










        -- Changes -------------------------------------------------------------------------+-------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.       |
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
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview empty 40x10": #"""
         stswatch                        14:32Z

         No domains yet. Add some: :add
         example.com or stswatch list.txt
         A list has one domain a line; # begins
         a comment, @tags may follow the name.
         ? help q quit


         ? help  q quit
        """#,
        "overview empty 80x24": #"""
         stswatch                                                             14:32:05Z
         0 domains  sort:severity  filter:-                              every 5m  LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY

         No domains yet. Add some: :add example.com or stswatch list.txt
         A list has one domain a line; # begins a comment, @tags may follow the name.
         ? help q quit



        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.











         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "overview many 140x40": #"""
         X 100 BOUNCING                                                     . 9900 OK                                         Tue 24 Nov  14:32:05Z
         10000 domains  sort:severity  filter:-                                                                       every 5m (problems 60s)  LIVE
          STATE v   DOMAIN                POLICY    ID MAXAGE TLS VER MXCRT WEBCR BOUNCES 24H           AGE WHY
        > X BOUNCE  customer-0.example    enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-1200.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-1500.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-1800.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-2100.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-2400.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-2700.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-300.example  enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-3000.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-3300.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-3600.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-3900.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-4200.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-4500.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-4800.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-5100.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-5400.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-5700.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-600.example  enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-6000.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
          X BOUNCE  customer-6300.example enforce 211d     7d 1/1 1.3   20d   44d     now           XX  <1m STARTTLS gone
        -- Changes -------------------------------------------------------------------------+- customer-0.example ----------------------------------
         No changes since the start. What turns stands here until it is acknowledged.       | X BOUNCE for 1h50m   enforce
                                                                                            | Mail from senders that honour MTA-STS is REFUSED at
                                                                                            | every MX.
                                                                                            | Next check 14:32:55Z
                                                                                            |
                                                                                            | Policy  enforce  id 20260426T1  max_age 604800
                                                                                            |         mx: mx.provider.example
                                                                                            | TLS-RPT mailto:tls@customer-0.example
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            |
                                                                                            | Enter for all tabs
         Enter open  / filter  ! problems  s sort  t group  c columns  a ack  r recheck  p pause  y copy  ? help  q quit
        """#,
        "overview many 40x10": #"""
         X100                            14:32Z
        >X customer-0.example               20d
         X customer-1200.example            20d
         X customer-1500.example            20d
         X customer-1800.example            20d
         X customer-2100.example            20d
         X customer-2400.example            20d
         X customer-2700.example            20d
         X customer-300.example             20d
         STARTTLS gone
        """#,
        "overview many 80x24": #"""
         X 100 BOUNCING                             . 9900 OK                 14:32:05Z
         10000 domains  sort:severity  filter:-                          every 5m  LIVE
          STATE v   DOMAIN                POLICY  TLS  CERT WHY
        > X BOUNCE  customer-0.example    enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-1200.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-1500.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-1800.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-2100.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-2400.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-2700.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-300.example  enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-3000.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-3300.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-3600.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-3900.example enforce 1/1   20d STARTTLS gone
          X BOUNCE  customer-4200.example enforce 1/1   20d STARTTLS gone
        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.



         WHY  STARTTLS gone

         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "wall empty 80x24": #"""
         stswatch                                                             14:32:05Z

         ##################        ##################        ##################
         ##################        ##################        ##################
         ##################        ##################        ##################
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ######      ######        ######      ######        ######      ######
         ##################        ##################        ##################
         ##################        ##################        ##################
         ##################        ##################        ##################
         X BOUNCING                ! RISK                    ~ WARN

        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.


         Esc back  A ack all  p pause  ? help
        """#,
        "wall many 80x24": #"""
         X 100 BOUNCING                             . 9900 OK                 14:32:05Z

           ##    ######  ######    ######                    ######
         ####    ##  ##  ##  ##    ##  ##                    ##  ##
           ##    ##  ##  ##  ##    ##  ##                    ##  ##
           ##    ##  ##  ##  ##    ##  ##                    ##  ##
         ######  ######  ######    ######                    ######
         X BOUNCING                ! RISK                    ~ WARN

        -- Changes ---------------------------------------------------------------------
         No changes since the start. What turns stands here until it is acknowledged.












         Esc back  A ack all  p pause  ? help
        """#,
    ]
}
