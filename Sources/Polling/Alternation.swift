import Evidence

/// Good and bad looks at one MX address that take turns: two servers behind it, told from one that erred once, from an
/// outage and from its repair.
struct Alternation {
    /// So many turns make it two servers. So many looks in a row that agree are one server, however it stands; where
    /// there were two, a single one is believed only after more.
    private static let (mostTurns, steady, calm) = (3, 5, 10)

    /// The last bad look.
    private(set) var worse: SessionEvidence
    private var isBad = true
    private var run = 1
    private var turns = 0

    init(_ worse: SessionEvidence) {
        self.worse = worse
    }

    mutating func sawBad(_ session: SessionEvidence) {
        worse = session
        see(isBad: true)
    }

    mutating func sawGood() { see(isBad: false) }

    private mutating func see(isBad: Bool) {
        if isBad == self.isBad {
            run += 1
            if run >= (isProven ? Self.calm : Self.steady) { turns = 0 }
        } else {
            self.isBad = isBad
            run = 1
            turns += 1
        }
    }

    /// Both are met: what is bad is not mended by the other one.
    var isProven: Bool { turns >= Self.mostTurns }
    /// What senders meet while they meet both: the bad one, marked, until it has been alone for a while.
    var met: SessionEvidence {
        var met = worse
        met.takesTurns = isProven && !(isBad && run >= Self.steady) ? true : nil
        return met
    }

    /// All has been good for a while.
    var isOver: Bool { !isBad && turns == 0 }
    /// One good look after a bad one decides nothing yet.
    var isOpen: Bool { !isBad && !isProven && turns > 0 && run < 3 }
}

extension SessionEvidence {
    /// True where the way the server is set up is at fault; what a busy server says, or does not say, is not.
    fileprivate var isSetUpWrong: Bool {
        switch outcome {
        case .ok: if case .refused = starttls { false } else { true }
        case .tls(let failure): failure.kind != .handshake && failure.kind != .silence
        case .refused, .timeout, .closed, .unreachable, .banner, .error, .notProbed: false
        }
    }
}

extension Poller {
    /// What a look at an MX address counts for: where good and bad looks take turns, senders meet both servers, so the
    /// bad one counts, as one of two, until it is seen no more.
    func counted(_ key: FactKey, _ value: FactValue, _ soundness: FactVerdict.Soundness) -> FactValue {
        guard case .session(let session) = value else { return value }
        if soundness == .given {
            guard session.isSetUpWrong else { return value }
            var alternation = alternations[key]
            alternation?.sawBad(session)
            let seen = alternation ?? Alternation(session)
            alternations[key] = seen
            return .session(seen.met)
        }
        guard soundness == .good, !value.isBlind, var alternation = alternations[key] else { return value }
        alternation.sawGood()
        alternations[key] = alternation.isOver ? nil : alternation
        return alternation.isProven ? .session(alternation.met) : value
    }
}
