import Deliverability
import Foundation
import GRDB

/// How memories stand in the database: JSON of a version, and the moments beside it as eight bytes each.
enum MemoryCoding {
    /// The shape that is written; a greater one is of a newer program and is never read.
    static let version = 1

    static func encode(_ value: some Encodable) throws -> Data { try JSONEncoder().encode(value) }

    /// The memory as it was; keys that it lacks, because they came later, are as in `empty`.
    static func decode<Memory: SteadyMemory>(_ data: Data, moments: Data?, empty: Memory) throws -> Memory {
        var memory: Memory
        do {
            memory = try JSONDecoder().decode(Memory.self, from: data)
        } catch {
            guard let stored = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                let lacking = try JSONSerialization.jsonObject(with: encode(empty)) as? [String: Any]
            else { throw error }
            let whole = lacking.merging(stored) { _, kept in kept }
            memory = try JSONDecoder().decode(Memory.self, from: JSONSerialization.data(withJSONObject: whole))
        }
        if let moments { memory.moments = dates(moments) }
        return memory
    }

    /// Seconds since the reference date as they are, big-endian: nothing is rounded.
    static func data(_ moments: [Date]) -> Data {
        var data = Data(capacity: moments.count * 8)
        for moment in moments {
            withUnsafeBytes(of: moment.timeIntervalSinceReferenceDate.bitPattern.bigEndian) {
                data.append(contentsOf: $0)
            }
        }
        return data
    }

    static func dates(_ data: Data) -> [Date] {
        let bytes = [UInt8](data)
        return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { place in
            let pattern = bytes[place..<(place + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Date(timeIntervalSinceReferenceDate: Double(bitPattern: pattern))
        }
    }
}
