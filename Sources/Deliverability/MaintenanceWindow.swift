public import FoundationEssentials

/// A span in which the operator works on a domain: what turns is shown and kept, and rings nobody.
public struct MaintenanceWindow: Hashable, Sendable, Codable {
    public let start: Date
    /// The first moment that is no longer part of it.
    public let end: Date

    public init(start: Date, end: Date) {
        self.start = start
        self.end = end
    }

    public func contains(_ moment: Date) -> Bool { start <= moment && moment < end }
}
