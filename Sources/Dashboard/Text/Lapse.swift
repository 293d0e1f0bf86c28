import FoundationEssentials

/// A stretch of time in few characters. Coarse on purpose: what is on screen changes seldom.
enum Lapse {
    /// How old something is: `<1m`, `4m`, `3h`, `12d`, `2y`; at most 4 characters.
    static func age(since date: Date, now: Date) -> String {
        let seconds = difference(from: date, to: now)
        switch seconds {
        case ..<60: return "<1m"
        case ..<3_600: return "\(seconds / 60)m"
        case ..<172_800: return "\(seconds / 3_600)h"
        case ..<86_400_000: return "\(seconds / 86_400)d"
        default: return "\(min(99, seconds / 31_557_600))y"
        }
    }

    /// The same of what may be older than that: `>0m`, `>212d`; at most 5 characters.
    static func age(since date: Date, isOlder: Bool, now: Date) -> String {
        let age = age(since: date, now: now)
        return isOlder ? ">" + (age == "<1m" ? "0m" : age) : age
    }

    /// What is left until a date, negative once it has passed: `61d`, `36h`, `12m`, `-2h`; at most 5 characters.
    static func left(until date: Date, now: Date) -> String {
        let seconds = difference(from: now, to: date)
        guard seconds >= 0 else { return "-" + magnitude(max(60, -seconds)) }
        return magnitude(seconds)
    }

    /// Time to bounce: `now`, `4d 3h`, `5h 20m`, `20m`; at most 7 characters.
    static func countdown(to date: Date, now: Date) -> String {
        let seconds = difference(from: now, to: date)
        switch seconds {
        case ...0: return "now"
        case ..<60: return "<1m"
        case ..<3_600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3_600)h \(seconds / 60 % 60)m"
        case ..<8_640_000: return "\(seconds / 86_400)d \(seconds / 3_600 % 24)h"
        default: return magnitude(seconds)
        }
    }

    /// How long something has lasted: `<1m`, `22m`, `1h51m`, `3d4h`, `212d`.
    static func duration(from date: Date, to now: Date) -> String {
        let seconds = difference(from: date, to: now)
        switch seconds {
        case ..<60: return "<1m"
        case ..<3_600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3_600)h\(seconds / 60 % 60)m"
        case ..<864_000: return "\(seconds / 86_400)d\(seconds / 3_600 % 24)h"
        default: return magnitude(seconds)
        }
    }

    /// How long something took or is late, to the second while it is short: `45s`, `22m`, `1h51m`.
    static func exact(from date: Date, to now: Date) -> String {
        let seconds = difference(from: date, to: now)
        return seconds < 60 ? "\(max(0, seconds))s" : duration(from: date, to: now)
    }

    /// A number of seconds in its largest whole unit, as max_age is told: `7d`, `36h`, `30m`, `45s`.
    static func whole(seconds: Int) -> String {
        switch seconds {
        case ..<0: "?"
        case ..<60: "\(seconds)s"
        case ..<3_600: "\(seconds / 60)m"
        case ..<86_400: "\(seconds / 3_600)h"
        default: "\(min(99_999, seconds / 86_400))d"
        }
    }

    /// A number of seconds as a rhythm is told: in seconds up to two minutes: `60s`, `90s`, `5m`.
    static func compact(seconds: Int) -> String { seconds < 120 ? "\(max(0, seconds))s" : whole(seconds: seconds) }

    /// Whole seconds between two dates, rounded down, bounded by what dates can be written.
    static func difference(from early: Date, to late: Date) -> Int { Moment.seconds(late) - Moment.seconds(early) }

    private static func magnitude(_ seconds: Int) -> String {
        switch seconds {
        case ..<3_600: "\(seconds / 60)m"
        case ..<172_800: "\(seconds / 3_600)h"
        case ..<86_400_000: "\(seconds / 86_400)d"
        default: "\(min(99, seconds / 31_557_600))y"
        }
    }
}
