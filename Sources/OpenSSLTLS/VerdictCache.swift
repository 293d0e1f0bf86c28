import Synchronization

/// A bounded memory of results that keeps those used last; safe from any thread.
final class VerdictCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        var lastUse: UInt64
    }

    private struct Shelf {
        var entries: [Key: Entry] = [:]
        var uses: UInt64 = 0

        mutating func use(_ key: Key) -> Value? {
            uses += 1
            entries[key]?.lastUse = uses
            return entries[key]?.value
        }

        mutating func keep(_ value: Value, for key: Key, capacity: Int) {
            uses += 1
            entries[key] = Entry(value: value, lastUse: uses)
            guard entries.count > capacity else { return }
            let threshold = entries.values.map(\.lastUse).sorted()[entries.count / 2]
            entries = entries.filter { $0.value.lastUse >= threshold }
        }
    }

    private let shelf = Mutex(Shelf())
    private let capacity: Int

    /// - Parameter capacity: entries at most; when they are passed, the older half goes at once.
    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { shelf.withLock { $0.entries.count } }

    /// The value kept for `key`, else what `compute` makes of it, outside of the lock: two threads may both compute.
    func value(for key: Key, _ compute: () -> Value) -> Value {
        if let known = shelf.withLock({ $0.use(key) }) { return known }
        let value = compute()
        shelf.withLock { $0.keep(value, for: key, capacity: capacity) }
        return value
    }
}
