import Evidence
import MTASTS
import Testing

@testable import Deliverability

/// The one line of the table names the culprit so that it can be found.
@Suite struct WhyTests {
    private func why(_ hosts: String...) -> String {
        var scene = Scene()
        scene.patterns = hosts
        scene.mx = Scene.found(hosts.enumerated().map { MXHost(preference: 10 * ($0 + 1), host: Scene.name($1)) })
        scene.hosts = hosts.enumerated().map { number, host in
            var host = Scene.Host(host, "192.0.2.\(number + 1)")
            for index in host.sessions.indices {
                host.sessions[index].starttls = .missing
                host.sessions[index].hasTLS = false
            }
            return host
        }
        return scene.assessment.why
    }

    @Test func hostsOfTheDomainAreToldByTheirFirstLabel() {
        #expect(why("mx1.example.com", "mx2.example.com") == "no STARTTLS on mx1,mx2")
    }

    @Test func hostsOfOthersAreToldWhole() {
        #expect(why("mx.relay.example") == "no STARTTLS on mx.relay.example")
        #expect(why("mx.example.com.evil.example") == "no STARTTLS on mx.example.com.evil.example")
    }

    @Test func longNamesOfOthersKeepTwoLabels() {
        #expect(why("mx17.europe-west.mail.provider.example") == "no STARTTLS on mx17.europe-west..")
    }

    @Test func aPolicyOfWhichNothingIsKnownTellsWhy() {
        func why(_ failure: PolicyFetchFailure?) -> String {
            var scene = Scene()
            (scene.fetchFailure, scene.isFetched) = (failure, failure != nil)
            return scene.assessment.why
        }
        #expect(why(nil) == "policy not fetched yet")
        #expect(why(.notFetched("no policy host answers")) == "policy not fetched: no policy host answers")
        #expect(why(.lookup(.timeout)) == "policy host lookup: \(LookupFailure.timeout.words)")
    }

    @Test func anInvalidPolicyIsToldByLineAndDefect() {
        func why(_ body: String) -> String {
            var scene = Scene()
            scene.body = body
            return scene.assessment.why
        }
        let end = "mx: mx1.example.com\nmx: mx2.example.com\nmax_age: 604800\n"
        #expect(why("version: STSv1\nmode: enforce\n\n" + end).hasPrefix("policy line 3: empty line"))
        #expect(why("version: STSv1\nmode: enforced\n" + end).hasPrefix("policy line 2: enforced"))
        #expect(why("version: STSv1\n" + end).hasPrefix("policy lacks a line `mode"))
        #expect(why("version: STSv1\nmode: enforce\nmx:\n" + end).hasPrefix("policy line 3 lacks a value"))
        #expect(why("version: STSv1\nmode: enforce\nmx: mx.\n" + end).hasPrefix("policy line 3: expected no dot"))
        #expect(!why("version: STSv1\nmode: \u{1b}[2J\n" + end).contains("\u{1b}"))
    }

    private func code(_ bend: (inout Scene) -> Void) -> String {
        var scene = Scene()
        bend(&scene)
        return StatusDigest(DomainStatus(domain: scene.domain, assessment: scene.assessment)).code
    }

    @Test func theCodeIsThatOfTheLineAndOfNothingElse() {
        #expect(code { $0.tlsrpt = Scene.found([]) } == "", "what is fine has a remark and no reason")
        #expect(code { $0.record = Scene.found([]) } == "record-missing")
        #expect(code { ($0.mode, $0.tlsrpt) = ("none", Scene.found([])) } == "", "the mode alone is no finding")
        #expect(code { ($0.mx, $0.hosts) = (DNSAnswer(.failed(.timeout), dnssec: .unknown), []) } == "mx-lookup-failed")
        #expect(code { $0.maxAge = "3600" } == "policy-max-age-short")
        #expect(
            code { scene in
                for host in scene.hosts.indices {
                    scene.hosts[host].sessions[0].starttls = .missing
                    scene.hosts[host].sessions[0].hasTLS = false
                }
            } == "starttls-missing")
    }
}
