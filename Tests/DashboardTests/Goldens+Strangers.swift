// swift-format-ignore-file

extension Goldens {
    /// Names and texts that are long, foreign or hostile.
    static let strangers: [String: String] = [
        "long name 80x16": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                                         LIVE
          STATE v   DOMAIN                     POLICY  TLS  CERT WHY
        >*X BOUNCE  a-label-of-sixty-three-by. enforce 0/1     - why \x1b[2J\u{202e}kca.




        -- Changes: 1 unacked ----------------------------------------------------------
        *14:32:02 a-label-of-sixty-three-.      OK -> BOUNCE  gone \x1b[2J\u{202e}kcatt>




         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext   FIX  Fix \x1b[2J\xe2\x80\xaekcatt>
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "IDN detail 80x16": #"""
         xn--mnchen-3ya.example  münchen.example             ! RISK for 1h50m   enforce
         [1 Summary] 2 Policy  3 MX hosts  4 Certificates                         X2 !2
        ------------------------------------------------------------------ 1-12 of 20 --
         VERDICT  Mail flows now; it will be REFUSED in 5d 4h, at 29 Nov 19:20Z, unless
                  mended.
                  mta-sts delivers   dane -   opportunistic delivers

         CHECKS   _mta-sts TXT   ok    id=20260426T1                                <1m
                  policy file    ok    200, text/plain, 80 B, 14 ms                 <1m
                  MX lookup      ok    1 host                                       <1m
                  MX in policy   ok    1 of 1
                  STARTTLS       ok    1 of 1 address, TLS 1.3
                  MX certs       ok    1 of 1 address valid
                  DANE           -     no TLSA
                  TLS-RPT        ok    mailto:tls@xn--mnchen-3ya.example            <1m
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  ? help
        """#,
        "hostile overview 80x16": #"""
         X 1 BOUNCING                                                         14:32:05Z
         1 domain  sort:severity  filter:-                                         LIVE
          STATE v   DOMAIN                     POLICY  TLS  CERT WHY
        >*X BOUNCE  hostile.example            enforce 0/1     - why \x1b[2J\u{202e}kca.




        -- Changes: 1 unacked ----------------------------------------------------------
        *14:32:02 hostile.example               OK -> BOUNCE  gone \x1b[2J\u{202e}kcatt>




         WHY  why \x1b[2J\u{202e}kcatta\x07\r\nnext   FIX  Fix \x1b[2J\xe2\x80\xaekcatt>
         Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
        """#,
        "hostile hosts 80x24": #"""
        *hostile.example  \u{202e}evil  @t\x1b             X BOUNCE for 1h50m   enforce
          1 Summary  2 Policy [3 MX hosts] 4 Certificates                            X1
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
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  ? help
        """#,
        "syntax error 80x16": #"""
         adatum.example                                      ~ WARN for 1h50m   invalid
          1 Summary [2 Policy] 3 MX hosts  4 Certificates
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
         Esc back  ]/[ tab  J/K next domain  r recheck  y copy  ? help
        """#,
    ]
}
