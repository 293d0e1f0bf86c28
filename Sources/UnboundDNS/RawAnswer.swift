import CUnbound

/// What libunbound gave for one question, copied out of its memory.
struct RawAnswer: Hashable, Sendable {
    /// More records than any caller accepts; what is beyond is not copied.
    static let recordLimit = 1000

    /// The response code, 2 for every kind of failure (libunbound does not tell them apart).
    var rcode: Int
    /// The rdata of each record of the type asked for, names expanded.
    var records: [[UInt8]]
    /// The answer as a DNS message; only a header when the lookup failed.
    var packet: [UInt8]
    /// True for validated data and for a validated denial.
    var isSecure: Bool
    /// The validator's reason when validation failed.
    var bogus: String?

    init(rcode: Int, records: [[UInt8]] = [], packet: [UInt8] = [], isSecure: Bool = false, bogus: String? = nil) {
        self.rcode = rcode
        self.records = records
        self.packet = packet
        self.isSecure = isSecure
        self.bogus = bogus
    }

    init(copying result: ub_result) {
        rcode = Int(result.rcode)
        isSecure = result.secure != 0
        if result.bogus != 0 {
            bogus = result.why_bogus.map { String(cString: $0) } ?? "validation failure"
        }
        packet = []
        if let bytes = result.answer_packet, result.answer_len > 0 {
            packet = Array(UnsafeRawBufferPointer(start: bytes, count: Int(result.answer_len)))
        }
        records = []
        guard result.havedata != 0, let data = result.data, let lengths = result.len else { return }
        var index = 0
        while index < Self.recordLimit, let record = data[index] {
            records.append(Array(UnsafeRawBufferPointer(start: record, count: max(0, Int(lengths[index])))))
            index += 1
        }
    }
}

/// How one question to a context ended.
enum LookupEvent: Sendable {
    case answer(RawAnswer)
    /// Our own deadline passed.
    case deadline
    /// The task was cancelled.
    case cancelled
    /// libunbound refused or broke; the text says how.
    case library(String)

    /// True for an answer that the validator vouches for.
    var isSecure: Bool {
        if case .answer(let raw) = self { return raw.isSecure }
        return false
    }

    /// True where somebody said what there is, or that there is nothing.
    var isTold: Bool {
        guard case .answer(let raw) = self else { return false }
        return raw.bogus == nil && (raw.rcode == 0 || raw.rcode == 3)
    }
}
