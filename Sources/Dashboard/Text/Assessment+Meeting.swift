import Deliverability
import MTASTS

extension Assessment {
    /// What a sender of the class meets at a host, or at one of its addresses: the live policy's lines and mode count
    /// too, and a class that does not exist meets nothing.
    func meets(_ sender: SenderClass, at host: HostJudgement, _ address: AddressJudgement? = nil) -> Acceptance {
        let own = address?.acceptance ?? host.acceptance
        guard sender == .cached || verdict(sender).delivery != .none else { return .notApplicable }
        guard sender == .mtaSTS else { return own[sender] ?? .notApplicable }
        // In mode testing mail goes wherever any sender's goes (RFC 8461 5).
        if policy?.policy?.mode == .testing { return own[.opportunistic] ?? .notApplicable }
        return host.inPolicy == false ? .refuses("not in the policy") : own[.mtaSTS] ?? .notApplicable
    }

    /// True where the policy is in testing and mode enforce would refuse there.
    func wouldRefuse(at host: HostJudgement, _ address: AddressJudgement? = nil) -> Bool {
        guard policy?.policy?.mode == .testing else { return false }
        return host.inPolicy == false || (address?.acceptance ?? host.acceptance)[.mtaSTS]?.isRefusal == true
    }
}
