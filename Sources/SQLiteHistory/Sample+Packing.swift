import Deliverability
import FoundationEssentials

extension Sample {
    /// Days since 1970.
    var dayNumber: Int { Int(start.unix) / Sample.day }

    /// Twelve bytes: the hour or 24 for the whole day; looks, bounced and blind in two each; the state's place; the
    /// days left plus 20,000; milliseconds; 0xffff for none.
    private var packed: [UInt8] {
        func two(_ value: Int) -> [UInt8] {
            let clamped = UInt16(clamping: value)
            return [UInt8(clamped >> 8), UInt8(clamped & 0xff)]
        }
        let hour = seconds == Sample.day ? 24 : UInt8(Int(start.unix) % Sample.day / Sample.hour)
        let place = UInt8(DomainState.allCases.firstIndex(of: worst) ?? 3)
        return [hour] + two(looks) + two(bounced) + two(blind) + [place]
            + two(certificateDays.map { $0 + 20_000 } ?? 0xffff) + two(milliseconds ?? 0xffff)
    }

    static func pack(_ samples: [Sample]) -> [UInt8] { samples.flatMap(\.packed) }

    /// The samples of a day, in order; bytes that are none are left out.
    static func unpack(_ bytes: [UInt8], day: Int) -> [Sample] {
        let midnight = Double(day * Sample.day)
        return stride(from: 0, to: bytes.count - bytes.count % 12, by: 12).compactMap { place in
            let slice = bytes[place..<(place + 12)]
            guard bytes[place] <= 24 else { return nil }
            let isDay = bytes[place] == 24
            return Sample(
                start: Date(unix: isDay ? midnight : midnight + Double(Int(bytes[place]) * Sample.hour)),
                seconds: isDay ? Sample.day : Sample.hour, bytes: slice)
        }
    }

    /// The whole day in one.
    static func rolledUp(_ samples: [Sample]) -> [Sample] {
        guard let first = samples.first else { return [] }
        return [samples.dropFirst().reduce(first) { $0.adding($1) }.ofDay]
    }

    private init(start: Date, seconds: Int, bytes: ArraySlice<UInt8>) {
        func number(_ at: Int) -> Int { Int(bytes[bytes.startIndex + at]) << 8 | Int(bytes[bytes.startIndex + at + 1]) }
        let place = Int(bytes[bytes.startIndex + 7])
        let (days, time) = (number(8), number(10))
        self.init(
            start: start, seconds: seconds, looks: number(1), bounced: number(3), blind: number(5),
            worst: DomainState.allCases.indices.contains(place) ? DomainState.allCases[place] : .unknown,
            certificateDays: days == 0xffff ? nil : days - 20_000, milliseconds: time == 0xffff ? nil : time)
    }
}

extension Date {
    /// Seconds since 1970, UTC: what the database holds.
    var unix: Double { timeIntervalSince1970 }

    init(unix: Double) { self.init(timeIntervalSince1970: unix) }
}
