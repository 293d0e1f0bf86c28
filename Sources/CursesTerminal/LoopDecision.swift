/// What the application answers to an event.
public enum LoopDecision: Hashable, Sendable {
    /// Something on the screen may have changed: paint when the pace allows.
    case proceed
    /// Nothing on the screen has changed: no frame is made.
    case unchanged
    /// Paint everything afresh, the terminal may show something else than we think.
    case redraw
    /// Leave the loop.
    case quit
}
