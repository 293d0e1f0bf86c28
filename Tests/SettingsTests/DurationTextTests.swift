import Testing

@testable import Settings

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("30s", Duration.seconds(30)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)), ("7d", .seconds(604_800)),
        ("250ms", .milliseconds(250)), ("45", .seconds(45)), ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("0s", .zero),
    ])
    func reads(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
        #expect(DurationText.parse(DurationText.text(duration)) == duration)
    }

    @Test(arguments: [
        "", "s", "-5s", "+5s", "5 m", "1.5h", "5x", "5mm", "1m1h", "1m1m", "5M", "1h30", "99999d", "9999999999999",
        "999999999999", "5s ", "\u{0665}s",
    ])
    func refuses(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
