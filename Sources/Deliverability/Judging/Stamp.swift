public import FoundationEssentials

/// Times and spans as every front end writes them.
public enum Stamp {
    /// RFC 3339 UTC to the second: `2026-11-24T12:00:00Z`.
    public static func text(_ moment: Date) -> String {
        let clamped = min(max(moment.timeIntervalSince1970, -62_135_596_800), 253_402_300_799)
        return Date(timeIntervalSince1970: clamped.rounded(.down)).formatted(.iso8601)
    }

    /// A day such as `2026-11-24`, which is its first second in UTC, or RFC 3339; nil for anything else.
    public static func moment(_ text: String) -> Date? {
        try? Date(text.utf8.count == 10 ? text + "T00:00:00Z" : text, strategy: .iso8601)
    }

    /// A moment as people write it, never earlier than it is: `3 December 2026 14:00 UTC`.
    public static func spoken(_ moment: Date) -> String {
        let minutes = (moment.timeIntervalSince1970 / 60).rounded(.up)
        let text = Array(text(Date(timeIntervalSince1970: minutes * 60)))
        // The text is `YYYY-MM-DDThh:mm:ssZ`.
        guard text.count == 20, let month = Int(String(text[5...6])), let day = Int(String(text[8...9])),
            months.indices.contains(month - 1)
        else { return String(text) }
        return "\(day) \(months[month - 1]) \(String(text[0...3])) \(String(text[11...15])) UTC"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// A span in one unit, for columns: `45s`, `12m`, `7h`, `61d`; negative for the past.
    public static func short(_ seconds: TimeInterval) -> String {
        let sign = seconds < 0 ? "-" : ""
        let whole = Int(min(abs(seconds), 1e12))
        switch whole {
        case ..<100: return "\(sign)\(whole)s"
        case ..<6_000: return "\(sign)\(whole / 60)m"
        case ..<172_800: return "\(sign)\(whole / 3_600)h"
        default: return "\(sign)\(whole / 86_400)d"
        }
    }

    /// A span in up to two units, for sentences: `4d 3h`, `1h 51m`, `45s`.
    public static func long(_ seconds: TimeInterval) -> String {
        let whole = Int(min(abs(seconds), 1e12))
        let (days, hours, minutes) = (whole / 86_400, whole % 86_400 / 3_600, whole % 3_600 / 60)
        if days >= 10 { return "\(days)d" }
        if days > 0 { return hours > 0 ? "\(days)d \(hours)h" : "\(days)d" }
        if hours > 0 { return minutes > 0 ? "\(hours)h \(minutes)m" : "\(hours)h" }
        if minutes > 0 { return "\(minutes)m" }
        return "\(whole)s"
    }
}
