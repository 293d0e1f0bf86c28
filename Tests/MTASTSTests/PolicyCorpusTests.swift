import FoundationEssentials
import Testing

@testable import MTASTS

/// Real policy files with their verdicts, in a folder named by STSWATCH_CORPUS.
///
/// The folder holds `index.tsv` (file, verdict, mode, max_age, mx) and the files. Where the variable is not set there
/// is nothing to run; where it is set, a missing file is a failure.
@Suite struct PolicyCorpusTests {
    static let folder = ProcessInfo.processInfo.environment["STSWATCH_CORPUS"]

    @Test(.enabled(if: folder != nil, "STSWATCH_CORPUS names no folder"))
    func everyFileReadsAsTheIndexSays() throws {
        let folder = URL(filePath: try #require(Self.folder))
        let index = try Data(contentsOf: folder.appending(path: "index.tsv"))
        let rows = index.split(separator: 0x0a).dropFirst().map { row in
            row.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
        try #require(rows.count >= 100)
        for row in rows {
            try #require(row.count >= 5)
            let bytes = Array(try Data(contentsOf: folder.appending(path: row[0])))
            let report = PolicyLint.lint(bytes)
            #expect((report.isValid ? "valid" : "invalid") == row[1], "\(row[0]) verdict")
            #expect(report.mode ?? "-" == row[2], "\(row[0]) mode")
            #expect(Self.text(report.maxAge) == row[3], "\(row[0]) max_age")
            #expect((report.mx.isEmpty ? "-" : report.mx.joined(separator: " | ")) == row[4], "\(row[0]) mx")
            #expect(report.isValid == report.errors.isEmpty, "\(row[0]) errors")
        }
    }

    private static func text(_ age: PolicyLintReport.MaxAge?) -> String {
        switch age {
        case .seconds(let seconds): "\(seconds)"
        case .text(let text): text
        case nil: "-"
        }
    }
}
