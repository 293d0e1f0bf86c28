/// What happens in a lab while one watches, and when; it begins again at its end.
public struct IncidentSchedule: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        /// Seconds from the beginning of a round.
        public let second: Int
        public let command: LabCommand

        public init(_ second: Int, _ command: LabCommand) {
            self.second = second
            self.command = command
        }
    }

    /// In order of time.
    public let steps: [Step]
    /// Seconds of a round, at least 1 and no less than the last step.
    public let period: Int

    public init(_ steps: [Step], period: Int) {
        self.steps = steps.enumerated().sorted { ($0.element.second, $0.offset) < ($1.element.second, $1.offset) }
            .map(\.element)
        self.period = max(1, period, self.steps.last?.second ?? 0)
    }

    /// For `LabWorld.demo`; every round leaves the lab as it found it, but for a new policy id.
    public static let demo = IncidentSchedule(
        [
            Step(15, .apply(.stripSTARTTLS, "mx.relay-house.example")),
            Step(40, .apply(.unlistedMX, "wren-post.example")),
            Step(60, .repair(.stripSTARTTLS, "mx.relay-house.example")),
            Step(75, .apply(.wrongCertificate, "mx1.harbour-bank.example")),
            Step(95, .apply(.brokenPolicy, "xn--mnchen-3ya.example")),
            Step(110, .repair(.unlistedMX, "wren-post.example")),
            Step(125, .repair(.wrongCertificate, "mx1.harbour-bank.example")),
            Step(140, .apply(.silentEdit, "harbour-bank.example")),
            Step(155, .repair(.brokenPolicy, "xn--mnchen-3ya.example")),
            Step(170, .apply(.hostDown, "mx1.no-report.example")),
            Step(190, .repair(.silentEdit, "harbour-bank.example")),
            Step(205, .repair(.hostDown, "mx1.no-report.example")),
            Step(215, .apply(.keyChanged, "anchor-bank.example")),
            Step(240, .repair(.keyChanged, "anchor-bank.example")),
        ], period: 260)
}
