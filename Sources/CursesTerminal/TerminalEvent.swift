public import Cells

/// What the loop tells the application.
public enum TerminalEvent<Message: Sendable>: Sendable {
    /// Something was typed, pasted or clicked.
    case key(Key)
    /// The mailbox had a message.
    case message(Message)
    /// The terminal has another size now; also the first event of all.
    case resize(Size)
    /// The instant came that `nextTick` asked for.
    case tick
    /// SIGHUP while the terminal lives: read the list again.
    case hangup
    /// The program was stopped and runs again: clocks have jumped.
    case resumed
    /// SIGINT or SIGTERM; the loop ends after this event, whatever is answered.
    case quit
}

extension TerminalEvent: Equatable where Message: Equatable {}
