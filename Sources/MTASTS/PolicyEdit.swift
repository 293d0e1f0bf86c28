/// A change to single lines of a policy file (RFC 8461 3.2); what it does not name stays as it is.
public struct PolicyEdit: Hashable, Sendable {
    public var mode: STSPolicy.Mode?
    /// Seconds.
    public var maxAge: Int?
    /// In the order in which their lines are to come.
    public var addedMX: [MXPattern] = []
    public var removedMX: [MXPattern] = []

    public init() {}

    public var isEmpty: Bool { self == PolicyEdit() }

    /// The file after the change: each line keeps its place, its line end and the fields that are not ours.
    ///
    /// - Parameter body: the file as it is; nil, or a text without any field of a policy: a new file is begun. Whether
    ///   what comes of it is valid is the parser's to say.
    public func applied(to body: [UInt8]?) -> [UInt8] {
        let old = body.map { PolicyLine.split($0).map(Line.init) } ?? []
        let isPolicy = old.contains { ["mode", "mx", "max_age"].contains($0.key) }
        let ending = old.first { !$0.end.isEmpty }?.end ?? [0x0a]
        var lines = isPolicy ? old : [Line("version: STSv1", ending)]
        lines.removeAll { line in removedMX.contains { line.pattern?.coversSame(as: $0) == true } }
        if let mode { set(Line("mode: \(mode.rawValue)", ending), in: &lines) }
        let last = lines.lastIndex { $0.key == "mx" } ?? lines.lastIndex { $0.key == "mode" }
        lines.insert(
            contentsOf: addedMX.map { Line("mx: \($0.text)", ending) }, at: last.map { $0 + 1 } ?? lines.count)
        if let maxAge { set(Line("max_age: \(maxAge)", ending), in: &lines) }
        // What was the last line may have had no end, and is the last no more.
        for index in lines.indices.dropLast() where lines[index].end.isEmpty { lines[index].end = ending }
        return lines.flatMap { $0.text + $0.end }
    }

    /// Takes the place of the first line of the key, which is the one that counts, or comes last.
    private func set(_ line: Line, in lines: inout [Line]) {
        if let index = lines.firstIndex(where: { $0.key == line.key }) {
            lines[index].text = line.text
        } else {
            lines.append(line)
        }
    }

    private struct Line {
        var text: [UInt8]
        var end: [UInt8]

        init(_ text: String, _ end: [UInt8]) {
            self.text = Array(text.utf8)
            self.end = end
        }

        init(_ line: PolicyLine) {
            text = Array(line.content)
            end =
                switch line.end {
                case .lf: [0x0a]
                case .crlf: [0x0d, 0x0a]
                case .none: []
                }
        }

        private var field: PolicyLine.Field? {
            try? PolicyLine(number: 1, content: text[...], end: .lf, start: 0).field().get()
        }

        var key: String? { field.map { String(decoding: $0.key, as: UTF8.self) } }

        var pattern: MXPattern? {
            guard let field, key == "mx" else { return nil }
            return try? MXPattern.read(field.value).get()
        }
    }
}
