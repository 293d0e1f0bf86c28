public import Evidence
public import FoundationEssentials
public import MTASTS

/// What one sender class does at one MX host or address.
public enum Acceptance: Hashable, Sendable {
    case accepts
    /// Would not deliver there; the reason is one short clause.
    case refuses(String)
    case unknown(String)
    /// The class has nothing to say here (no DANE, no policy).
    case notApplicable

    public var isRefusal: Bool {
        if case .refuses = self { return true }
        return false
    }

    /// True where nobody could tell.
    public var isUnknown: Bool {
        if case .unknown = self { return true }
        return false
    }
}

/// How the chain of an MX address stands for WebPKI: what a sender that enforces MTA-STS thinks of it.
public enum CertificateStanding: Hashable, Sendable {
    case good
    case expired, notYetValid, selfSigned, incomplete, untrusted, weak, wrongName, invalid
    /// No handshake was completed.
    case none
}

/// The DANE verdict for one address.
public enum DANEStanding: String, Hashable, Sendable, Codable {
    case match, mismatch, unusable, none, insecure, failed, bogus, unknown
}

/// One chain that an address shows, judged.
public struct ChainJudgement: Hashable, Sendable {
    /// Nil where the address has only one chain, as far as is known.
    public let family: KeyFamily?
    public let tls: TLSSession
    public let certificate: CertificateStanding
    public let dane: DANEStanding
    /// What the TLSA records say of it over time; nil where there are none.
    public let timeline: DANETimeline?
    /// Keyed by class: what a sender that negotiates this chain does; absent are classes that are not shown it.
    public let acceptance: [SenderClass: Acceptance]

    /// When the chain, good now, ends: for those that ask WebPKI, and where a TLSA match ends with it (DANE-TA; DANE-EE
    /// ignores dates, RFC 7672 3.1.1).
    func ends(after now: Date) -> [(sender: SenderClass, at: Date)] {
        let isWeb = acceptance[.mtaSTS] != nil
        let web = isWeb ? tls.trust.trustedUntil(from: now).map { (sender: SenderClass.mtaSTS, at: $0) } : nil
        guard dane == .match, let timeline else { return [web].compactMap { $0 } }
        let mismatch = timeline.turns(after: now).first { turn in
            if case .mismatch = timeline.match(at: turn) { true } else { false }
        }
        return [web, mismatch.map { (sender: SenderClass.dane, at: $0) }].compactMap { $0 }
    }
}

/// One address of one MX host, judged.
public struct AddressJudgement: Hashable, Sendable {
    public let address: IPAddress
    /// The conversation; nil before the first.
    public let session: SessionEvidence?
    /// When that conversation was held.
    public let at: Date?
    public let certificate: CertificateStanding
    public let dane: DANEStanding
    /// Keyed by class; `cached` is absent, since it depends on the version held.
    public let acceptance: [SenderClass: Acceptance]
    /// The chain of the session, then the one of the other key family; empty where no handshake was completed.
    public let chains: [ChainJudgement]
    /// What DANE senders are shown in their place, where they send another name as SNI; nil where they do not.
    public let baseChains: [ChainJudgement]?
    /// Keyed by class: why some senders are refused where others are accepted, by the chain that they negotiate or the
    /// server that they meet.
    public let split: [SenderClass: String]

    public init(
        address: IPAddress, session: SessionEvidence?, at: Date?, certificate: CertificateStanding,
        dane: DANEStanding, acceptance: [SenderClass: Acceptance], chains: [ChainJudgement] = [],
        baseChains: [ChainJudgement]? = nil, split: [SenderClass: String] = [:]
    ) {
        self.address = address
        self.session = session
        self.at = at
        self.certificate = certificate
        self.dane = dane
        self.acceptance = acceptance
        self.chains = chains
        self.baseChains = baseChains
        self.split = split
    }

    /// The chains that DANE senders are shown.
    public var daneChains: [ChainJudgement] { baseChains ?? chains }
    /// Those that any sender is shown.
    var allChains: [ChainJudgement] { chains + (baseChains ?? []) }
}

/// One MX host of a domain, judged.
public struct HostJudgement: Hashable, Sendable {
    public let host: DomainName
    /// 0 for an implicit MX.
    public let preference: Int
    /// Whether the live policy covers it; nil where no policy is in force.
    public let inPolicy: Bool?
    /// The TLSA records in presentation form; empty where there are none.
    public let tlsa: [String]
    public let addresses: [AddressJudgement]
    /// Keyed by class: what a sender of the class does at this host; `mta-sts` as mode enforce would.
    public let acceptance: [SenderClass: Acceptance]
    /// Keyed by class: why some senders are refused at every address that accepts others, by the key they negotiate.
    public let split: [SenderClass: String]

    public init(
        host: DomainName, preference: Int, inPolicy: Bool?, tlsa: [String], addresses: [AddressJudgement],
        acceptance: [SenderClass: Acceptance], split: [SenderClass: String] = [:]
    ) {
        self.host = host
        self.preference = preference
        self.inPolicy = inPolicy
        self.tlsa = tlsa
        self.addresses = addresses
        self.acceptance = acceptance
        self.split = split
    }
}
