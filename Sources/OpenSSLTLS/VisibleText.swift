/// Bytes of a peer as text that a terminal shows and does not act on.
enum VisibleText {
    /// Printable ASCII as it is, every other byte as `\xNN`.
    static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if (0x20..<0x7F).contains(byte) {
                text.append(byte)
            } else {
                text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "x")])
                text.append(contentsOf: [digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
