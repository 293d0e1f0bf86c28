import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// What is told and advised holds in the case at hand.
@Suite struct WordsOfFindingsTests {
    /// Unknown is never shown as good.
    @Test(arguments: [STARTTLSStatus.offered, .injected("EHLO")])
    func testingIsReadyOnlyWhereEveryMXWasSeen(_ starttls: STARTTLSStatus) {
        let scene = Scene().with {
            $0.mode = "testing"
            $0.hosts[1].sessions[0].starttls = starttls
            $0.hosts[1].sessions[0].hasTLS = starttls == .offered
        }
        let isSeen = starttls == .offered
        let fix = scene.finding(.policyTesting)?.fix
        #expect(fix?.hasPrefix(isSeen ? "Every check passes" : "Not every MX could be looked at") == true)
        #expect(scene.assessment.mtaSTS.reason.contains("every check passes") == isSeen)
    }

    /// The line that went stood for both hosts.
    @Test func aPatternThatWentIsPutBackAsItStood() {
        let scene = Scene().with {
            $0.patterns = ["*.example.com"]
            $0.remember(ago: 3_600)
            $0.patterns = ["old.example.net"]
            $0.publish("2")
        }
        #expect(scene.finding(.policyNarrowed)?.fix.hasPrefix("Put `mx: *.example.com` back into") == true)
    }

    /// A file that is not served cannot be edited: the copies run out, or the policy comes back.
    @Test func whatOnlyCopiesMissIsMendedWhereItCanBe() throws {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.isFetched = false
            $0.hosts = [Scene.Host("new.example.net", "192.0.2.7")]
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("new.example.net"))])
        }
        let finding = try #require(scene.finding(.mxNoneListed))
        #expect(finding.fix.hasPrefix("Publish record and policy again, with `mx: new.example.net` under a new id"))
        let end = try #require(finding.until)
        #expect(end > Scene.now && finding.fix.contains("until \(Stamp.spoken(end))"))
        #expect(Scene().with { $0.patterns = ["old.example.net"] }.finding(.mxNoneListed)?.until == nil)
    }

    /// Addresses that are there and cannot be looked up are not missing.
    @Test func aFailedLookupOfAddressesIsMendedAtTheNameServers() {
        func fix(_ failure: LookupFailure, _ dnssec: DNSSECStatus) -> String? {
            let answer = DNSAnswer<[IPAddress]>(.failed(failure), dnssec: dnssec)
            return Scene().with {
                $0.hosts[1] = Scene.Host("mx2.example.com")
                $0.hosts[1].addresses = HostAddresses(ipv4: answer, ipv6: answer)
            }.finding(.mxNoAddress)?.fix
        }
        #expect(fix(.serverFailure, .unknown)?.hasPrefix("Repair the name servers of mx2") == true)
        #expect(fix(.bogus("expired"), .bogus)?.hasPrefix("Sign the zone of mx2") == true)
        #expect(
            Scene().with { $0.hosts[1] = Scene.Host("mx2.example.com") }.finding(.mxNoAddress)?.fix.hasPrefix(
                "Give mx2")
                == true)
    }

    @Test func aHostThatNobodyCouldSeeIsToldInTesting() {
        let scene = Scene().with { scene in
            scene.mode = "testing"
            scene.hosts[1].sessions[0].outcome = .error("no IPv6 from here")
            scene.hosts[1].sessions[0].starttls = .unknown
            scene.hosts[1].sessions[0].hasTLS = false
        }
        #expect(scene.assessment.state == .unprotected)
        #expect(scene.assessment.why == "testing: not every MX was seen")
    }

    @Test func aPolicyOfModeNoneProtectsNothingThatCouldEnd() {
        #expect(Scene().assessment.protectionEndsAt != nil)
        #expect(Scene().with { $0.mode = "none" }.assessment.protectionEndsAt == nil)
    }

    /// What is beyond the number that is looked at is not down.
    @Test func aListedHostBeyondTheLimitIsNotDown() {
        let names = (1...21).map { "m\($0).example.com" }
        let scene = Scene().with { scene in
            scene.mx = Scene.found(
                names.enumerated().map { MXHost(preference: $0.offset, host: Scene.name($0.element)) })
            scene.hosts = names.prefix(20).enumerated().map { Scene.Host($0.element, "198.51.100.\($0.offset + 1)") }
            scene.patterns = ["m21.example.com"]
        }
        #expect(!scene.codes.contains(.mxOnlyUnlistedReachable))
    }

    /// Who goes over to a body that refuses is worse off than who keeps the old one.
    @Test(arguments: [true, false]) func aNewIDIsAdvisedOnlyForABodyThatIsGood(isGood: Bool) throws {
        var scene = Scene()
        scene.remember(ago: 7_200)
        scene.patterns = isGood ? ["mx1.example.com", "mx2.example.com", "mx3.example.com"] : ["gone.example.com"]
        scene.remember(ago: 3_600)
        let fix = try #require(scene.finding(.policyChangedSameID)).fix
        #expect(fix.hasPrefix(isGood ? "Change the id" : "Repair what the new body refuses first"))
        #expect(fix.contains("hange the id of the TXT record"))
    }

    @Test func inTestingNothingIsSaidToBeRefused() throws {
        func fix(_ mode: String) throws -> String {
            let scene = Scene().with {
                $0.mode = mode
                $0.hosts[1].sessions[0].starttls = .missing
                $0.hosts[1].sessions[0].hasTLS = false
            }
            return try #require(scene.finding(.mxLastUsable)).fix
        }
        #expect(try fix("enforce").hasSuffix("fails too, all enforced mail is refused."))
        #expect(try fix("testing").contains("in mode enforce all mail would be refused"))
    }

    @Test func whoTakesNoMailNeedsNoPolicy() {
        let bare = Scene().with {
            $0.record = Scene.found([])
            $0.isFetched = false
        }
        #expect(bare.codes.contains(.recordMissing))
        let null = bare.with {
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)])
            $0.hosts = []
        }
        #expect(null.assessment.mx?.status == .null && !null.codes.contains(.recordMissing))
    }

    /// The reason comes before a name that would fill a narrow column.
    @Test func theReasonComesBeforeALongName() {
        let host = "mx.relay-house.example"
        let scene = Scene().with { scene in
            scene.mx = Scene.found([MXHost(preference: 10, host: Scene.name(host))])
            scene.hosts = [Scene.Host(host, "192.0.2.9")]
            scene.hosts[0].sessions[0].trust = Scene.trusted(days: -1)
            scene.patterns = [host]
        }
        #expect(scene.assessment.why == "cert expired: mx.relay-house.example")
    }
}
