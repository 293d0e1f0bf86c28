public import MTASTS

/// What identifies one probe: every domain that needs the same three shares one connection.
public struct SessionKey: Hashable, Sendable, Codable {
    public let address: IPAddress
    /// TCP port, 25 outside of tests.
    public let port: Int
    /// Sent as SNI: the MX host name (RFC 8461 4.2), or the TLSA base domain behind it (RFC 7672 8.1).
    public let serverName: DomainName

    public init(address: IPAddress, port: Int, serverName: DomainName) {
        self.address = address
        self.port = port
        self.serverName = serverName
    }
}

/// How far the conversation with one MX address came.
public enum ConnectionOutcome: Hashable, Sendable, Codable {
    /// The dialogue was finished: EHLO and, where offered, STARTTLS and the handshake.
    case ok
    /// RST to SYN.
    case refused
    /// No answer within the deadline; the text names the step.
    case timeout(String)
    /// The peer closed or reset early; the text names the step.
    case closed(String)
    /// A router said that the host cannot be reached: the step in words.
    case unreachable(String)
    /// The banner or EHLO was answered with 4xx or 5xx: the code and the text.
    case banner(code: Int, text: String)
    /// TLS was begun and failed.
    case tls(TLSFailure)
    /// Our own network said no, or the peer broke the protocol or a limit, in words; the dialogue tells which.
    case error(String)
    /// Not tried: the address is not for public mail and private addresses are not allowed.
    case notProbed(String)
}

/// Why a handshake failed.
public struct TLSFailure: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// An alert, garbage, or an early close in the handshake.
        case handshake
        /// No answer in the handshake, within our time.
        case silence
        /// A second, permissive attempt reached only TLS 1.0 or 1.1.
        case legacyOnly
        /// The fatal alert unrecognized_name (RFC 6066 3): the server has nothing for the name we asked for.
        case unknownName
    }

    public let kind: Kind
    /// The reason in OpenSSL's or our words.
    public let reason: String

    public init(kind: Kind, reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// What became of STARTTLS (RFC 3207).
public enum STARTTLSStatus: Hashable, Sendable, Codable {
    /// Offered, and accepted with 220.
    case offered
    /// EHLO was answered without it.
    case missing
    /// A mangled keyword such as `XXXXXXXA`, or masked replies: a firewall or an attack.
    case masked(String)
    /// Offered, then answered 4xx or 5xx.
    case refused(code: Int, text: String)
    /// Plain bytes came with or after the 220, before TLS (CVE-2011-0411 class).
    case injected(String)
    /// The dialogue never came so far.
    case unknown
}

/// One conversation with one MX address.
public struct SessionEvidence: Hashable, Sendable, Codable {
    public let key: SessionKey
    public let outcome: ConnectionOutcome
    public let starttls: STARTTLSStatus
    /// The handshake, when it was completed.
    public var tls: TLSSession?
    public let dialogue: SMTPDialogue
    /// Milliseconds from the first SYN to the banner's arrival; nil when it never came.
    public let connectMilliseconds: Int?
    /// Milliseconds of the handshake; nil when there was none.
    public let tlsMilliseconds: Int?
    /// What other clients are shown; nil before that was looked at.
    public var survey: TLSSurvey?
    /// True where this is the worse of two kinds of look that take turns: servers that differ answer at the address.
    public var takesTurns: Bool?

    public init(
        key: SessionKey, outcome: ConnectionOutcome, starttls: STARTTLSStatus, tls: TLSSession? = nil,
        dialogue: SMTPDialogue = SMTPDialogue(), connectMilliseconds: Int? = nil, tlsMilliseconds: Int? = nil,
        survey: TLSSurvey? = nil
    ) {
        self.key = key
        self.outcome = outcome
        self.starttls = starttls
        self.tls = tls
        self.dialogue = dialogue
        self.connectMilliseconds = connectMilliseconds
        self.tlsMilliseconds = tlsMilliseconds
        self.survey = survey
    }

    /// The same conversation with what a survey of its address told.
    public func with(_ survey: TLSSurvey?) -> SessionEvidence {
        var next = self
        next.survey = survey
        return next
    }
}

extension SessionEvidence {
    /// True when we could not look from here: the failure is ours, not theirs.
    public var isBlind: Bool {
        switch outcome {
        case .error: !dialogue.lines.contains { $0.speaker == .server }
        case .banner(_, let text): Self.namesUs(text)
        case .ok, .refused, .timeout, .closed, .unreachable, .tls, .notProbed: false
        }
    }

    /// True for a greeting that turns this machine's address away, as block lists make servers do: it says nothing of
    /// what senders at other addresses meet.
    private static func namesUs(_ greeting: String) -> Bool {
        let words = greeting.lowercased()
        return [
            "listed", "block list", "blocklist", "blacklist", "blocked", "dnsbl", "rbl", "spamhaus", "reputation",
            "your ip", "your address", "your host", "client host", "dynamic ip", "reverse dns", "ptr record",
        ].contains { words.contains($0) }
    }
}
