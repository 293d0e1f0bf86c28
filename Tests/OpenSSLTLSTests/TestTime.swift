import FoundationEssentials

enum TestTime {
    /// A whole second far from today, so that nothing depends on the clock.
    static let start = Date(timeIntervalSince1970: 2_000_000_000)

    static func day(_ days: Double) -> Date { start.addingTimeInterval(days * 86_400) }
}
