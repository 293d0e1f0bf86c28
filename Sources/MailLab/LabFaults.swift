import Synchronization

/// A fault for each connection of a server, drawn from one seed, and the count of those that took hold.
public final class LabFaults: Sendable {
    private struct State {
        var dice: LabDice
        var applied: [LabFault.Kind: Int] = [:]
    }

    private let state: Mutex<State>

    public init(seed: UInt64) {
        state = Mutex(State(dice: LabDice(seed: seed)))
    }

    /// How many faults of each kind have spoiled something; a fault that lies behind all that was sent has not.
    public var applied: [LabFault.Kind: Int] { state.withLock { $0.applied } }

    /// How many faults have spoiled something.
    public var count: Int { state.withLock { $0.applied.values.reduce(0, +) } }

    /// The next message spoiled; nil where nothing of it comes.
    func spoil(_ message: [UInt8]) -> [UInt8]? {
        state.withLock { state in
            let fault = LabFault(using: &state.dice)
            guard fault.offset < message.count else { return message }
            state.applied[fault.kind, default: 0] += 1
            return fault.kind == .mute ? nil : fault.applied(to: message, at: 0)
        }
    }

    /// What spoils the next connection.
    func next() -> LabFaultHandler {
        let fault = state.withLock { LabFault(using: &$0.dice) }
        return LabFaultHandler(fault) { [weak self] in
            self?.state.withLock { $0.applied[fault.kind, default: 0] += 1 }
        }
    }
}
