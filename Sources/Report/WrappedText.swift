/// Text broken into lines between words.
enum WrappedText {
    /// Lines of at most `width` characters, at least one; a word that is longer than a line is cut.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var rest = word[...]
            if !line.isEmpty {
                if line.count + 1 + rest.count <= width {
                    line += " " + rest
                    continue
                }
                lines.append(line)
                line = ""
            }
            while rest.count > width {
                lines.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            }
            line = String(rest)
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// A labelled paragraph: the label once, the text beside it, 80 columns in all.
    static func paragraph(_ label: String, _ text: String) -> String {
        let indent = 12
        let parts = lines(text, width: 79 - indent)
        return parts.enumerated().map { index, part in
            let head = index == 0 ? "  " + label : ""
            return head + String(repeating: " ", count: indent - head.count) + part
        }.joined(separator: "\n")
    }
}
