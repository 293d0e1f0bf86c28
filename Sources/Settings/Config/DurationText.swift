/// Lengths of time as people write them: `30s`, `5m`, `1h30m`, `7d`, `250ms`; a bare number is seconds.
public enum DurationText {
    /// The units, greatest first; each may stand once, in this order.
    private static let units: [(name: String, milliseconds: Int)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads a length of time; nil for anything else, nothing, signs, fractions, or more than ten years.
    public static func parse(_ text: String) -> Duration? {
        let bytes = Array(text.utf8)
        if let seconds = number(bytes[...]) { return length(seconds, 1000).map { .milliseconds($0) } }
        var total = 0
        var rest = bytes[...]
        var allowed = units[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            let name = rest[digits.endIndex...].prefix { !(0x30...0x39).contains($0) }
            guard let count = number(digits),
                let index = allowed.firstIndex(where: { name.elementsEqual($0.name.utf8) }),
                let part = length(count, units[index].milliseconds)
            else { return nil }
            total += part
            allowed = allowed[(index + 1)...]
            rest = rest[name.endIndex...]
        }
        return total <= longest ? .milliseconds(total) : nil
    }

    /// The shortest text that `parse` reads as this length; below a millisecond is cut off.
    public static func text(_ duration: Duration) -> String {
        var rest = duration.milliseconds
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text.isEmpty ? "0s" : text
    }

    private static let longest = 10 * 366 * 86_400_000

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...12).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func length(_ count: Int, _ milliseconds: Int) -> Int? {
        let (product, overflow) = count.multipliedReportingOverflow(by: milliseconds)
        return overflow || product > longest ? nil : product
    }
}

extension Duration {
    /// Whole milliseconds.
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
