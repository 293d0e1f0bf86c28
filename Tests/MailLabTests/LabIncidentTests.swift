import MTASTS
import Testing

@testable import MailLab

struct LabIncidentTests {
    private let original = LabWorld.demo

    private func after(_ incident: LabIncident, _ subject: String) throws -> LabWorld {
        var world = original
        try incident.apply(to: &world, subject)
        return world
    }

    private func policy(_ world: LabWorld, _ name: String) -> STSPolicy? {
        world.domain(name)?.policy.flatMap { STSPolicyParser.parse($0.body).policy }
    }

    @Test(arguments: LabIncident.allCases)
    func `each incident changes the world, and its repair undoes it`(incident: LabIncident) throws {
        var world = try after(incident, "harbour-bank.example")
        #expect(world != original)
        try incident.repair(in: &world, "harbour-bank.example", as: original)
        if incident == .silentEdit {
            // A body that was served under the old id must not come back under it.
            #expect(world.domain("harbour-bank.example")?.records != original.domain("harbour-bank.example")?.records)
            #expect(world.domain("harbour-bank.example")?.policy == original.domain("harbour-bank.example")?.policy)
        } else {
            #expect(world == original)
        }
        #expect(LabIncident(incident.rawValue) == incident)
        #expect(incident.sentence("a.test").contains("a.test"))
        #expect(incident.repairSentence("a.test").contains("a.test"))
    }

    @Test(arguments: LabIncident.allCases)
    func `a repair of what did not happen changes nothing`(incident: LabIncident) throws {
        var world = original
        try incident.repair(in: &world, "harbour-bank.example", as: original)
        #expect(world == original)
    }

    @Test func `a host's incident may name the host, or a domain for all its hosts`() throws {
        let one = try after(.stripSTARTTLS, "mx2.harbour-bank.example")
        #expect(one.host("mx1.harbour-bank.example")?.behaviour == .normal)
        #expect(one.host("mx2.harbour-bank.example")?.behaviour == .noSTARTTLS)
        let all = try after(.stripSTARTTLS, "harbour-bank.example")
        #expect(all.host("mx1.harbour-bank.example")?.behaviour == .noSTARTTLS)
        #expect(all.host("mx2.harbour-bank.example")?.behaviour == .noSTARTTLS)
    }

    @Test func `what each one does`() throws {
        let name = "harbour-bank.example"
        #expect(try after(.hostDown, name).host("mx1.\(name)")?.behaviour == .refused)
        #expect(try after(.wrongCertificate, name).host("mx1.\(name)")?.certificate.names != nil)
        #expect(try after(.expiredCertificate, name).host("mx1.\(name)")?.certificate == .expired)
        #expect(try after(.unlistedMX, name).domain(name)?.hosts == [LabWorld.elsewhere])
        #expect(try after(.keyChanged, name).host("mx1.\(name)")?.keyChanges == 1)
        #expect(try after(.policyGone, name).domain(name)?.policy?.status == 404)
        #expect(try after(.recordRemoved, name).domain(name)?.records == [])
        #expect(policy(original, name) != nil)
        #expect(try policy(after(.brokenPolicy, name), name) == nil)
        let narrowed = try after(.silentEdit, name)
        #expect(policy(narrowed, name)?.mx.map(\.description) == ["mx1.\(name)"])
        #expect(narrowed.domain(name)?.records == original.domain(name)?.records)
    }

    @Test func `a silent edit of a policy with one line mistypes it`() throws {
        let world = try after(.silentEdit, "alder-clinic.example")
        #expect(policy(world, "alder-clinic.example")?.mx.map(\.description) == ["mistyped.elsewhere.example"])
    }

    @Test func `what cannot be is refused with a sentence that names it`() throws {
        for (incident, subject) in [
            (LabIncident.stripSTARTTLS, "nobody.example"), (.stripSTARTTLS, "no-mail.example"),
            (.brokenPolicy, "mx1.harbour-bank.example"),
        ] {
            let error = #expect(throws: LabError.self) { try after(incident, subject) }
            #expect(error?.description.contains(subject) == true)
        }
        #expect(LabIncident("nonsense") == nil)
    }
}
