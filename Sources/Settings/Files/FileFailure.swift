/// Why a file could not be read; the path is made visible where it is shown.
public enum FileFailure: Error, Hashable, Sendable {
    case missing
    case isDirectory
    /// A pipe, a socket or a device, where only a file will do.
    case notRegular
    /// The reason in the words of the system, such as `Permission denied`.
    case unreadable(String)
    /// The most bytes that are taken.
    case tooLarge(limit: Int)
}
