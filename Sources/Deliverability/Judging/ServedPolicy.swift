import Evidence
import FoundationEssentials
import MTASTS

/// One text that senders get for the policy, and what they make of it: which one depends on the address of the policy
/// host that they meet (RFC 8461 3.3).
struct ServedPolicy {
    /// The first address that serves it.
    let address: IPAddress?
    let body: [UInt8]
    let reading: PolicyReading

    /// Each text that is a policy to somebody, once: that of the fetch itself first, then those of the other addresses
    /// that answer. An error, or what nobody takes for a policy, is none.
    ///
    /// - Parameter own: the reading of the fetch itself.
    static func all(
        _ fetch: PolicyFetch?, own: PolicyReading?, record: RecordReading?, at moment: Date
    ) -> [ServedPolicy] {
        guard let fetch, let own else { return [] }
        var all: [ServedPolicy] = []
        func add(_ answer: PolicyFetch, _ reading: PolicyReading?) {
            guard let body = answer.body, let reading, reading.policy != nil || !reading.readers.isEmpty else { return }
            if reading.policy == nil, all.contains(where: { $0.body == body }) { return }
            all.removeAll { $0.body == body }
            all.append(ServedPolicy(address: answer.address, body: body, reading: reading))
        }
        add(fetch, own)
        for edge in fetch.answeringEdges {
            if let body = edge.body, all.contains(where: { $0.body == body && $0.reading.policy != nil }) { continue }
            add(edge, PolicyReading(edge, record: record, at: moment))
        }
        return all
    }
}
