import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// The steps of each class, on scenes.
@Suite struct SenderTraceTests {
    private func trace(_ sender: SenderClass, _ scene: Scene) throws -> SenderTrace {
        try #require(SenderTrace(sender, evidence: scene.evidence, assessment: scene.assessment))
    }

    /// One line a step: `what = result [outcome]`.
    private func lines(_ sender: SenderClass, _ scene: Scene) throws -> [String] {
        try trace(sender, scene).steps.map { "\($0.what) = \($0.result) [\($0.outcome.rawValue)]" }
    }

    private static let file = "policy file of mta-sts.example.com"

    private static func signed(_ match: DANEMatch) -> Scene {
        Scene().with { scene in
            for index in scene.hosts.indices { scene.hosts[index].sign([FindingTests.spki], match: match) }
        }
    }

    @Test func healthyForMTASTS() throws {
        #expect(
            try lines(.mtaSTS, Scene()) == [
                "TXT _mta-sts.example.com = id=20260101T1 [ok]",
                "certificate of mta-sts.example.com = trusted, name ok [ok]",
                "\(Self.file) = 200, text/plain, \(Scene().policyText.utf8.count) B [ok]",
                "read the policy = mode enforce, max_age 604800, 2 mx [ok]",
                "MX example.com = 10 mx1.example.com, 20 mx2.example.com [ok]",
                "try mx1.example.com: in the policy? = yes, mx: mx1.example.com [ok]",
                "A, AAAA mx1.example.com = 192.0.2.1 [ok]",
                "connect 192.0.2.1 = greeted [ok]",
                "STARTTLS = offered, TLSv1.3 [ok]",
                "certificate = trusted, name ok, until \(Stamp.text(Scene.now.addingTimeInterval(60 * Scene.day))) [ok]",
                "else 20 mx2.example.com = not needed; would take it [skipped]",
                "result = delivered, MTA-STS passed [ok]",
            ])
    }

    @Test func healthyForOthers() throws {
        let plain = try lines(.opportunistic, Scene())
        #expect(plain.first == "MX example.com = 10 mx1.example.com, 20 mx2.example.com [ok]")
        #expect(plain.contains("certificate = not looked at: good [skipped]"))
        #expect(plain.last == "result = delivered, without proof of who took it [ok]")
        let dane = try lines(.dane, Scene())
        #expect(dane.contains("TLSA _25._tcp.mx1.example.com = none: as any sender [skipped]"))
        #expect(dane.last == "result = no DANE: as any sender (delivers) [skipped]")
    }

    @Test func expiredCertificateRefusesBothHosts() throws {
        let scene = Scene().everySession { $0.trust = Scene.trusted(days: -1) }
        let trace = try trace(.mtaSTS, scene)
        #expect(trace.delivery == .refused)
        let certificates = trace.steps.filter { $0.what == "certificate" }
        #expect(certificates.count == 2)
        #expect(certificates.allSatisfy { $0.outcome == .fail && $0.result.hasPrefix("EXPIRED") })
        #expect(trace.steps.last?.result == "delay, retry, then bounce")
        #expect(try lines(.opportunistic, scene).contains("certificate = not looked at: expired [skipped]"))
    }

    @Test func unlistedMXIsPassedOver() throws {
        let trace = try lines(.mtaSTS, Scene().with { $0.patterns = ["mx2.example.com"] })
        let refused = try #require(trace.firstIndex(of: "try mx1.example.com: in the policy? = no line matches [fail]"))
        #expect(trace[refused + 1] == "try mx2.example.com: in the policy? = yes, mx: mx2.example.com [ok]")
        #expect(trace.last == "result = delivered, but some MX hosts are refused [ok]")
        let after = try lines(.mtaSTS, Scene().with { $0.patterns = ["mx1.example.com"] })
        #expect(after.contains("else 20 mx2.example.com = not needed; refused: not in the policy [skipped]"))
    }

    @Test func testingTakesNoteAndDelivers() throws {
        let scene = Scene().with { ($0.mode, $0.patterns) = ("testing", ["other.example.net"]) }
        let trace = try lines(.mtaSTS, scene)
        #expect(trace.contains("try mx1.example.com: in the policy? = no line matches [fail]"))
        #expect(trace.contains("connect 192.0.2.1 = greeted [ok]"))
        #expect(trace.last == "result = delivered; failures reported (testing) [ok]")
    }

    @Test func noRecordMeansNoPolicy() throws {
        let scene = Scene().with { $0.record = DNSAnswer(.noData, dnssec: .insecure) }
        let trace = try lines(.mtaSTS, scene)
        #expect(
            trace.prefix(2) == [
                "TXT _mta-sts.example.com = no record: no MTA-STS here [skipped]",
                "\(Self.file) = not asked: no record [skipped]",
            ])
        #expect(!trace.contains { $0.contains("in the policy?") })
        #expect(trace.last == "result = no usable policy record: as any sender (delivers) [skipped]")
    }

    @Test func aLookupWithoutAnAnswerIsUnknown() throws {
        let scene = Scene().with { $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown) }
        let trace = try lines(.mtaSTS, scene)
        #expect(trace.first == "TXT _mta-sts.example.com = no answer in time [unknown]")
        #expect(trace.last?.hasSuffix("[unknown]") == true)
    }

    @Test func policyHostThatMayNotBeTrusted() throws {
        let trace = try lines(.mtaSTS, Scene().with { $0.policyTrust = Scene.always(.selfSigned) })
        #expect(trace[1] == "certificate of mta-sts.example.com = self-signed [fail]")
        #expect(!trace.contains { $0.hasPrefix("read the policy") || $0.hasPrefix("policy file") })
        let redirect = Scene().with { $0.fetchFailure = .redirect(status: 301, location: "/") }
        #expect(try lines(.mtaSTS, redirect)[2] == "\(Self.file) = HTTP 301 to / [fail]")
    }

    @Test func nullMXEndsAtOnce() throws {
        let scene = Scene().with {
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)])
            $0.hosts = []
        }
        #expect(
            try lines(.opportunistic, scene) == [
                "MX example.com = null MX: takes no mail [skipped]",
                "result = returned at once: takes no mail [skipped]",
            ])
    }

    @Test func daneMatch() throws {
        let trace = try lines(.dane, Self.signed(.match(FindingTests.spki)))
        #expect(trace[0] == "MX example.com = 10 mx1.example.com, 20 mx2.example.com, insecure [ok]")
        #expect(trace[1] == "A, AAAA mx1.example.com = 192.0.2.1, secure [ok]")
        #expect(
            trace[2]
                == "TLSA _25._tcp.mx1.example.com = 3 1 1 (MX unsigned: only some senders look) [ok]")
        #expect(trace.contains("match TLSA = 3 1 1 matches [ok]"))
        #expect(trace.last == "result = delivered [ok]")
    }

    @Test func daneMismatchDefers() throws {
        let scene = Self.signed(.mismatch("other key"))
        let trace = try lines(.dane, scene)
        #expect(trace.filter { $0 == "match TLSA = no usable record matches: defer [fail]" }.count == 2)
        #expect(trace.last == "result = delay, retry, then bounce [fail]")
        #expect(try lines(.mtaSTS, scene).last == "result = delivered, MTA-STS passed [ok]")
    }

    @Test func aFailedTLSALookupIsNoAbsence() throws {
        let scene = Self.signed(.match(FindingTests.spki)).with {
            $0.hosts[0].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
        }
        let trace = try lines(.dane, scene)
        #expect(trace.contains { $0.hasPrefix("TLSA _25._tcp.mx1.example.com = SERVFAIL: defer") })
        #expect(!trace.contains("connect 192.0.2.1 = greeted [ok]"))
        #expect(trace.contains("connect 192.0.2.2 = greeted [ok]"))
    }

    @Test func carriesTheTimes() throws {
        let scene = Scene().with { scene in
            scene.record = DNSAnswer(
                .found([TXTRecord("v=STSv1; id=a")]), dnssec: .insecure, milliseconds: 7)
            scene.fetchMilliseconds = 1_234
        }
        let steps = try trace(.mtaSTS, scene).steps
        #expect(steps[0].milliseconds == 7)
        #expect(steps[2].milliseconds == 1_234)
        #expect(steps.last?.milliseconds == nil)
    }

    @Test func holdersOfOldVersionsAreNotTraced() {
        #expect(SenderTrace(.cached, evidence: Scene().evidence, assessment: Scene().assessment) == nil)
    }

    /// On every scene of the findings the trace ends as the assessment says, and no step contradicts it.
    @Test(arguments: FindingTests.rows) func agreesWithTheAssessment(_ row: FindingTests.Row) throws {
        for scene in [row.scene(), row.nearMiss?.scene()].compactMap({ $0 }) {
            let assessment = scene.assessment
            for sender in SenderTrace.classes {
                let trace = try trace(sender, scene)
                #expect(trace.steps.map(\.number) == Array(1...trace.steps.count))
                #expect(trace.steps.allSatisfy { !$0.what.isEmpty && !$0.result.isEmpty && !$0.rfc.isEmpty })
                #expect(trace.delivery == assessment.verdict(sender).delivery)
                let end = try #require(trace.steps.last)
                #expect(end.what == "result")
                let fails = trace.steps.dropLast().contains { $0.outcome == .fail }
                switch trace.delivery {
                case .delivers, .partial: #expect(end.outcome == .ok)
                case .refused: #expect(end.outcome == .fail && fails, "\(sender)")
                case .unknown: #expect(end.outcome == .unknown)
                case .none: #expect(end.outcome == .skipped || assessment.mx?.status == .missing)
                }
            }
        }
    }

    @Test(
        "A holder of an earlier version asks as it decides to, and meets what its version says",
        arguments: [
            (CachedVerdict.Holders.id, "20260101T1", Delivery.delivers, "id matches the copy", "delivered [ok]"),
            (.id, "OLD", .refused, "old id, from its DNS cache", "delay, retry, then bounce: no STARTTLS [fail]"),
            (.expiry, "OLD", .partial, "not asked for before the copy runs out", "are refused: no STARTTLS [ok]"),
            (.expiry, "OLD", .unknown, "not asked for before the copy runs out", "unknown: no STARTTLS [unknown]"),
            (
                .id, "OLD", .none, "old id, from its DNS cache",
                "no STARTTLS: as any sender (delivers) [skipped]"
            ),
        ])
    func holder(
        _ holders: CachedVerdict.Holders, _ id: String, _ delivery: Delivery, _ asked: String, _ fate: String
    ) {
        let scene = Scene()
        let version = CachedVerdict(
            policyID: id, bodySHA256: "ab", holders: holders, delivery: delivery,
            until: Scene.now.addingTimeInterval(Scene.day), reason: delivery == .delivers ? "" : "no STARTTLS")
        let trace = SenderTrace(holding: version, evidence: scene.evidence, assessment: scene.assessment)
        let lines = trace.steps.map { "\($0.number) \($0.what) = \($0.result) [\($0.outcome.rawValue)]" }
        #expect(trace.sender == .cached && trace.delivery == delivery)
        #expect(lines[0] == "1 TXT _mta-sts.example.com = \(asked) [ok]")
        let end = Stamp.text(Scene.now.addingTimeInterval(Scene.day))
        #expect(lines[1] == "2 policy from the cache = id \(id), enforce, until \(end) [ok]")
        #expect(lines[2].hasPrefix("3 result = ") && lines[2].hasSuffix(fate))
    }

    /// The version itself decides which hosts its holders go to; while the newer one cannot be fetched, it stays.
    @Test func aHolderGoesFromHostToHost() {
        func trace(
            _ mx: String, _ mode: STSPolicy.Mode, _ delivery: Delivery, isFetched: Bool = true
        ) -> [String] {
            var scene = Scene()
            if !isFetched { scene.fetchFailure = .status(404) }
            let version = CachedVerdict(
                policyID: "OLD", bodySHA256: "ab", holders: .id, delivery: delivery, until: nil, mode: mode,
                policy: STSPolicy(
                    mode: mode, maxAge: 604_800,
                    mx: [MXPattern(name: Scene.name(mx), isWildcard: false, text: mx)]))
            return SenderTrace(holding: version, evidence: scene.evidence, assessment: scene.assessment).steps.map {
                "\($0.what) = \($0.result) [\($0.outcome.rawValue)]"
            }
        }
        let passed = trace("mx1.example.com", .enforce, .delivers)
        #expect(passed.contains("try mx1.example.com: in the policy? = yes, mx: mx1.example.com [ok]"), "\(passed)")
        #expect(passed.last == "result = delivered, MTA-STS passed [ok]")
        let gone = trace("old.example.com", .enforce, .refused)
        #expect(gone.contains("try mx1.example.com: in the policy? = no line matches [fail]"), "\(gone)")
        #expect(!gone.contains { $0.hasPrefix("connect ") })
        // Mode testing refuses nothing.
        #expect(trace("old.example.com", .testing, .delivers).contains { $0.hasPrefix("connect ") })
        let kept = trace("mx1.example.com", .enforce, .delivers, isFetched: false)
        #expect(kept[0] == "TXT _mta-sts.example.com = id=20260101T1: newer, fetch [ok]")
        #expect(kept.contains("policy file of mta-sts.example.com = HTTP 404 [fail]"), "\(kept)")
        #expect(kept.firstIndex { $0.hasPrefix("policy from the cache = id OLD") } == 3, "\(kept)")
    }

    @Test func withoutARecordTheCopyIsKept() {
        var scene = Scene()
        scene.record = DNSAnswer(.noData, dnssec: .insecure)
        let version = CachedVerdict(
            policyID: "OLD", bodySHA256: "ab", holders: .id, delivery: .delivers, until: nil)
        let trace = SenderTrace(holding: version, evidence: scene.evidence, assessment: scene.assessment)
        #expect(
            trace.steps.map(\.result).prefix(2) == [
                "no id: keep the copy", "id OLD, enforce, for as long as it is renewed",
            ])
    }
}
