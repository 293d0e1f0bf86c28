import FoundationEssentials

/// Raw bytes as they are stored: base64 where the format has no bytes of its own, not one number a byte.
package struct RawBytes: Hashable, Sendable, Codable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes an array of numbers, too.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let data = try? container.decode(Data.self) {
            bytes = Array(data)
        } else {
            bytes = try container.decode([UInt8].self)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}
