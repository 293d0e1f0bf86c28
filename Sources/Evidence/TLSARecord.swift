/// One TLSA record (RFC 6698 2.1): numbers as published, so that unusable ones are kept and told.
public struct TLSARecord: Hashable, Sendable, CustomStringConvertible {
    public let usage: Int
    public let selector: Int
    public let matchingType: Int
    public let data: [UInt8]

    public init(usage: Int, selector: Int, matchingType: Int, data: [UInt8]) {
        self.usage = usage
        self.selector = selector
        self.matchingType = matchingType
        self.data = data
    }

    /// True for what SMTP may use: usage 2 or 3, selector 0 or 1, matching type 0 to 2 with a digest of the right
    /// length (RFC 7672 3.1, RFC 7671 4).
    public var isUsable: Bool {
        guard (2...3).contains(usage), (0...1).contains(selector) else { return false }
        switch matchingType {
        case 0: return !data.isEmpty
        case 1: return data.count == 32
        case 2: return data.count == 64
        default: return false
        }
    }

    /// Presentation form: `3 1 1 0123...`, lower case hexadecimal.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(data.count * 2)
        for byte in data {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return "\(usage) \(selector) \(matchingType) " + String(decoding: hex, as: UTF8.self)
    }
}
