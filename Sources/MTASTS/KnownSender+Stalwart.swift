extension KnownSender {
    /// Stalwart takes all text up to the next colon as the key, so a line without one swallows the key after it; what
    /// it cannot read keeps its default; the version may be missing.
    static func readAsStalwart(_ bytes: [UInt8]) -> STSPolicy? {
        var mode = STSPolicy.Mode.none
        var maxAge = 86_400
        var hosts: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let key = rest[..<colon].trimmingWhiteSpace
            let after = rest[(colon + 1)...]
            let end = after.firstIndex(of: 0x0a) ?? after.endIndex
            let value = after[..<end].trimmingWhiteSpace
            rest = after[end...].dropFirst()
            switch key {
            case _ where key.spells("mx"): if !value.isEmpty { hosts.append(value) }
            case _ where key.spells("max_age"): maxAge = SenderNumber.plusAllowed.read(value) ?? maxAge
            case _ where key.spells("mode"):
                guard let known = STSPolicy.Mode(rawValue: String(decoding: value, as: UTF8.self)) else { return nil }
                mode = known
            case _ where key.spells("version"):
                guard value.map(\.lowercased).spells("stsv1") else { return nil }
            default: break
            }
        }
        guard !hosts.isEmpty else { return nil }
        return STSPolicy(
            mode: mode, maxAge: min(maxAge, STSPolicy.greatestMaxAge), mx: hosts.compactMap(MXPattern.readLoosely))
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks and line ends at both ends.
    fileprivate var trimmingWhiteSpace: ArraySlice<UInt8> {
        var slice = drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        while let last = slice.last, last == 0x20 || (0x09...0x0d).contains(last) { slice.removeLast() }
        return slice
    }
}
