import MTASTS

/// A domain name in wire form (RFC 1035 3.1): labels with their lengths, lower case, without compression.
struct WireName: Hashable {
    let bytes: [UInt8]

    var isRoot: Bool { bytes == [0] }

    /// The name as text; nil for the root and for a name with bytes that no mail host may have.
    var domainName: DomainName? {
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count, bytes[index] != 0 {
            let label = bytes[(index + 1)...].prefix(Int(bytes[index]))
            // A dot within a label would look like two labels.
            guard !label.contains(UInt8(ascii: ".")) else { return nil }
            text += label
            text.append(UInt8(ascii: "."))
            index += 1 + label.count
        }
        return DomainName(bytes: text)
    }
}

extension WireName {
    /// Reads a name at `index` of a message, and moves `index` behind it. Pointers may only go backwards, so that no
    /// chain of them is endless. Nil when the name breaks a rule or runs past the end.
    init?(_ message: [UInt8], at index: inout Int) {
        var name: [UInt8] = []
        var position = index
        var isBehindPointer = false
        var lowestPointer = index
        while true {
            guard position < message.count else { return nil }
            let length = Int(message[position])
            switch length {
            case 0:
                name.append(0)
                if !isBehindPointer { index = position + 1 }
                bytes = name
                return
            case 1...63:
                guard position + length < message.count, name.count + length + 2 <= 255 else { return nil }
                name.append(UInt8(length))
                name += message[(position + 1)...].prefix(length).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
                position += 1 + length
            case 0xc0...:
                guard position + 1 < message.count else { return nil }
                let target = (length & 0x3f) << 8 | Int(message[position + 1])
                guard target < lowestPointer else { return nil }
                if !isBehindPointer { index = position + 2 }
                isBehindPointer = true
                lowestPointer = target
                position = target
            default:
                return nil
            }
        }
    }
}
