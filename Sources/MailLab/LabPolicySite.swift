/// One policy host of the lab: what it answers and the certificate it shows.
public struct LabPolicySite: Hashable, Sendable {
    public var reply: LabPolicyReply
    public var identity: LabIdentity

    public init(reply: LabPolicyReply, identity: LabIdentity) {
        self.reply = reply
        self.identity = identity
    }
}
