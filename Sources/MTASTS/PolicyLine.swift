/// One line of a policy file, without its line end.
struct PolicyLine {
    /// How a line ends (RFC 8461 3.2 sts-policy-term, or the end of the file).
    enum End { case lf, crlf, none }

    /// From 1.
    let number: Int
    let content: ArraySlice<UInt8>
    let end: End
    /// Index at which the line begins, so that a byte's column can be told.
    let start: Int

    func column(of index: Int) -> Int { index - start + 1 }

    /// Splits at LF, taking a CR before it along; nothing follows the last LF.
    /// - Parameter skip: bytes before the text that belong to the first line's columns only: a byte order mark.
    static func split(_ bytes: [UInt8], skip: Int = 0) -> [PolicyLine] {
        var lines: [PolicyLine] = []
        var start = 0
        while start < bytes.count {
            let first = lines.isEmpty ? skip : start
            let lf = bytes[first...].firstIndex(of: 0x0a)
            let stop = lf ?? bytes.count
            let isCRLF = lf != nil && stop > first && bytes[stop - 1] == 0x0d
            lines.append(
                PolicyLine(
                    number: lines.count + 1, content: bytes[first..<(isCRLF ? stop - 1 : stop)],
                    end: lf == nil ? .none : isCRLF ? .crlf : .lf, start: start))
            start = stop + 1
        }
        return lines
    }
}
