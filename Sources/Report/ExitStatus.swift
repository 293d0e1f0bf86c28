public import Deliverability

/// The exit status of `check` and `trace`: the monitoring plugins' numbers.
public enum ExitStatus {
    /// The worst over all domains, in the order bouncing (2), risk or warning (1), unknown (3), the rest (0).
    public static func worst(_ states: some Sequence<DomainState>) -> Int32 {
        let states = Set(states)
        if states.contains(.bouncing) { return 2 }
        if states.contains(.risk) || states.contains(.warning) { return 1 }
        return states.contains(.unknown) ? 3 : 0
    }

    /// The worst over the senders of `trace`: refused (2), partial (1), unknown (3), the rest (0).
    public static func worst(of deliveries: some Sequence<Delivery>) -> Int32 {
        let deliveries = Set(deliveries)
        if deliveries.contains(.refused) { return 2 }
        if deliveries.contains(.partial) { return 1 }
        return deliveries.contains(.unknown) ? 3 : 0
    }
}
