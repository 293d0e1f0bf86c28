public import Evidence

extension LookupFailure {
    /// The failure in a few words.
    public var words: String {
        switch self {
        case .serverFailure: "SERVFAIL"
        case .timeout: "no answer in time"
        case .refused(let rcode): rcode == 5 ? "REFUSED" : "error code \(rcode)"
        case .bogus(let reason): reason.isEmpty ? "DNSSEC bogus" : "DNSSEC bogus: \(reason)"
        case .malformed(let reason): "unreadable answer: \(reason)"
        case .aliasLoop: "CNAME loop"
        case .resolver(let reason): "resolver: \(reason)"
        }
    }

    /// True when somebody answered: the failure is theirs, not the network's or ours.
    public var isTheirs: Bool {
        switch self {
        case .serverFailure, .refused, .bogus, .malformed, .aliasLoop: true
        case .timeout, .resolver: false
        }
    }
}

extension CertificateStanding {
    /// A chain, whatever names its leaf has.
    public init(_ trust: ChainTrust) {
        self =
            switch trust {
            case .trusted: .good
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .selfSigned: .selfSigned
            case .incomplete: .incomplete
            case .untrusted: .untrusted
            case .weak: .weak
            case .invalid: .invalid
            }
    }

    /// One or two words for a column or a clause.
    public var words: String {
        switch self {
        case .good: "good"
        case .expired: "expired"
        case .notYetValid: "not yet valid"
        case .selfSigned: "self-signed"
        case .incomplete: "chain incomplete"
        case .untrusted: "untrusted"
        case .weak: "weak"
        case .wrongName: "wrong name"
        case .invalid: "invalid"
        case .none: "none"
        }
    }
}

extension AddressJudgement {
    /// True where TLSA records are in force or should be, whether or not a chain was shown to hold against them.
    var isUnderDANE: Bool {
        switch acceptance[.dane] {
        case .accepts, .refuses: true
        case .unknown, .notApplicable, nil: false
        }
    }
}
