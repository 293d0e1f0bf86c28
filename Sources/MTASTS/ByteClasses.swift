extension UInt8 {
    /// Space or tab (RFC 5234 B.1 WSP).
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    /// ASCII letters and digits only.
    var isAlphanumeric: Bool {
        isDigit || isUppercase || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
    }

    /// A byte of a field name after the first (RFC 8461 3.1 sts-ext-name, 3.2 sts-policy-ext-name).
    var isNameByte: Bool {
        isAlphanumeric || self == UInt8(ascii: "_") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
    }

    /// The lower-case form of an ASCII letter; any other byte as it is.
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}

extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
    /// Without blanks at the end.
    var droppingTrailingBlanks: ArraySlice<UInt8> {
        var slice = self[startIndex..<endIndex]
        while let last = slice.last, last.isBlank { slice.removeLast() }
        return slice
    }

    /// Without blanks at both ends.
    var trimmingBlanks: ArraySlice<UInt8> { droppingTrailingBlanks.drop { $0.isBlank } }

    /// True when the bytes are exactly this ASCII text.
    func spells(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { self.elementsEqual($0) }
    }

    /// True when the bytes begin with this ASCII text.
    func begins(with text: StaticString) -> Bool {
        text.withUTF8Buffer { self.starts(with: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// Offset from the slice's start of the first byte that is no UTF-8 (RFC 3629 4) or a control; nil when clean.
    var firstUnprintable: Int? {
        var index = startIndex
        while index < endIndex {
            let length = wellFormedLength(at: index)
            if length == 0 || self[index] < 0x20 || self[index] == 0x7f { return index - startIndex }
            // U+0080 to U+009F: the C1 controls.
            if self[index] == 0xc2, self[index + 1] < 0xa0 { return index - startIndex }
            index += length
        }
        return nil
    }

    private func wellFormedLength(at index: Int) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch self[index] {
        case 0x00...0x7f: return 1
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: return 0
        }
        guard index + length <= endIndex, second.contains(self[index + 1]) else { return 0 }
        for offset in 2..<Swift.max(2, length) where self[index + offset] & 0xc0 != 0x80 { return 0 }
        return length
    }
}
