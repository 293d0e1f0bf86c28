import Evidence

@testable import Deliverability

extension NearMiss {
    private static func down(_ session: inout Scene.Session, _ outcome: ConnectionOutcome = .timeout("connect")) {
        (session.outcome, session.starttls, session.hasTLS) = (outcome, .unknown, false)
    }

    /// The domain itself is the only host.
    private static func own(_ scene: inout Scene) {
        scene.hosts = [Scene.Host("example.com", "192.0.2.9")]
        scene.patterns = ["example.com"]
    }

    static let mx: [NearMiss] = [
        NearMiss(.mxNoneListed, "one of two is listed", instead: [.mxUnlisted, .mxLastUsable]) {
            $0.patterns = ["mx1.example.com"]
        },
        NearMiss(.mxUnlisted, "a wildcard matches") { $0.patterns = ["*.example.com"] },
        NearMiss(.mxImplicit, "the MX record names the domain itself") {
            own(&$0)
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("example.com"))])
        },
        NearMiss(.mxRemovedToImplicit, "the change was acknowledged", instead: [.mxImplicit]) {
            $0.patterns = ["example.com"]
            $0.memory = $0.memory.observing($0.evidence, now: $0.now)
            $0.memory.accept(.mxRemovedToImplicit, at: $0.now)
            own(&$0)
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
        },
        NearMiss(.mxMissing, "no MX record, but an address", instead: [.mxImplicit]) {
            own(&$0)
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
        },
        NearMiss(.domainMissing, "no data is not no name", instead: [.mxMissing, .mxNoAddress]) {
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com")]
        },
        NearMiss(.mxNull, "a null MX beside others", instead: [.mxNullWithOthers]) {
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)] + ($0.mx?.value ?? []))
        },
        NearMiss(.mxNullWithOthers, "a null MX alone", instead: [.mxNull]) {
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)])
            $0.hosts = []
        },
        NearMiss(.mxLookupFailed, "nobody answered in time") {
            $0.mx = DNSAnswer(.failed(.timeout), dnssec: .unknown)
            $0.hosts = []
        },
        NearMiss(.mxBogus, "SERVFAIL that is not DNSSEC's", instead: [.mxLookupFailed]) {
            $0.mx = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
            $0.hosts = []
        },
        NearMiss(.mxNoAddress, "only an AAAA record") {
            $0.hosts[1] = Scene.Host("mx2.example.com", "2001:db8::2")
        },
        NearMiss(.mxUnreachable, "one of two addresses is down", instead: [.addressUnreachable]) {
            $0.hosts[1] = Scene.Host("mx2.example.com", "192.0.2.2", "2001:db8::2")
            down(&$0.hosts[1].sessions[1])
        },
        NearMiss(.addressUnreachable, "no route from here says nothing") {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "2001:db8::1")
            down(&$0.hosts[0].sessions[1], .error("network is unreachable"))
        },
        NearMiss(.addressSpecialUse, "a private address that may be probed") {
            $0.hosts[1] = Scene.Host("mx2.example.com", "10.0.0.1")
        },
        NearMiss(.mxCNAME, "the policy record is an alias") {
            $0.record = DNSAnswer(
                $0.record?.outcome ?? .noData, dnssec: .insecure, aliases: [Scene.name("_mta-sts.example.net")])
        },
        NearMiss(.mxBeyondLimit, "the good one is the fifth", instead: [.starttlsMissing, .mxLastUsable]) {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.11", "192.0.2.12", "192.0.2.13")
            for index in $0.hosts[0].sessions.indices {
                ($0.hosts[0].sessions[index].starttls, $0.hosts[0].sessions[index].hasTLS) = (.missing, false)
            }
        },
        NearMiss(.mxLastUsable, "the other one could not be seen") {
            down(&$0.hosts[0].sessions[0], .error("network is unreachable"))
        },
        NearMiss(.mxOnlyUnlistedReachable, "nobody answers", instead: [.mxUnlisted, .mxUnreachable]) {
            $0.patterns = ["mx1.example.com"]
            for index in $0.hosts.indices { down(&$0.hosts[index].sessions[0]) }
        },
        NearMiss(.policyMXUnused, "a wildcard beside the names") { $0.patterns.append("*.example.com") },
        NearMiss(.networkSuspect, "lookups time out, others answer") {
            $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown)
            $0.mx = DNSAnswer(.failed(.timeout), dnssec: .unknown)
            $0.hosts = []
        },
    ]
}
