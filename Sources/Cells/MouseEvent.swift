/// A mouse button or wheel event at a cell.
public struct MouseEvent: Hashable, Sendable {
    /// What happened.
    public enum Action: Hashable, Sendable {
        /// The left button was pressed (or clicked).
        case press
        /// The left button was released.
        case release
        /// The left button was clicked twice.
        case doubleClick
        /// The right button was pressed.
        case secondary
        /// The wheel was turned away from the hand.
        case wheelUp
        /// The wheel was turned to the hand.
        case wheelDown
    }

    /// What happened.
    public let action: Action
    /// Where.
    public let position: Point

    /// An event.
    public init(_ action: Action, at position: Point) {
        self.action = action
        self.position = position
    }
}
