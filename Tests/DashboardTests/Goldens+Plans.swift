// swift-format-ignore-file

extension Goldens {
    /// A change that is judged before it is made.
    static let plans: [String: String] = [
        "plan empty 80x24": #"""
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
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan running 80x24": #"""
         adventure-works.example                                        PLAN   now . OK
         Judging ...
        --------------------------------------------------------------------------------
         MX         10  mx1.adventure-works.example
                    20  mx2.adventure-works.example
                    10  mx3.relay.example                         new
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays









        -- Consequences ----------------------------------------------------------------
         Looking at mx3.relay.example: where nobody answers this takes a while. Judging
         the change ...
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan 40x10": #"""
         adventure-works.exam.. PLAN   now . OK
         Judged 14:32:07Z: at once it HURTS; t..
        ----------------------------------------
                    20  mx2.adventure-works.e..
                    10  mx3.relay.example   new
                        add or move a host
        -- If it is made at once: ! 1-2 of 40 --
         WHO      mta-sts   delivers -> PARTIA..
                    from the change on:
         Esc back  Enter change  ? help
        """#,
        "plan 80x24": #"""
         adventure-works.example                                        PLAN   now . OK
         Judged 14:32:07Z: at once it HURTS; the order below does not
        --------------------------------------------------------------------------------
         MX         10  mx1.adventure-works.example
                    20  mx2.adventure-works.example
                    10  mx3.relay.example                         new
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays
        -- If it is made at once: ! RISK mx3.relay.example not in the poli 1-11 of 25 --
         WHO      mta-sts                 delivers -> PARTIAL
                    from the change on: mx3.relay.example: not in the policy
                  dane                    -
                  opportunistic           delivers

         ORDER     1  Serve this policy.
                        version: STSv1
                        mode: enforce
                        mx: mx1.adventure-works.example
                        mx: mx2.adventure-works.example
                        mx: mx3.relay.example
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan 140x40": #"""
         adventure-works.example                                                                                                    PLAN   now . OK
         Judged 14:32:07Z: at once it HURTS; the order below does not
        --------------------------------------------------------------------------------------------------------------------------------------------
         MX         10  mx1.adventure-works.example
                    20  mx2.adventure-works.example
                    10  mx3.relay.example                         new
                        add or move a host
         POLICY         as served now
         ID             as published now
         CHAIN          show a new chain
         MTA-STS        stays






        -- If it is made at once: ! RISK mx3.relay.example not in the policy -----------------------------------------------------------------------
         WHO      mta-sts                    delivers -> PARTIAL  from the change on: mx3.relay.example: not in the policy
                  dane                       -
                  opportunistic              delivers

         ORDER     1  Serve this policy.
                        version: STSv1
                        mode: enforce
                        mx: mx1.adventure-works.example
                        mx: mx2.adventure-works.example
                        mx: mx3.relay.example
                        max_age: 604800
                      (It names the new MX hosts beside the old ones.)
                   2  Then change the id of the TXT record.
                        _mta-sts.adventure-works.example. TXT "v=STSv1; id=20261124T143207"
                      (Senders that go by the id keep the old body for as long as the id stays.)
                   3  Not before 1 Dec 14:32Z: Publish the new MX records.
                        adventure-works.example. MX 10 mx3.relay.example.
                      (Until then senders that go by the expiry hold a policy without these hosts and refuse them.)

         NEW      mx3.relay.example mx unlisted
                    MX 10 mx3.relay.example matches no line of the policy (mx1.adventure-works.example, mx2.adventure-works.example)
         Esc back  Enter change  r recheck  y copy  S save  ? help
        """#,
        "plan prompt 80x16": #"""
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
         write PREFERENCE:HOST in ASCII, such as 10:mx1.example.com
        """#,
    ]
}
