/// A question as a resolver sends it (RFC 1035 4.1, RFC 6891).
struct DNSQuery: Sendable {
    let id: [UInt8]
    /// RD and CD, which an answer repeats.
    let flags: (UInt8, UInt8)
    /// The question section as it came: resolvers look for their own spelling.
    let question: [UInt8]
    /// As `DNSWire.key` gives it.
    let name: String
    let type: UInt16
    /// Bytes that an answer over UDP may have.
    let room: Int
    let wantsSignatures: Bool
    let hasOptions: Bool

    /// Nil for what is no question.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 17, bytes[2] & 0xf8 == 0, bytes[4] == 0, bytes[5] == 1 else { return nil }
        var index = 12
        var labels: [String] = []
        while index < bytes.count, bytes[index] != 0 {
            let length = Int(bytes[index])
            guard length < 64, index + 1 + length < bytes.count else { return nil }
            labels.append(String(decoding: bytes[(index + 1)...(index + length)], as: UTF8.self))
            index += 1 + length
        }
        index += 1
        guard index + 4 <= bytes.count else { return nil }
        id = Array(bytes[0..<2])
        flags = (bytes[2] & 1, bytes[3] & 0x10)
        question = Array(bytes[12..<(index + 4)])
        name = DNSWire.key(labels.joined(separator: "."))
        type = UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        index += 4
        // The options stand first behind the question: resolvers send nothing else.
        if index + 11 <= bytes.count, bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 41 {
            hasOptions = true
            room = max(512, Int(bytes[index + 3]) << 8 | Int(bytes[index + 4]))
            wantsSignatures = bytes[index + 7] & 0x80 != 0
        } else {
            (hasOptions, room, wantsSignatures) = (false, 512, false)
        }
    }
}
