// swift-format-ignore-file

extension Goldens {
    /// Names and texts that are long, foreign or hostile.
    static let strangers: [String: String] = [
        "long name 80x16": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                                         LIVE
          STATE v   DOMAIN                     POLICY  TLS  CERT WHY
        >*X BOUNCE  a-label-of-sixty-three-b.. enforce 0/1     - why \x1b[2J\u{202e}kc..




        -- Changes: 1 unacked ----------------------------------------------------------
         *14:32:02 a-label-of-sixty-three..      OK -> BOUNCE  gone \x1b[2J\u{202e}kca..




         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext   FIX  Fix \x1b[2J\xe2\x80\xaekcat..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "IDN detail 80x16": #"""
         xn--mnchen-3ya.example  münchen.example             ! RISK for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace            X2 !2
        --------------------------------------------------------------------------------
         VERDICT  Mail flows now; it will be REFUSED in 5d 4h, at 29 Nov 19:20Z, unless
                  mended.
         CHECKS   _mta-sts TXT ok   id=20260426T1    STARTTLS     ok   1 of 1, TLS 1.3
                  policy file  ok   mode enforce     MX certs     ok   1 of 1 valid
                  MX lookup    ok   1 host           DANE         -    no TLSA
                  MX in policy ok   1 of 1           TLS-RPT      ok   tls@xn--mnche..
         SENDERS                  all MX    10 mx1
                  mta-sts         delivers  delivers
                  dane            -         -
                  opportunistic   delivers  delivers
         NEXT     check 14:32:55Z
                  bounces Sun 29 Nov 19:20Z, unless this is mended
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
        "hostile overview 80x16": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                                         LIVE
          STATE v   DOMAIN           POLICY  TLS  CERT WHY
        >*X BOUNCE  hostile.example  enforce 0/1     - why \x1b[2J\u{202e}kcatta\x07\r..




        -- Changes: 1 unacked ----------------------------------------------------------
         *14:32:02 hostile.example               OK -> BOUNCE  gone \x1b[2J\u{202e}kca..




         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext   FIX  Fix \x1b[2J\xe2\x80\xaekcat..
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "hostile hosts 80x24": #"""
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
        "syntax error 80x16": #"""
         adatum.example                                      ~ WARN for 1h50m   invalid
          1 Summary [2 Policy] 3 MX hosts  4 Certs  5 History  6 Trace
        --------------------------------------------------------------------------------
         TXT   v=STSv1; id=20260426T1   TTL 300   unchanged 211d   DNSSEC insecure
         URL   https://mta-sts.adatum.example/.well-known/mta-sts.txt
               200, text/plain, 68 B, 14 ms   from 192.0.2.80   <1m
         web certificate  mta-sts.adatum.example   44d left   trusted   name ok

            1  version: STSv1
            2  \tmod: enforce
                 ^ line 2, column 2: found 'mod', expected version, mode, mx or max_age
            3  mx: mx1.adatum.example
            4  max_age: 604800

         WHY  policy invalid: line 2, column 1   FIX  Write mode: enforce.
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  w plan  ? help
        """#,
    ]
}
