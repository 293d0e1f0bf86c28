public import Deliverability

/// The exit status of `check`: the monitoring plugins' numbers.
public enum ExitStatus {
    /// The worst over all domains, in the order bouncing (2), risk or warning (1), unknown (3), the rest (0).
    public static func worst(_ states: some Sequence<DomainState>) -> Int32 {
        let states = Set(states)
        if states.contains(.bouncing) { return 2 }
        if states.contains(.risk) || states.contains(.warning) { return 1 }
        return states.contains(.unknown) ? 3 : 0
    }
}
