/// The reasons that libunbound logged for failed lookups, the last one of each question.
///
/// A line reads `[time] libunbound[pid:thread] error: SERVFAIL <name. TYPE IN>: reason`, the time in seconds since 1970.
struct FailureReasons {
    /// Questions kept; when there are more, the older half goes.
    private static let limit = 4096
    /// Bytes without a line end that are kept.
    private static let lineLimit = 65536
    /// Seconds for which a reason may explain a failure: libunbound caches one for five.
    private static let lifetime = 30

    private struct Entry {
        var reason: String
        var at: Int
        var serial: Int
    }

    private var unfinished: [UInt8] = []
    private var latest: [String: Entry] = [:]
    private var serial = 0

    /// The reason, when it is no older than half a minute at `now` (seconds since 1970).
    func reason(for question: Question, now: Int) -> String? {
        let name = question.name == "." ? "." : question.name + "."
        guard let entry = latest["\(name) \(question.type.mnemonic) IN"], entry.at >= now - Self.lifetime else {
            return nil
        }
        return entry.reason
    }

    /// Takes the next bytes of the log, which may end within a line.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        var lines = (unfinished + bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        unfinished = Array((lines.popLast() ?? []).prefix(Self.lineLimit))
        for line in lines { note(String(decoding: line, as: UTF8.self)) }
    }

    private mutating func note(_ line: String) {
        guard let start = line.firstRange(of: " SERVFAIL <")?.upperBound,
            let end = line[start...].firstRange(of: ">: "), let at = Int(line.dropFirst().prefix { $0 != "]" })
        else { return }
        let question = String(line[start..<end.lowerBound])
        let reason = String(line[end.upperBound...])
        // A failure is kept for five seconds in the cache and then told without its reason: the first one counts.
        if Self.isRepetition(reason), latest[question] != nil {
            latest[question]?.at = at
            return
        }
        serial += 1
        latest[question] = Entry(reason: reason, at: at, serial: serial)
        if latest.count > Self.limit { latest = latest.filter { $0.value.serial > serial - Self.limit / 2 } }
    }

    private static func isRepetition(_ reason: String) -> Bool {
        reason.hasPrefix("SERVFAIL in cache") || reason.hasPrefix("misc failure")
    }
}
