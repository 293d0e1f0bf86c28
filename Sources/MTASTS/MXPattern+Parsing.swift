extension MXPattern {
    /// Where an mx value leaves `["*."] Domain` (RFC 8461 3.2, RFC 5321 4.1.2).
    struct Flaw: Error {
        /// Bytes before the flaw.
        let offset: Int
        let expected: String
    }

    /// Reads the value of an mx line without blanks around it.
    static func read(_ value: ArraySlice<UInt8>) -> Result<MXPattern, Flaw> {
        guard !value.isEmpty else {
            return .failure(Flaw(offset: 0, expected: "a host name, or `*.` and a host name"))
        }
        let isWildcard = value.begins(with: "*.")
        let host = value.dropFirst(isWildcard ? 2 : 0)
        if let flaw = flaw(in: host, from: value.startIndex) { return .failure(flaw) }
        guard let name = DomainName(bytes: host) else {
            return .failure(Flaw(offset: 0, expected: "a host name of at most 253 bytes"))
        }
        return .success(
            MXPattern(name: name, isWildcard: isWildcard, text: String(decoding: value, as: UTF8.self)))
    }

    private static func flaw(in host: ArraySlice<UInt8>, from start: Int) -> Flaw? {
        if host.isEmpty { return Flaw(offset: host.startIndex - start, expected: "a host name after `*.`") }
        var labelStart = host.startIndex
        for index in host.startIndex...host.endIndex {
            let byte = index < host.endIndex ? host[index] : UInt8(ascii: ".")
            guard byte == UInt8(ascii: ".") else {
                if let expected = complaint(about: byte) { return Flaw(offset: index - start, expected: expected) }
                continue
            }
            let label = host[labelStart..<index]
            if let expected = complaint(about: label, isLast: index == host.endIndex) {
                // A last label that is empty is the fault of the dot before it.
                let isDot = label.isEmpty && index == host.endIndex
                return Flaw(offset: labelStart - start - (isDot ? 1 : 0), expected: expected)
            }
            labelStart = index + 1
        }
        return nil
    }

    private static func complaint(about byte: UInt8) -> String? {
        switch byte {
        case _ where byte.isAlphanumeric || byte == UInt8(ascii: "-"): nil
        case _ where byte.isBlank: "the end of the line: one host a line"
        case UInt8(ascii: ","), UInt8(ascii: ";"): "the end of the line: one host a line"
        case UInt8(ascii: "_"): "a letter, digit or hyphen: a host name holds no underscore"
        case UInt8(ascii: "*"): "`*` only once, as the whole first label"
        case 0x80...: "a name in A-labels (`xn--...`), not a U-label"
        default: "a letter, digit, hyphen or dot"
        }
    }

    private static func complaint(about label: ArraySlice<UInt8>, isLast: Bool) -> String? {
        if label.isEmpty { return isLast ? "no dot at the end" : "a label before the dot" }
        if label.count > 63 { return "a label of at most 63 bytes" }
        if label.first == UInt8(ascii: "-") { return "a label that begins with a letter or digit" }
        if label.last == UInt8(ascii: "-") { return "a label that ends with a letter or digit" }
        return nil
    }
}

extension MXPattern {
    /// Reads an mx value as senders that do not check it compare it; nil where it can match no MX host.
    ///
    /// They compare text: an underscore does no harm, a dot at the end or a blank inside never matches.
    static func readLoosely(_ value: ArraySlice<UInt8>) -> MXPattern? {
        let isWildcard = value.begins(with: "*.")
        let host = value.dropFirst(isWildcard ? 2 : 0)
        guard host.last != UInt8(ascii: "."), let name = DomainName(bytes: host) else { return nil }
        return MXPattern(name: name, isWildcard: isWildcard, text: String(decoding: value, as: UTF8.self))
    }
}
