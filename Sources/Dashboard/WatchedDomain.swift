public import MTASTS

/// One line of the watch list, as the dashboard shows it.
public struct WatchedDomain: Hashable, Sendable {
    /// The name as A-labels: what DNS has and tables show.
    public let domain: DomainName
    /// The U-label form for the detail; nil where it would be the same.
    public let displayName: String?
    /// From the list, without the `@`.
    public let tags: [String]

    public init(_ domain: DomainName, displayName: String? = nil, tags: [String] = []) {
        self.domain = domain
        self.displayName = displayName
        self.tags = tags
    }
}
