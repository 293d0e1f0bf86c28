public import MTASTS

/// One line of the watch list.
public struct WatchEntry: Hashable, Sendable, Codable {
    public let domain: DomainName
    /// Without the `@`.
    public let tags: [String]
    public let options: WatchOptions

    public init(domain: DomainName, tags: [String] = [], options: WatchOptions = WatchOptions()) {
        self.domain = domain
        self.tags = tags
        self.options = options
    }
}
