/// One cell of a canvas: a base character with at most four combining ones, or the right half of a wide one.
public struct Cell: Hashable, Sendable {
    /// What stands in it; empty in the right half of a wide character. Never a control character.
    public let text: String
    /// Columns it takes: 1, 2 for the left half of a wide character, 0 for its right half.
    public let width: Int
    /// How it looks.
    public var style: Style

    init(text: String, width: Int, style: Style) {
        self.text = text
        self.width = width
        self.style = style
    }

    /// A space.
    public static func blank(_ style: Style = .plain) -> Cell { Cell(text: " ", width: 1, style: style) }

    /// The right half of a wide character.
    static func continuation(_ style: Style) -> Cell { Cell(text: "", width: 0, style: style) }

    /// True in the right half of a wide character.
    public var isContinuation: Bool { width == 0 }
}
