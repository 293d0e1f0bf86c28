/// The rules of a sender that splits each line of a policy at the colon and asks little more.
struct SenderDialect {
    enum Answer { case skip, reject }
    enum Repeated { case first, last, reject }
    enum OverLimit { case accept, cap, reject }

    /// A CR alone ends a line too.
    var splitsAtCR = false
    var allowsNonASCII = true
    var rejectsControls = false
    var blankLine = Answer.skip
    var withoutColon = Answer.skip
    /// A second colon in a line spoils it.
    var oneColonOnly = false
    /// Lines with a brace are skipped.
    var skipsBraces = false
    /// White space around a line goes first, so that a line of nothing else is a blank one.
    var trimsLine = false
    var trimsKey = false
    /// A byte order mark counts as white space.
    var trimsMark = false
    /// Keys and mode are compared without case.
    var ignoresCase = false
    /// Which counts when a key other than mx is repeated.
    var repeated = Repeated.first
    /// A file without mode is read as mode none.
    var modeMayBeMissing = false
    var number = SenderNumber.unsigned
    var overLimit = OverLimit.accept
    var allowsZero = true
    /// An mx value that is no host name spoils the file.
    var checksHosts = false
    var needsMXInModeNone = false

    /// Reads the file as that sender does; nil when it rejects it.
    func read(_ bytes: [UInt8]) -> STSPolicy? {
        if !allowsNonASCII, bytes.contains(where: { $0 >= 0x80 }) { return nil }
        var values: [String: ArraySlice<UInt8>] = [:]
        var hosts: [ArraySlice<UInt8>] = []
        for line in lines(of: bytes) {
            switch parts(of: line) {
            case .skip: continue
            case .reject: return nil
            case .field("mx", let value): hosts.append(value)
            case .field(let key, let value):
                if values[key] == nil || repeated == .last {
                    values[key] = value
                } else if repeated == .reject, ["version", "mode", "max_age"].contains(key) {
                    return nil
                }
            }
        }
        return policy(values, hosts)
    }

    private func policy(_ values: [String: ArraySlice<UInt8>], _ hosts: [ArraySlice<UInt8>]) -> STSPolicy? {
        guard values["version"]?.spells("STSv1") == true, let mode = mode(values["mode"]),
            let age = values["max_age"].flatMap(number.read), age >= (allowsZero ? 0 : 1),
            overLimit != .reject || age <= STSPolicy.greatestMaxAge
        else { return nil }
        if hosts.isEmpty, mode != .none || needsMXInModeNone { return nil }
        if checksHosts, hosts.contains(where: { !Self.isHost($0) }) { return nil }
        return STSPolicy(
            mode: mode, maxAge: min(age, STSPolicy.greatestMaxAge), mx: hosts.compactMap(MXPattern.readLoosely))
    }

    private func mode(_ value: ArraySlice<UInt8>?) -> STSPolicy.Mode? {
        guard let value else { return modeMayBeMissing ? STSPolicy.Mode.none : nil }
        return STSPolicy.Mode(
            rawValue: String(decoding: ignoresCase ? value.map(\.lowercased) : Array(value), as: UTF8.self))
    }

    private static func isHost(_ value: ArraySlice<UInt8>) -> Bool {
        let host = value.dropFirst(value.begins(with: "*.") ? 2 : 0)
        let labels = DomainName(bytes: host)?.labels
        // An IPv4 address is refused, a dot at the end is not.
        return labels != nil && DomainName(bytes: host)?.isHostName == true
            && !(labels?.count == 4 && labels?.allSatisfy { $0.utf8.allSatisfy(\.isDigit) } == true)
    }
}
