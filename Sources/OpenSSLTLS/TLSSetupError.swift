/// Our own TLS set-up failed: a sentence that names the thing and the remedy.
public struct TLSSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
