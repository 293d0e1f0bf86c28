import Evidence
import MTASTS

@testable import Deliverability

extension NearMiss {
    static let changes: [NearMiss] = [
        NearMiss(.mxUnlistedInCachedPolicy, "the copy covers it with a wildcard") {
            $0.patterns = ["*.example.com"]
            $0.remember(ago: 3_600)
            $0.patterns = ["mx1.example.com", "mx2.example.com"]
            $0.publish("2")
            $0.remember(ago: 1_800)
        },
        NearMiss(.mxRenamed, "the new name is at another address") { $0.renameFirst(from: "192.0.2.9") },
        NearMiss(.policyIDChangedSameBody, "the body was changed with it") {
            $0.remember(ago: 3_600)
            $0.publish("2")
            $0.patterns.reverse()
        },
        NearMiss(.policyIDReused, "all copies had run out before it returned") {
            $0.reuse(first: 20 * Scene.day, second: 15 * Scene.day)
        },
        NearMiss(.policyEnforcedUnready, "every MX passes") { $0.enforce() },
        NearMiss(.policyNarrowed, "the MX record went with the line") {
            $0.remember(ago: 3_600)
            $0.patterns = ["mx1.example.com"]
            $0.publish("2")
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("mx1.example.com"))])
            $0.hosts.removeLast()
        },
        NearMiss(.policyWithdrawnUnsafely, "a new id, and the lines are kept") {
            $0.remember(ago: 3_600)
            $0.mode = "none"
            $0.publish("2")
        },
        NearMiss(.policyMaxAgeRaised, "lowered under a new id") {
            $0.remember(ago: 3_600)
            $0.maxAge = "345600"
            $0.publish("2")
        },
        NearMiss(
            .policyMaxAgeLoweredSameID, "raised under the same id",
            instead: [
                .policyMaxAgeRaised, .policyChangedSameID,
            ]
        ) {
            $0.remember(ago: 3_600)
            $0.maxAge = "1209600"
        },
        NearMiss(.policyDelegationChanged, "the change was acknowledged") {
            $0.delegate(from: "a.example.net", to: "b.example.net")
            $0.memory.accept(.policyDelegationChanged, at: $0.now)
        },
        NearMiss(.starttlsRemoved, "it never was offered", instead: [.starttlsMissing]) {
            $0 = $0.everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
            $0.remember(ago: 3_600)
        },
        NearMiss(.certificateChanged, "two machines take turns behind one address") {
            $0.remember(ago: 3_600)
            $0 = $0.everySession { $0.fingerprint = "bb" }
            $0.remember(ago: 1_800)
            $0 = $0.everySession { $0.fingerprint = "aa" }
            $0.remember(ago: 900)
            $0 = $0.everySession { $0.fingerprint = "bb" }
        },
        NearMiss(.certificateIssuerChanged, "the same issuer", instead: [.certificateChanged]) {
            $0.remember(ago: 3_600)
            $0 = $0.everySession { $0.fingerprint = "bb" }
        },
        NearMiss(.serverReplaced, "another greeting with the same key") { $0.replaceServers(fingerprint: "aa") },
        NearMiss(.renewalMissed, "two days over the usual day") { $0.renewals(lastEndsIn: 28) },
        NearMiss(.daneNextKeyMissing, "the next key is published") {
            $0.rollOver([FindingTests.spki, FindingTests.oldKey])
        },
        NearMiss(.danePublishedTooLate, "published a day before the key", instead: [.certificateChanged]) {
            $0.show("old", [FindingTests.oldKey], FindingTests.oldKey)
            $0.remember(ago: 2 * Scene.day)
            $0.show("old", [FindingTests.oldKey, FindingTests.spki], FindingTests.oldKey)
            $0.remember(ago: Scene.day)
            $0.show("new", [FindingTests.oldKey, FindingTests.spki], FindingTests.spki)
        },
        NearMiss(.daneLost, "another signed record") {
            $0.show("aa", [FindingTests.oldKey], FindingTests.oldKey)
            $0.remember(ago: 3_600)
            $0.show("aa", [FindingTests.spki], FindingTests.spki)
        },
    ]
}
