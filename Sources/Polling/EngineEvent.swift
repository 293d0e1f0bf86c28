public import Deliverability

/// What the engine tells a front end.
public enum EngineEvent: Sendable {
    /// New verdicts, in no order; a domain that is not named has not changed.
    case assessed([DomainStatus])
    /// Transitions, already in the history.
    case changed([Change])
    /// Of those, the ones that are to be told aloud: new, outside of maintenance, and not one of many in a row.
    case rings([Change])
    /// How many of the watched domains have a verdict, and how many looks a second are finished.
    case progress(done: Int, total: Int, perSecond: Double)
    case network(NetworkCondition)
    case resolver(ResolverHealth)
}
