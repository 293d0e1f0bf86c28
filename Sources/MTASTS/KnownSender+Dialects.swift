extension KnownSender {
    /// The rules of the senders that split each line at the colon; nil for those with a parser of another kind.
    var dialect: SenderDialect? {
        switch self {
        case .mox, .stalwart: return nil
        case .postfixResolver:
            var dialect = SenderDialect()
            dialect.splitsAtCR = true
            dialect.allowsNonASCII = false
            dialect.number = .python
            dialect.overLimit = .reject
            return dialect
        case .tlspol:
            var dialect = SenderDialect()
            dialect.withoutColon = .reject
            dialect.trimsLine = true
            dialect.trimsKey = true
            dialect.skipsBraces = true
            dialect.rejectsControls = true
            dialect.modeMayBeMissing = true
            dialect.number = .unsigned
            dialect.overLimit = .cap
            dialect.checksHosts = true
            return dialect
        case .chasquid:
            var dialect = SenderDialect()
            dialect.trimsKey = true
            dialect.repeated = .last
            dialect.number = .signed
            dialect.allowsZero = false
            dialect.needsMXInModeNone = true
            return dialect
        case .goMTASTS:
            var dialect = SenderDialect()
            dialect.blankLine = .reject
            dialect.withoutColon = .reject
            dialect.oneColonOnly = true
            dialect.repeated = .last
            dialect.number = .signed
            return dialect
        case .kumoMTA:
            var dialect = SenderDialect()
            dialect.withoutColon = .reject
            dialect.trimsKey = true
            dialect.repeated = .reject
            dialect.number = .plusAllowed
            return dialect
        case .mailauth:
            var dialect = SenderDialect()
            dialect.trimsKey = true
            dialect.trimsMark = true
            dialect.ignoresCase = true
            dialect.repeated = .last
            dialect.modeMayBeMissing = true
            dialect.number = .javaScript
            dialect.overLimit = .reject
            return dialect
        }
    }
}
