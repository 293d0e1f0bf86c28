// swift-format-ignore-file

extension Goldens {
    /// The tab of the history.
    static let histories: [String: String] = [
        "history 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace            X2 !2
        ------------------------------------------------------------------ 1-18 of 24 --
         7d       ~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!   !!!!!!!!!!!!!!!!!!!X  mail 98.7%
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT ####^^^^^=====-----.....______  -1h left
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   20260426T1 enforce, 7d since Sun 26 Apr 14:32Z; who fetches it now
                    holds it until 1 Dec 2026
                  No earlier version is held any more.

         CHANGES  and what was published anew, newest first
         *24 Nov 14:12:03  RISK -> BOUNCE    certificate expired                 ack: -
          22 Nov 14:32:07  certificate       mx1.acme-payments.example renewed by R11,
                                             ends 20 Feb 2027
          18 Nov 12:40:07  WARN -> RISK      certificate under 7 days
                                             ack: ak 18 Nov 13:58Z
          15 Nov 14:32:07  BOUNCE -> WARN    after 28m: mx2 was down
          15 Nov 14:03:19  OK -> BOUNCE      mx2 is down             ack: 24 Nov 14:32Z
         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "history 140x40": #"""
        *acme-payments.example  @customers                                                                             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certificates [5 History] 6 Sender trace                                                          X2 !2
        --------------------------------------------------------------------------------------------------------------------------------------------
         7d       ~~~~~~~~~~~~~~~~~~~~~~~!!!!!!!!!!!!!!!!!!!!!!!!!!    !!!!!!!!!!!!!!!!!!!!!!!!!!!!!XX  mail taken 98.7%
                      Wed 18      Thu 19      Fri 20      Sat 21      Sun 22      Mon 23      Tue 24

         30d CERT ####^^^^^=====-----.....______  -1h left
             RTT  ==--===--===--==##-===--===--=  41 ms; the most 520 ms, 12 Nov

         COPIES   20260426T1  enforce, 7d  since Sun 26 Apr 14:32Z; who fetches it now holds it until 1 Dec 2026
                  No earlier version is held any more.

         CHANGES  and what was published anew, newest first
         *24 Nov 14:12:03  RISK -> BOUNCE    certificate expired                                                         ack: -
          22 Nov 14:32:07  certificate       mx1.acme-payments.example renewed by R11, ends 20 Feb 2027
          18 Nov 12:40:07  WARN -> RISK      certificate under 7 days                                     ack: ak 18 Nov 13:58Z
          15 Nov 14:32:07  BOUNCE -> WARN    after 28m: mx2 was down
          15 Nov 14:03:19  OK -> BOUNCE      mx2 is down                                                     ack: 24 Nov 14:32Z
           4 Nov 14:32:07  MX                +20:mx2.acme-payments.example -30:old.acme-payments.example
          26 Apr 14:32:07  policy            id 20240930T0 -> 20260426T1  mode testing -> enforce  max_age 86400 -> 604800
          20 Oct 2025      policy            id 20240930T0 first seen: testing, max_age 86400
















         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "history 40x10": #"""
        X acme-payments.example
         1 Sum 2 Pol 3 MX 4 Cert[5 Hist]6 Trace
        --------------------------- 1-5 of 35 --
         7d       ~~~~~~~!!!!!!!!! !!!!!!!!!!X
                   18  19  20  21  22  23  24
         30d CERT ####^^^^^=====-----....._____
             RTT  ==--===--===--==##-===--===-=
         COPIES   20260426T1 enforce, 7d
         WHY  mx1, mx2: certificate expired 2h..
         Esc back  ]/[ tab  ? help
        """#,
        "history unkept 80x24": #"""
        *acme-payments.example  @customers                 X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy  3 MX hosts  4 Certs [5 History] 6 Trace            X2 !2
        --------------------------------------------------------------------------------
         Nothing is kept beyond this run: give --state-dir DIR to keep it.

         7d                                                              X
                     Wed 18  Thu 19  Fri 20  Sat 21  Sun 22  Mon 23  Tue 24

         30d CERT                              _  -1h left
             RTT                               =  41 ms

         COPIES   No earlier version is held any more.

         CHANGES  and what was published anew, newest first
         *24 Nov 14:12:03  RISK -> BOUNCE    certificate expired                 ack: -






         WHY  mx1, mx2: certificate expired 2h ago
         FIX  Renew the certificate on mx1 and mx2 and reload the MTA.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
    ]
}
