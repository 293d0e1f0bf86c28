import Cells

extension Model {
    /// Shows the wall view or leaves it; whatever was open is closed.
    mutating func toggleWall() {
        if detail != nil { close() }
        isPlanning = false
        isWall.toggle()
    }

    /// On the wall only what means the whole list is done: there is no cursor to be seen.
    mutating func performOnWall(_ action: Action) {
        switch action {
        case .back, .open: isWall = false
        default: say("not here: \(label(of: .wall)) or \(label(of: .back)) leaves the wall view")
        }
    }
}
