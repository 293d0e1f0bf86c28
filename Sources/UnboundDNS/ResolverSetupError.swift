/// The resolver cannot be set up as asked. The text is one sentence that names the thing and the remedy.
public struct ResolverSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
