import Deliverability
import FoundationEssentials
import MTASTS
import Polling

extension WatchOptions {
    /// Takes one `key=value` of a list's line; returns what is wrong with it, or nil.
    mutating func read(_ key: String, _ value: String) -> String? {
        switch key {
        case "interval":
            guard let duration = DurationText.parse(value), duration >= .seconds(1) else {
                return "interval= takes a duration of at least 1s, such as 30s or 5m"
            }
            interval = Double(duration.components.seconds)
        case "expect":
            guard let mode = STSPolicy.Mode(rawValue: value), mode != .none else {
                return "expect= takes enforce or testing"
            }
            expects = mode
        case "mute":
            guard let window = Self.window(value) else {
                return "mute= takes a start in UTC and a duration, such as 2026-12-01T02:00Z/4h"
            }
            guard mutes.count < Self.mostMutes else { return "more than \(Self.mostMutes) mute= in one line" }
            mutes.append(window)
        default: return "an unknown option: interval=, expect= and mute= are known"
        }
        return nil
    }

    private static let mostMutes = 20

    /// `2026-12-01T02:00Z/4h`, with or without seconds.
    private static func window(_ text: String) -> MaintenanceWindow? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasSuffix("Z"), let length = DurationText.parse(String(parts[1])),
            length > .zero
        else { return nil }
        let clock = parts[0].dropLast()
        let isShort = clock.utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1
        guard let start = try? Date(clock + (isShort ? ":00Z" : "Z"), strategy: .iso8601) else { return nil }
        return MaintenanceWindow(start: start, end: start.addingTimeInterval(Double(length.components.seconds)))
    }
}
