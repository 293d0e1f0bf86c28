public import MTASTS

/// One line of the watch list.
public struct WatchEntry: Hashable, Sendable, Codable {
    public let domain: DomainName
    /// Without the `@`.
    public let tags: [String]

    public init(domain: DomainName, tags: [String] = []) {
        self.domain = domain
        self.tags = tags
    }
}
