/// One thing typed, pasted or clicked. Keys that terminals send as the same byte are one key: Ctrl-I is Tab, Ctrl-M
/// and Ctrl-J are Enter, Ctrl-H is Backspace, Ctrl-[ is Escape.
public enum Key: Hashable, Sendable {
    /// A printable character, space included.
    case character(Character)
    /// Ctrl with a lower case letter or one of `@ \ ] ^ _`.
    case ctrl(Character)
    /// Alt (or Escape just before) with a printable character.
    case alt(Character)
    /// A function key, from 1.
    case function(Int)
    /// Arrow up.
    case up
    /// Arrow down.
    case down
    /// Arrow left.
    case left
    /// Arrow right.
    case right
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// Home.
    case home
    /// End.
    case end
    /// Enter.
    case enter
    /// Escape.
    case escape
    /// Tab.
    case tab
    /// Shift-Tab.
    case backtab
    /// Backspace.
    case backspace
    /// Delete.
    case delete
    /// Insert.
    case insert
    /// Text that was pasted, as the terminal gave it; not bindable.
    case paste(String)
    /// A mouse event; not bindable.
    case mouse(MouseEvent)
}
