extension FindingCode {
    /// The codes that a mistyped text may mean, nearest first; empty where none is near.
    ///
    /// - Parameters:
    ///   - text: at most 100 bytes are looked at.
    ///   - limit: the most codes returned.
    public static func near(_ text: String, limit: Int = 5) -> [FindingCode] {
        let asked = Array(text.lowercased().utf8.prefix(100))
        guard !asked.isEmpty else { return [] }
        let words = Set(asked.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.filter { $0.count > 2 })
        let scored = allCases.enumerated().compactMap { index, code -> (score: Int, index: Int, code: FindingCode)? in
            let name = Array(code.rawValue.utf8)
            let distance = editDistance(asked, name)
            let parts = name.split(separator: UInt8(ascii: "-"))
            let shared = words.count { word in parts.contains { $0.starts(with: word) } }
            // A few slips of the finger, or a word or its beginning in common.
            guard distance <= max(2, asked.count / 4) || shared > 0 else { return nil }
            return (distance - 6 * shared, index, code)
        }
        return scored.sorted { ($0.score, $0.index) < ($1.score, $1.index) }.prefix(limit).map(\.code)
    }

    /// Insertions, deletions and replacements from one text to the other.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let replaced = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
