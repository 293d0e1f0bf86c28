import Cells

extension Model {
    /// Shows the wall view or leaves it; whatever was open lies under it, and is there again afterwards.
    mutating func toggleWall() { isWall.toggle() }

    /// On the wall only what means the whole list is done: there is no cursor to be seen.
    mutating func performOnWall(_ action: Action) {
        switch action {
        case .back, .open: isWall = false
        default: say("not here: \(label(of: .wall)) or \(label(of: .back)) leaves the wall view")
        }
    }
}
