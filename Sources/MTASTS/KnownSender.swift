/// The senders whose policy parser is known from its source.
enum KnownSender: String, CaseIterable {
    case mox
    case postfixResolver = "postfix-mta-sts-resolver"
    case tlspol = "postfix-tlspol"
    case chasquid
    case goMTASTS = "go-mtasts (maddy)"
    case kumoMTA = "KumoMTA"
    case stalwart = "Stalwart"
    case mailauth = "mailauth (ZoneMTA)"

    /// How every known sender reads the file; empty where all agree with the letter of the RFC.
    static func disagreements(over bytes: [UInt8], strict: PolicyReader) -> [ParserDisagreement] {
        // No sender reads that much: the fetch is given up before there is anything to parse.
        if bytes.count > STSPolicyParser.greatestSize { return [] }
        let expected = strict.policy.map(Essence.init)
        let readings = allCases.map { sender in
            let reading = sender.read(bytes, strict: strict)
            return ParserDisagreement(
                sender: sender.rawValue, accepts: reading != nil, reading: reading,
                differs: reading.map(Essence.init) != expected)
        }
        return readings.contains { $0.differs } ? readings : []
    }

    private func read(_ bytes: [UInt8], strict: PolicyReader) -> STSPolicy? {
        if let dialect { return dialect.read(bytes) }
        return self == .mox ? Self.readAsMox(strict) : Self.readAsStalwart(bytes)
    }

    /// mox parses by the ABNF, but takes max_age up to 2^31 - 1.
    private static func readAsMox(_ strict: PolicyReader) -> STSPolicy? {
        if let policy = strict.policy { return policy }
        guard strict.errors.count == 1, let excessive = strict.excessiveMaxAge, excessive <= Int(Int32.max) else {
            return nil
        }
        return strict.policyWithCappedMaxAge
    }

    /// What makes two readings the same: names without case, order and repetition do not count.
    private struct Essence: Equatable {
        let mode: STSPolicy.Mode
        let maxAge: Int
        let mx: Set<String>

        init(_ policy: STSPolicy) {
            mode = policy.mode
            maxAge = policy.maxAge
            // In mode none nobody looks at the patterns.
            mx =
                policy.mode == .none
                ? [] : Set(policy.mx.map { ($0.isWildcard ? "*." : "") + $0.name.text })
        }
    }
}
