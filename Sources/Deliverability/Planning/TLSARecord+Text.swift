public import Evidence

extension TLSARecord {
    /// Reads the presentation form, such as `3 1 1` and hexadecimal data (RFC 6698 2.2); nil for anything else.
    ///
    /// Zone files break long data into several words.
    public init?(text: String) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        let numbers = fields.prefix(3).filter { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }.compactMap {
            UInt8($0)
        }
        let digits = Array(fields.dropFirst(3).joined())
        guard numbers.count == 3, !digits.isEmpty, digits.count.isMultiple(of: 2),
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        let data = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        self.init(
            usage: Int(numbers[0]), selector: Int(numbers[1]), matchingType: Int(numbers[2]), data: data)
    }
}
