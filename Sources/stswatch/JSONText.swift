import Foundation
import Report

/// JSON as every command prints it.
enum JSONText {
    /// One object on one line, without a line end: keys in the order of the alphabet, slashes as they are.
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The same with a line end: a document.
    static func document(_ value: some Encodable) throws -> String { try line(value) + "\n" }
}

/// The document that `check --json` prints and the monitor exports.
struct ReportDocument: Encodable {
    let schema = 1
    let domains: [DomainReport]
}
