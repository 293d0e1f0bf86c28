extension Canvas {
    /// The text of each row without the spaces at its end, for golden tests and for saving a view.
    public var lines: [String] {
        (0..<height).map { y in
            var text = row(y).reduce(into: "") { $0 += $1.text }
            while text.utf8.last == UInt8(ascii: " ") { text.unicodeScalars.removeLast() }
            return text
        }
    }

    /// `lines`, each ended by a newline.
    public var dump: String { lines.reduce(into: "") { $0 += $1 + "\n" } }

    /// A letter a cell for the role it was drawn in, a dot for none, then the legend (`a severity.bouncing`), one line
    /// a letter in the order of appearance; for golden tests.
    public var roleDump: String {
        var letters: [UInt16: Int] = [0: 0]
        var order: [UInt16] = []
        var text = ""
        for y in 0..<height {
            for role in roles[y * width..<(y + 1) * width] {
                if letters[role] == nil {
                    order.append(role)
                    letters[role] = order.count
                }
                text += Canvas.letter(letters[role] ?? 0)
            }
            text += "\n"
        }
        for role in order { text += Canvas.letter(letters[role] ?? 0) + " " + roleNames[Int(role)] + "\n" }
        return text
    }

    private static let alphabet = Array(".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    private static func letter(_ index: Int) -> String {
        String(index < alphabet.count ? alphabet[index] : "?")
    }
}
