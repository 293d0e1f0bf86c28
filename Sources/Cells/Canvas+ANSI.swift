extension Canvas {
    /// The rows as a terminal of `tier` would be sent them: UTF-8 text with SGR sequences (ECMA-48 8.3.117), each row
    /// ended by a newline in the terminal's own look. Blanks that nobody could see are left out at a row's end.
    public func ansi(_ tier: ColorTier) -> String {
        var text = ""
        for y in 0..<height {
            var cells = row(y)
            while let last = cells.last, last.text == " ", ANSIText.isUnseen(last.style, tier) { cells.removeLast() }
            var current = ""
            for cell in cells where !cell.isContinuation {
                let wanted = ANSIText.parameters(cell.style, tier)
                if wanted != current {
                    text += "\u{1b}[0\(wanted)m"
                    current = wanted
                }
                text += cell.text
            }
            text += current.isEmpty ? "\n" : "\u{1b}[0m\n"
        }
        return text
    }
}

/// Styles as parameters of SGR.
private enum ANSIText {
    private static let codes: [(Attributes, Int)] = [
        (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7),
    ]

    /// What follows the 0 that resets all, each with a semicolon in front; empty for the terminal's own look.
    static func parameters(_ style: Style, _ tier: ColorTier) -> String {
        var numbers = codes.filter { style.attributes.contains($0.0) }.map(\.1)
        numbers += color(style.foreground.resolved(in: tier), base: 30)
        numbers += color(style.background.resolved(in: tier), base: 40)
        return numbers.map { ";\($0)" }.joined()
    }

    /// True where a blank in this style looks like no cell at all.
    static func isUnseen(_ style: Style, _ tier: ColorTier) -> Bool {
        style.background.resolved(in: tier) == .terminalDefault && !style.attributes.contains(.reverse)
            && !style.attributes.contains(.underline)
    }

    private static func color(_ color: Color.Resolved, base: Int) -> [Int] {
        switch color {
        case .terminalDefault: []
        case .indexed(let index) where index < 8: [base + Int(index)]
        case .indexed(let index) where index < 16: [base + 52 + Int(index)]
        case .indexed(let index): [base + 8, 5, Int(index)]
        case .direct(let rgb): [base + 8, 2, Int(rgb.red), Int(rgb.green), Int(rgb.blue)]
        }
    }
}
