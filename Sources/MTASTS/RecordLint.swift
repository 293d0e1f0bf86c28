/// Judges the TXT records at `_mta-sts` or `_smtp._tls` before they are published.
public enum RecordLint {
    /// Reads all records of one name together, as senders do; records that begin like TLSRPT are judged as such.
    public static func lint(_ records: [[UInt8]]) -> RecordLintReport {
        let looksLikeTLSRPT = records.contains { $0.prefix(8).map(\.lowercased).spells("v=tlsrpt") }
        return looksLikeTLSRPT ? lintTLSRPT(records) : lintSTS(records)
    }

    private static func lintSTS(_ records: [[UInt8]]) -> RecordLintReport {
        switch STSRecordParser.parse(records: records) {
        case .missing:
            return missing(.mtaSTS, records, version: "v=STSv1;")
        case .multiple(let raws):
            return multiple(.mtaSTS, raws, records)
        case .invalid(let errors, let raw):
            return RecordLintReport(
                kind: .mtaSTS, status: .invalid, errors: errors, findings: ignored(records, used: [raw]))
        case .valid(let record, let lenient, let raw):
            let extensions = record.extensions.map {
                LintRemark(.recordExtension, .info, "extension field `\($0.name)` (ignored by senders)")
            }
            return RecordLintReport(
                kind: .mtaSTS, status: .valid, id: record.id,
                findings: (lenient ? [blank("v=STSv1;")] : []) + extensions + ignored(records, used: [raw]))
        }
    }

    private static func lintTLSRPT(_ records: [[UInt8]]) -> RecordLintReport {
        switch TLSRPTParser.parse(records: records) {
        case .missing:
            return missing(.tlsrpt, records, version: "v=TLSRPTv1;")
        case .multiple(let raws):
            return multiple(.tlsrpt, raws, records)
        case .invalid(let errors, let raw):
            return RecordLintReport(
                kind: .tlsrpt, status: .invalid, errors: errors, findings: ignored(records, used: [raw]))
        case .valid(let record, let lenient, let raw):
            return RecordLintReport(
                kind: .tlsrpt, status: .valid, rua: record.rua,
                findings: (lenient ? [blank("v=TLSRPTv1;")] : []) + ignored(records, used: [raw]))
        }
    }

    /// Nothing is a record of the kind: tell where the first one leaves the required beginning.
    private static func missing(
        _ kind: RecordLintReport.Kind, _ records: [[UInt8]], version: String
    ) -> RecordLintReport {
        let first = records.first ?? []
        let same = zip(first, version.utf8).prefix { $0 == $1 }.count
        let error =
            same < first.count
            ? SyntaxError(column: same + 1, found: first[same...], expected: "a record that begins `\(version)`")
            : SyntaxError(column: same + 1, end: "end of record", expected: "a record that begins `\(version)`")
        return RecordLintReport(kind: kind, status: .missing, errors: [error])
    }

    private static func multiple(
        _ kind: RecordLintReport.Kind, _ raws: [[UInt8]], _ records: [[UInt8]]
    ) -> RecordLintReport {
        let error = SyntaxError(
            column: 1, end: "\(raws.count) records", expected: "exactly one: senders use none of several")
        return RecordLintReport(kind: kind, status: .multiple, errors: [error], findings: ignored(records, used: raws))
    }

    private static func blank(_ version: String) -> LintRemark {
        LintRemark(
            .recordLenient, .warning, "a record that does not begin `\(version)` exactly: some senders reject it")
    }

    private static func ignored(_ records: [[UInt8]], used: [[UInt8]]) -> [LintRemark] {
        records.filter { !used.contains($0) }.map {
            LintRemark(.recordIgnored, .info, "another TXT record is ignored: `\(VisibleText.escape($0, limit: 64))`")
        }
    }
}
