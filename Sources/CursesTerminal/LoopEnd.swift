/// Why the loop ended.
public enum LoopEnd: Hashable, Sendable {
    /// The application asked for it.
    case quit
    /// A signal asked for it.
    case signal(Signals.Signal)
    /// The terminal is gone: nobody sees what is drawn, and no key will ever come.
    case terminalLost
}
