import FoundationEssentials

/// A date as the screens write it, always UTC; made without locales or time zone tables.
struct Moment: Hashable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    /// 0 for Monday.
    let weekday: Int
    let hour: Int
    let minute: Int
    let second: Int

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    init(_ date: Date) {
        let seconds = Moment.seconds(date)
        let days = Moment.floorDivide(seconds, 86_400)
        let rest = seconds - days * 86_400
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
        weekday = Moment.floorModulo(days + 3, 7)
        // Days since 1 March of year 0, in eras of 400 years: leap days then fall at the end of a year.
        let shifted = days + 719_468
        let era = Moment.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Whole seconds since 1970, bounded to years that can be written (a certificate may say year 9999, a test more).
    static func seconds(_ date: Date) -> Int {
        let value = date.timeIntervalSince1970
        guard value == value else { return 0 }
        return Int(min(max(value, -62_000_000_000), 253_402_300_799).rounded(.down))
    }

    /// `14:32Z`.
    var time: String { "\(two(hour)):\(two(minute))Z" }
    /// `14:32:07Z`.
    var clock: String { "\(two(hour)):\(two(minute)):\(two(second))Z" }
    /// `14:32:07`, for a narrow pane.
    var bareClock: String { "\(two(hour)):\(two(minute)):\(two(second))" }
    /// `20261124T143207Z`, for the name of a file.
    var compact: String { "\(year)\(two(month))\(two(day))T\(two(hour))\(two(minute))\(two(second))Z" }
    /// `Mon 24 Nov`.
    var weekdayAndDay: String { "\(Moment.days[weekday]) \(dayAndMonth)" }
    /// `Mon 24`.
    var weekdayAndDate: String { "\(Moment.days[weekday]) \(day)" }
    /// `24 Nov`.
    var dayAndMonth: String { "\(day < 10 ? " " : "")\(day) \(Moment.months[month - 1])" }
    /// `24 Nov 2026`.
    var full: String { "\(dayAndMonth) \(year)" }
    /// `24 Nov 12:40Z`.
    var dayAndTime: String { "\(dayAndMonth) \(time)" }

    /// `7 Jan 2027`, `7 Jan 12:40Z`: in a sentence a day needs no second place.
    var fullInWords: String { Moment.words(full) }
    var dayAndTimeInWords: String { Moment.words(dayAndTime) }
    static func words(_ text: String) -> String { String(text.drop { $0 == " " }) }

    /// A moment seen from `now`: the time where it is the same day, else day and time, with the year where it differs.
    func relative(to now: Moment) -> String {
        if (year, month, day) == (now.year, now.month, now.day) { return clock }
        return year == now.year ? "\(weekdayAndDay) \(time)" : "\(full) \(time)"
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func floorDivide(_ value: Int, _ by: Int) -> Int {
        value >= 0 ? value / by : -((-value + by - 1) / by)
    }

    private static func floorModulo(_ value: Int, _ by: Int) -> Int { value - floorDivide(value, by) * by }
}
