import MTASTS

extension Assessment {
    /// What a sender of the class meets at a host, or at one of its addresses: the live policy's lines and mode count
    /// too (RFC 8461 4.1, 5), and a class that does not exist meets nothing. For `cached` it depends on the version.
    public func meets(_ sender: SenderClass, at host: HostJudgement, _ address: AddressJudgement? = nil) -> Acceptance {
        let own = address?.acceptance ?? host.acceptance
        guard sender == .cached || verdict(sender).delivery != .none else { return .notApplicable }
        guard sender == .mtaSTS else { return own[sender] ?? .notApplicable }
        // In mode testing mail goes wherever any sender's goes.
        if policy?.policy?.mode == .testing { return own[.opportunistic] ?? .notApplicable }
        return host.inPolicy == false ? .refuses("not in the policy") : own[.mtaSTS] ?? .notApplicable
    }

    /// Why some senders of the class are refused there though others are accepted; nil where all fare alike. In mode
    /// testing none is refused.
    public func splits(_ sender: SenderClass, at host: HostJudgement, _ address: AddressJudgement? = nil) -> String? {
        guard sender != .mtaSTS || policy?.policy?.mode != .testing, meets(sender, at: host, address) == .accepts else {
            return nil
        }
        return (address?.split ?? host.split)[sender]
    }

    /// Why mode enforce would refuse there, where the policy is in testing; nil where it would not, or is not.
    public func wouldRefuse(at host: HostJudgement, _ address: AddressJudgement? = nil) -> String? {
        guard policy?.policy?.mode == .testing else { return nil }
        if host.inPolicy == false { return "not in the policy" }
        guard case .refuses(let reason)? = (address?.acceptance ?? host.acceptance)[.mtaSTS] else { return nil }
        return reason
    }
}
