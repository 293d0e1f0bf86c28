/// To whom transitions are told besides the screen.
public struct NoticeSettings: Hashable, Sendable {
    /// The path of a program that reads each batch as JSON on its standard input; never a shell.
    public var hook: String?
    /// How long it may take.
    public var hookLimit = Duration.seconds(30)
    /// A file that gets one line for each transition.
    public var logFile: String?
    /// Whether syslog gets one, too.
    public var usesSyslog = false

    public init() {}

    public var isEmpty: Bool { hook == nil && logFile == nil && !usesSyslog }
}
