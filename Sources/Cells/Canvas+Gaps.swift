extension Canvas {
    /// Cells of a gap at most: a longer one is cleared at once where it has no attributes.
    private static let longestGap = 4

    /// The same picture in fewer bytes: a short gap between two words takes the look of the first, where no eye can
    /// tell, so that a terminal changes its colours once and not twice. Roles stay.
    public var withQuietGaps: Canvas {
        var quiet = self
        for y in 0..<height {
            let end = (y + 1) * width
            var x = y * width
            while x < end {
                guard x > y * width, cells[x].isBare, cells[x].style != cells[x - 1].style else {
                    x += 1
                    continue
                }
                var gap = x
                while gap < end, cells[gap].isBare, cells[gap].style == cells[x].style { gap += 1 }
                let look = quiet.cells[x - 1].style
                if gap < end, gap - x <= Self.longestGap, look.showsAsBlank(cells[x].style) {
                    for index in x..<gap { quiet.cells[index].style = look }
                }
                x = gap
            }
        }
        return quiet
    }
}

extension Cell {
    /// Nothing but its background is seen.
    fileprivate var isBare: Bool { text == " " && !style.attributes.marksBlanks }
}

extension Style {
    /// True where a space looks the same in both.
    fileprivate func showsAsBlank(_ other: Style) -> Bool {
        background == other.background && !attributes.marksBlanks && !other.attributes.marksBlanks
    }
}

extension Attributes {
    /// Seen on a space, too.
    fileprivate var marksBlanks: Bool { !isDisjoint(with: [.reverse, .underline]) }
}
