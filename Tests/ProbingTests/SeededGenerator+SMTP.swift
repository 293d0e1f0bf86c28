import TestSupport

extension SeededGenerator {
    mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// Bytes that look like SMTP often enough to reach deep states.
    mutating func smtpLike(count: Int) -> [UInt8] {
        let pieces = [
            "220 ", "250-", "250 ", "STARTTLS", "\r\n", "\n", "\r", "454 no", "500 what\r\n", "*", "XXXXXXXA",
            "\u{16}\u{3}",
            "221 bye\r\n", "250-STARTTLS\r\n250 ok\r\n", "220 go\r\n", "\0", "9", " ", "-",
        ]
        var bytes: [UInt8] = []
        while bytes.count < count {
            if Int.random(in: 0..<8, using: &self) == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &self))
            } else if let piece = pieces.randomElement(using: &self) {
                bytes += Array(piece.utf8)
            }
        }
        return bytes
    }
}
