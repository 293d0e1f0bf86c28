import FoundationEssentials
import MTASTS

/// What one run of `lint` found.
struct LintOutput: Encodable {
    var policy: PolicyLintReport?
    var record: RecordLintReport?
    /// What the policy was read from, for a person.
    var name = ""
    var source: [UInt8] = []

    var isValid: Bool { policy?.isValid ?? true && record?.isValid ?? true }

    func text() -> String {
        [policy?.text(name: name, source: source), record?.text].compactMap { $0 }.joined(separator: "\n")
    }

    /// One document with a line end.
    func json() throws -> String { try JSONText.document(self) }

    private enum CodingKeys: String, CodingKey { case record }

    /// The policy's report, with the record's in it under `record`; without a policy the record's report alone.
    func encode(to encoder: any Encoder) throws {
        guard let policy else {
            try record?.encode(to: encoder)
            return
        }
        try policy.encode(to: encoder)
        guard let record else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(record, forKey: .record)
    }
}
