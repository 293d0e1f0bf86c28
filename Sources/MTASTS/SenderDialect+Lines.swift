extension SenderDialect {
    /// What a line is to this sender.
    enum Parts {
        case skip, reject
        case field(String, ArraySlice<UInt8>)
    }

    func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        guard splitsAtCR else { return PolicyLine.split(bytes).map(\.content) }
        let ends: ClosedRange<UInt8> = 0x0a...0x0d
        return bytes.split(omittingEmptySubsequences: false) { ends.contains($0) }
    }

    func parts(of raw: ArraySlice<UInt8>) -> Parts {
        var line = raw
        if trimsMark, line.starts(with: [0xef, 0xbb, 0xbf]) { line = line.dropFirst(3) }
        if trimsLine { line = line.trimmingBlanks }
        if line.isEmpty { return blankLine == .skip ? .skip : .reject }
        if rejectsControls, line.firstUnprintable != nil { return .reject }
        if skipsBraces, line.contains(UInt8(ascii: "{")) || line.contains(UInt8(ascii: "}")) { return .skip }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            return withoutColon == .skip ? .skip : .reject
        }
        let rest = line[(colon + 1)...]
        if oneColonOnly, rest.contains(UInt8(ascii: ":")) { return .reject }
        let name = trimsKey ? line[..<colon].trimmingBlanks : line[..<colon]
        let key = ignoresCase ? name.map(\.lowercased) : Array(name)
        return .field(String(decoding: key, as: UTF8.self), rest.trimmingBlanks)
    }
}
