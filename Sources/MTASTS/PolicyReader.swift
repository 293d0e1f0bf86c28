/// Reads a policy line by line, to the letter; keeps what could be read also where the whole is invalid.
struct PolicyReader {
    private(set) var errors: [SyntaxError] = []
    private(set) var fields = PolicyFields()
    private(set) var remarks: [LintRemark] = []
    /// The policy, once `finish` has found no error.
    private(set) var policy: STSPolicy?
    /// A max_age of at most ten digits over the limit, the one flaw that strict senders let pass.
    private(set) var excessiveMaxAge: Int?

    private var mode: STSPolicy.Mode?
    private var maxAge: Int?
    private var patterns: [MXPattern] = []
    private var patternLines: [Int] = []
    /// Where each key stood first.
    private var firstLines: [[UInt8]: Int] = [:]

    /// Takes an error that concerns the whole file.
    mutating func refuse(_ error: SyntaxError) { errors.append(error) }

    mutating func read(_ line: PolicyLine) {
        switch line.field() {
        case .failure(let error): errors.append(error)
        case .success(let field): read(field, in: line)
        }
    }

    private mutating func read(_ field: PolicyLine.Field, in line: PolicyLine) {
        remarks += PolicyRemarks.spacing(of: field, in: line)
        if field.value.isEmpty {
            // An empty mx is no second mx error at the end of the file; of the others the first counts, also when empty.
            if field.key.spells("mx") { noteFirst(field.key, line) } else { keep(field, in: line) }
            errors.append(line.error(at: field.value.startIndex, "a value"))
            return
        }
        if field.key.spells("mx") {
            readMX(field, in: line)
            return
        }
        // All but the first of a key are ignored (RFC 8461 3.2), but they still have to fit the grammar's widest form.
        let isFirst = keep(field, in: line)
        if let index = line.indexOutsideExtension(field.value) {
            errors.append(line.error(at: index, "printable UTF-8 text without tabs"))
            return
        }
        guard isFirst else { return }
        switch field.key {
        case _ where field.key.spells("version"): readVersion(field.value, in: line)
        case _ where field.key.spells("mode"): readMode(field.value, in: line)
        case _ where field.key.spells("max_age"): readMaxAge(field.value, in: line)
        default: remarks.append(PolicyRemarks.unknownKey(field.key, line: line.number))
        }
    }

    /// Notes a key; false and a remark where it stood before.
    @discardableResult
    private mutating func keep(_ field: PolicyLine.Field, in line: PolicyLine) -> Bool {
        if let first = firstLines[Array(field.key)] {
            remarks.append(PolicyRemarks.duplicateKey(field.key, line: line.number, first: first))
            return false
        }
        noteFirst(field.key, line)
        guard !field.value.isEmpty else { return true }
        let value = line.value(field.value)
        if field.key.spells("version") { fields.version = value }
        if field.key.spells("mode") { fields.mode = value }
        if field.key.spells("max_age") { fields.maxAge = value }
        return true
    }

    private mutating func noteFirst(_ key: ArraySlice<UInt8>, _ line: PolicyLine) {
        if firstLines[Array(key)] == nil { firstLines[Array(key)] = line.number }
    }

    private mutating func readVersion(_ value: ArraySlice<UInt8>, in line: PolicyLine) {
        if !value.spells("STSv1") { errors.append(line.error(at: value.startIndex, "`STSv1`")) }
    }

    private mutating func readMode(_ value: ArraySlice<UInt8>, in line: PolicyLine) {
        mode = STSPolicy.Mode(rawValue: String(decoding: value, as: UTF8.self))
        if mode == nil { errors.append(line.error(at: value.startIndex, "`enforce`, `testing` or `none`")) }
    }

    private mutating func readMaxAge(_ value: ArraySlice<UInt8>, in line: PolicyLine) {
        if let wrong = value.firstIndex(where: { !$0.isDigit }) {
            errors.append(line.error(at: wrong, "1 to 10 digits and nothing else"))
        } else if value.count > 10 {
            errors.append(line.error(at: value.startIndex + 10, "at most 10 digits"))
        } else {
            let seconds = value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            maxAge = seconds
            guard seconds > STSPolicy.greatestMaxAge else { return }
            excessiveMaxAge = seconds
            errors.append(
                line.error(at: value.startIndex, "at most \(STSPolicy.greatestMaxAge) seconds (one year)"))
        }
    }

    private mutating func readMX(_ field: PolicyLine.Field, in line: PolicyLine) {
        noteFirst(field.key, line)
        fields.mx.append(line.value(field.value))
        switch MXPattern.read(field.value) {
        case .success(let pattern):
            patterns.append(pattern)
            patternLines.append(line.number)
        case .failure(let flaw):
            errors.append(line.error(at: field.value.startIndex + flaw.offset, flaw.expected))
        }
    }

    /// Looks for what is missing and puts the policy together.
    mutating func finish(lines: [PolicyLine]) {
        func missing(_ expected: String) -> SyntaxError {
            SyntaxError(line: lines.count + 1, column: 1, end: "end of file", expected: expected)
        }
        if firstLines[Array("version".utf8)] == nil { errors.append(missing("a line `version: STSv1`")) }
        if firstLines[Array("mode".utf8)] == nil {
            errors.append(missing("a line `mode: enforce`, `testing` or `none`"))
        }
        if firstLines[Array("max_age".utf8)] == nil {
            errors.append(missing("a line `max_age:` and a number of seconds"))
        }
        if mode != STSPolicy.Mode.none, firstLines[Array("mx".utf8)] == nil {
            errors.append(missing("at least one `mx:` line"))
        }
        remarks += PolicyRemarks.file(lines)
        remarks += PolicyRemarks.values(
            mode: mode, maxAge: maxAge, mx: zip(patterns, patternLines).map { ($0, $1) }, fields: fields)
        guard errors.isEmpty, let mode, let maxAge else { return }
        policy = STSPolicy(mode: mode, maxAge: maxAge, mx: patterns)
    }

    /// What there is to read when a max_age over the limit is the only error; nil without a mode.
    var policyWithCappedMaxAge: STSPolicy? {
        mode.map { STSPolicy(mode: $0, maxAge: STSPolicy.greatestMaxAge, mx: patterns) }
    }
}

extension PolicyLine {
    fileprivate func value(_ bytes: ArraySlice<UInt8>) -> PolicyFields.Value {
        PolicyFields.Value(line: number, column: column(of: bytes.startIndex), bytes: Array(bytes))
    }

    /// Index of the first byte that no extension value may hold (RFC 8461 3.2 sts-policy-ext-value).
    fileprivate func indexOutsideExtension(_ value: ArraySlice<UInt8>) -> Int? {
        value.firstUnprintable.map { value.startIndex + $0 }
    }
}
