import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

/// A wrong certificate, and what the server name has to do with it (RFC 6066 3).
@Suite struct ServerNameTests {
    private static func mismatch(_ bend: (inout Scene.Session) -> Void) throws -> Finding {
        let scene = Scene().everySession {
            $0.names = ["www.example.com"]
            bend(&$0)
        }
        return try #require(scene.finding(.certificateNameMismatch))
    }

    @Test func theDefaultWhateverTheNameIsTold() throws {
        let finding = try Self.mismatch { $0.nameless = ("aa", ["www.example.com"]) }
        #expect(finding.evidence.contains("ignores SNI or has nothing for mx1.example.com"))
        #expect(finding.fix.contains("as the default certificate, or"))
    }

    @Test func aServerThatPicksByNameIsTold() throws {
        let finding = try Self.mismatch { $0.nameless = ("bb", ["default.example.com"]) }
        #expect(finding.evidence.contains("without one it shows default.example.com"))
        #expect(finding.fix.contains("SNI table"))
    }

    @Test func theWarningIsTold() throws {
        let alone = try Self.mismatch { $0.isNameUnknown = true }
        #expect(alone.evidence.contains("warns that it does not know mx1.example.com (unrecognized_name)"))
        let both = try Self.mismatch { ($0.isNameUnknown, $0.nameless) = (true, ("aa", ["www.example.com"])) }
        #expect(both.evidence.contains("(unrecognized_name) and shows its default"))
    }

    @Test func withoutASecondLookNothingIsClaimed() throws {
        let finding = try Self.mismatch { _ in }
        #expect(finding.evidence == "the certificate is for www.example.com")
    }

    /// What the server showed without a name before its certificate changed says nothing of the new one.
    @Test func anOldSurveyIsNotUsed() {
        let session = Scene().evidence.hosts[0].sessions[0].value
        let shown = Scene.tls(["x"], Scene.trusted(days: 60), "TLSv1.3", "old")
        let survey = TLSSurvey(key: session.key, leaf: "old", otherKey: .notAsked, withoutName: .shown(shown))
        #expect(session.with(survey).serverNameUse == nil)
    }

    @Test func theFatalAlertNamesTheCure() throws {
        func failed(_ bend: (inout Scene.Session) -> Void) throws -> Finding {
            let scene = Scene().everySession {
                $0.outcome = .tls(TLSFailure(kind: .unknownName, reason: "tlsv1 unrecognized name"))
                $0.hasTLS = false
                bend(&$0)
            }
            #expect(scene.codes == [.tlsHandshakeFailed])
            return try #require(scene.finding(.tlsHandshakeFailed))
        }
        let alone = try failed { _ in }
        #expect(alone.evidence.contains("breaks off at the name mx1.example.com"))
        #expect(alone.fix.contains("certificate for mx1.example.com"))
        let known = try failed { $0.nameless = ("cc", ["default.example.com"]) }
        #expect(known.evidence.contains("without a name it shows default.example.com"))
        #expect(known.fix.contains("SNI table"))
    }
}
