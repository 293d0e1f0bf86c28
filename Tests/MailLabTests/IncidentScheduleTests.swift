import Testing

@testable import MailLab

struct IncidentScheduleTests {
    @Test func `steps are sorted, the period holds them`() {
        let schedule = IncidentSchedule([.init(9, .reset), .init(3, .apply(.hostDown, "a.test"))], period: 0)
        #expect(schedule.steps.map(\.second) == [3, 9])
        #expect(schedule.period == 9)
        #expect(IncidentSchedule([], period: -5).period == 1)
    }

    @Test func `a round of the demo shows the kinds it promises and leaves all as it was`() throws {
        let original = LabWorld.demo
        var world = original
        var applied: Set<LabIncident> = []
        for step in IncidentSchedule.demo.steps {
            let before = world
            switch step.command {
            case .apply(let incident, let subject):
                applied.insert(incident)
                try incident.apply(to: &world, subject)
            case .repair(let incident, let subject):
                try incident.repair(in: &world, subject, as: original)
            case .reset:
                world = original
            }
            #expect(world != before, "\(step.command) did nothing")
        }
        #expect(applied.isSuperset(of: [.stripSTARTTLS, .unlistedMX, .wrongCertificate, .brokenPolicy, .silentEdit]))
        #expect(world.hosts == original.hosts)
        for (now, before) in zip(world.domains, original.domains) {
            #expect(now.mx == before.mx)
            #expect(now.policy == before.policy)
            #expect(now.records.count == before.records.count)
        }
    }
}
