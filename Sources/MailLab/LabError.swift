/// Why the lab could not do something of its own: one sentence that names the thing and the remedy.
public struct LabError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ sentence: String) {
        description = sentence
    }
}
