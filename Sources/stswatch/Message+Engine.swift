import Dashboard
import Polling

extension Message {
    /// The engine's event as the dashboard's messages: small ones, since a key waits for the one under way.
    static func messages(_ event: EngineEvent) -> [Message] {
        switch event {
        case .assessed(let statuses):
            stride(from: 0, to: statuses.count, by: 32).map { start in
                .assessed(Array(statuses[start..<min(start + 32, statuses.count)]))
            }
        case .changed(let changes): [.changed(changes)]
        case .rings(let changes): [.rings(changes)]
        case .progress(let done, let total, let perSecond): [.progress(done: done, total: total, perSecond: perSecond)]
        case .network(let condition): [.network(condition)]
        case .resolver(.validating): [.resolver(nil)]
        case .resolver(.unvalidated(let words)), .resolver(.dead(let words)): [.resolver(words)]
        }
    }
}
