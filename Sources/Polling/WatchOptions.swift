public import Deliverability
public import FoundationEssentials
public import MTASTS

/// What the watch list says of one domain besides its name and tags.
public struct WatchOptions: Hashable, Sendable, Codable {
    /// Seconds between looks at what this domain rests on; nil: as everybody. A fact that is shared is looked at as
    /// often as the most eager of its domains wants.
    public var interval: TimeInterval?
    /// The mode that its policy must be in at least; less is a finding.
    public var expects: STSPolicy.Mode?
    /// When nothing rings.
    public var mutes: [MaintenanceWindow] = []

    public init(interval: TimeInterval? = nil, expects: STSPolicy.Mode? = nil, mutes: [MaintenanceWindow] = []) {
        self.interval = interval
        self.expects = expects
        self.mutes = mutes
    }

    public func isMuted(at moment: Date) -> Bool { mutes.contains { $0.contains(moment) } }
}
