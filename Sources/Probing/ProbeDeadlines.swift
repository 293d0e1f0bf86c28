/// How long a probe waits; every limit also ends where the whole probe does.
public struct ProbeDeadlines: Hashable, Sendable {
    /// From the SYN to the connection.
    public var connect: Duration
    /// From the connection to the complete banner; greet pauses are usual.
    public var banner: Duration
    /// From a command to its complete reply; single bytes do not prolong it.
    public var reply: Duration
    /// From the 220 to the end of the handshake.
    public var handshake: Duration
    /// From QUIT to the 221, for courtesy only.
    public var quit: Duration
    /// For everything, a second attempt after a failed handshake included.
    public var probe: Duration

    /// - Parameter timeout: for the whole probe, 30 seconds by default. What is given beyond that is time to greet; the
    ///   limits of the other parts stay as they are.
    public init(timeout: Duration? = nil) {
        connect = Limits.connect
        banner = Limits.banner + max(.zero, (timeout ?? Limits.probe) - Limits.probe)
        reply = Limits.reply
        handshake = Limits.handshake
        quit = Limits.quit
        probe = timeout ?? Limits.probe
    }

    /// The time that one step may take.
    func limit(of step: ProbeDialogue.Step) -> Duration {
        switch step {
        case .banner: banner
        case .ehlo, .helo, .starttls, .secureEHLO: reply
        case .handshake: handshake
        case .quit, .done: quit
        }
    }
}
