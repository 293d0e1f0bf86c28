import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// One rule of the field as a case: what is seen, and what must be made of it. What is nil is not looked at.
struct FieldCase: Sendable, CustomTestStringConvertible {
    let name: String
    let scene: @Sendable () -> Scene
    var record: RecordReading.Status?
    var policy: PolicyReading.Status?
    var mx: MXReading.Status?
    var state: DomainState?
    var mtaSTS: Delivery?
    var enforced: Delivery?
    var dane: Delivery?
    var opportunistic: Delivery?
    var raises: Set<FindingCode> = []
    var silent: Set<FindingCode> = []
    var testDescription: String { name }

    init(_ name: String, _ bend: @escaping @Sendable (inout Scene) -> Void) {
        self.name = name
        scene = { Scene().with(bend) }
    }

    /// The case with what is expected of it.
    func expecting(_ change: (inout FieldCase) -> Void) -> FieldCase {
        var changed = self
        change(&changed)
        return changed
    }

    /// Judges the scene and compares; a case without an expectation fails.
    func verify() {
        let seen = scene().assessment
        let codes = Set(seen.findings.map(\.code))
        var compared = raises.count + silent.count
        func same<Value: Equatable>(_ actual: Value?, _ expected: Value?, _ what: String) {
            guard let expected else { return }
            compared += 1
            #expect(actual == expected, "\(name): \(what)")
        }
        same(seen.record?.status, record, "record")
        same(seen.policy?.status, policy, "policy")
        same(seen.mx?.status, mx, "mx")
        same(seen.state, state, "state")
        same(seen.mtaSTS.delivery, mtaSTS, "mta-sts: \(seen.mtaSTS.reason)")
        same(seen.mtaSTS.enforced, enforced, "enforced: \(seen.mtaSTS.reason)")
        same(seen.dane.delivery, dane, "dane: \(seen.dane.reason)")
        same(seen.opportunistic.delivery, opportunistic, "opportunistic: \(seen.opportunistic.reason)")
        #expect(codes.isSuperset(of: raises), "\(name): \(codes)")
        #expect(codes.isDisjoint(with: silent), "\(name): \(codes)")
        #expect(compared > 0, "\(name) expects nothing")
    }
}
