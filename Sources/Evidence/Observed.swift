public import FoundationEssentials

/// A believed value and when it was last seen to hold.
public struct Observed<Value: Sendable>: Sendable {
    public let value: Value
    /// When this value was first seen.
    public let since: Date
    /// When it was last seen.
    public let at: Date

    public init(_ value: Value, since: Date, at: Date) {
        self.value = value
        self.since = since
        self.at = at
    }

    public init(_ value: Value, at: Date) {
        self.init(value, since: at, at: at)
    }

    /// The same moments with another value.
    public func with<Other>(_ other: Other) -> Observed<Other> { Observed<Other>(other, since: since, at: at) }
}

extension Observed: Equatable where Value: Equatable {}
extension Observed: Hashable where Value: Hashable {}
