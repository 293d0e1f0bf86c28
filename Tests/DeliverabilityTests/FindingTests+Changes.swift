import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

extension FindingTests {
    static let oldKey = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 9, count: 32))

    /// Findings that take a look at what was before.
    static let changeRows: [Row] = [
        Row(.mxUnlistedInCachedPolicy, .high, .warning) {
            $0.patterns = ["mx1.example.com"]
            $0.remember(ago: 3_600)
            $0.patterns.append("mx2.example.com")
            $0.publish("2")
            $0.remember(ago: 1_800)
        },
        Row(.mxRenamed, .info, .ok) { $0.renameFirst(from: "192.0.2.1") },
        Row(.policyIDChangedSameBody, .info, .ok) {
            $0.remember(ago: 3_600)
            $0.publish("2")
        },
        Row(.policyIDReused, .warning, .warning) { $0.reuse(first: 7_200, second: 3_600) },
        Row(.policyEnforcedUnready, .high, .risk) {
            ($0.hosts[0].sessions[0].starttls, $0.hosts[0].sessions[0].hasTLS) = (.missing, false)
            $0.enforce()
        },
        Row(.policyNarrowed, .high, .risk) {
            $0.remember(ago: 3_600)
            $0.patterns = ["mx1.example.com"]
            $0.publish("2")
        },
        Row(.policyWithdrawnUnsafely, .warning, .warning) {
            $0.remember(ago: 3_600)
            $0.mode = "none"
        },
        Row(.policyMaxAgeRaised, .info, .ok) {
            $0.remember(ago: 3_600)
            $0.maxAge = "1209600"
            $0.publish("2")
        },
        Row(.policyMaxAgeLoweredSameID, .warning, .warning) {
            $0.remember(ago: 3_600)
            $0.maxAge = "345600"
        },
        Row(.policyDelegationChanged, .warning, .warning) { $0.delegate(from: "a.example.net", to: "b.example.net") },
        Row(.starttlsRemoved, .critical, .bouncing) {
            $0.remember(ago: 3_600)
            $0 = $0.everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        },
        Row(.certificateChanged, .info, .ok) {
            $0.remember(ago: 3_600)
            $0 = $0.everySession { $0.fingerprint = "bb" }
        },
        Row(.certificateIssuerChanged, .info, .ok) {
            $0.remember(ago: 3_600)
            $0 = $0.everySession { ($0.fingerprint, $0.issuer) = ("bb", "R12") }
        },
        Row(.serverReplaced, .warning, .warning) { $0.replaceServers(fingerprint: "ee") },
        Row(.renewalMissed, .warning, .warning) { $0.renewals(lastEndsIn: 25) },
        Row(.daneNextKeyMissing, .high, .warning) { $0.rollOver([spki]) },
        Row(.danePublishedTooLate, .high, .warning) {
            $0.show("old", [oldKey], oldKey)
            $0.remember(ago: 600)
            $0.show("new", [spki], spki)
        },
        Row(.daneLost, .warning, .warning) {
            $0.show("aa", [spki], spki)
            $0.remember(ago: 3_600)
            for index in $0.hosts.indices { $0.hosts[index].sign(nil) }
        },
    ]
}

extension Scene {
    /// The first MX host had another name an hour ago.
    mutating func renameFirst(from address: String) {
        let now = self
        patterns = ["*.example.com"]
        hosts[0] = Host("mx0.example.com", address)
        mx = Self.found([
            MXHost(preference: 10, host: Self.name("mx0.example.com")),
            MXHost(preference: 20, host: Self.name("mx2.example.com")),
        ])
        remember(ago: 3_600)
        (hosts, mx) = (now.hosts, now.mx)
    }

    /// An id that stood for another body, then another id, then the first one again.
    mutating func reuse(first: TimeInterval, second: TimeInterval) {
        publish("a")
        patterns = ["*.example.com"]
        remember(ago: first)
        publish("b")
        patterns = ["mx1.example.com", "mx2.example.com"]
        remember(ago: second)
        publish("a")
        patterns.reverse()
    }

    /// Mode testing an hour ago, enforce under a new id now.
    mutating func enforce() {
        mode = "testing"
        remember(ago: 3_600)
        mode = "enforce"
        publish("2")
    }

    mutating func delegate(from old: String, to new: String) {
        let outcome = record?.outcome ?? .noData
        record = DNSAnswer(outcome, dnssec: .insecure, aliases: [Self.name(old)], ttl: 300)
        remember(ago: 3_600)
        record = DNSAnswer(outcome, dnssec: .insecure, aliases: [Self.name(new)], ttl: 300)
    }

    /// Another greeting than two days ago, and this certificate.
    mutating func replaceServers(fingerprint: String) {
        self = everySession { $0.greeting = "mx.example.com" }
        remember(ago: 2 * Self.day)
        self = everySession { ($0.greeting, $0.fingerprint) = ("other.example.net", fingerprint) }
    }

    /// Two renewals with 30 of 90 days left, and a last certificate that ends in so many days.
    mutating func renewals(lastEndsIn days: Double) {
        for (print, end, ago) in [("a", -90.0, 130.0), ("b", -30, 120), ("c", days, 60)] {
            self = everySession { ($0.fingerprint, $0.trust) = (print, Self.trusted(days: end)) }
            remember(ago: ago * Self.day)
        }
    }

    /// Every host with this certificate and these TLSA records, of which one matches.
    mutating func show(_ fingerprint: String, _ records: [TLSARecord], _ matching: TLSARecord) {
        for index in hosts.indices { hosts[index].sign(records, match: .match(matching)) }
        self = everySession { $0.fingerprint = fingerprint }
    }

    /// A new key two months ago, the next one due in days, and these records.
    mutating func rollOver(_ records: [TLSARecord]) {
        show("old", [FindingTests.oldKey], FindingTests.oldKey)
        remember(ago: 61 * Self.day)
        show("aa", records, FindingTests.spki)
        self = everySession { $0.trust = Self.trusted(days: 24) }
        remember(ago: 60 * Self.day)
    }
}
