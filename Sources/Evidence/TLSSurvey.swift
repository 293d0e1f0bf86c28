/// What one address shows to clients that ask otherwise than the usual look does; looked at on a slower rhythm.
public struct TLSSurvey: Hashable, Sendable, Codable {
    /// What became of one more handshake.
    public enum Look: Hashable, Sendable, Codable {
        /// There was no question to ask.
        case notAsked
        case shown(TLSSession)
        /// The server said no to this client, in TLS, or showed what it shows everybody.
        case refused(String)
        /// The look told nothing: no connection, no STARTTLS, a timeout.
        case failed(String)
    }

    public let key: SessionKey
    /// The SHA-256 of the leaf that the usual look saw; nil where its handshake failed.
    public let leaf: String?
    /// To a client that takes only keys of the other family (RFC 8446 4.2.3).
    public let otherKey: Look
    /// To a client that sends no server name (RFC 6066 3).
    public let withoutName: Look

    public init(key: SessionKey, leaf: String?, otherKey: Look, withoutName: Look) {
        self.key = key
        self.leaf = leaf
        self.otherKey = otherKey
        self.withoutName = withoutName
    }

    /// True when nothing was asked, or something was learned.
    public var isTelling: Bool {
        [otherKey, withoutName].allSatisfy { if case .failed = $0 { false } else { true } }
    }
}

/// What the server name changes about the certificate that an address shows.
public enum ServerNameUse: Hashable, Sendable {
    /// The same certificate without a name: it is the default, and the name is ignored or not known there.
    case ignored
    /// Another certificate without a name: the server picks by name.
    case picks(default: TLSSession)
    /// No handshake without a name.
    case required
    /// A handshake only without a name: with ours the server breaks it off.
    case rejected(default: TLSSession)
}

extension SessionEvidence {
    /// The chain of the other key family; nil where the server has only one, or it was not looked at.
    public var alternate: TLSSession? {
        guard outcome == .ok, let family = tls?.leaf?.keyFamily, case .shown(let other)? = survey?.otherKey,
            other.leaf?.keyFamily == family.other
        else { return nil }
        return other
    }

    /// What is known of the server's use of SNI; nil where nobody asked, or the certificate has changed since.
    public var serverNameUse: ServerNameUse? {
        guard let survey, survey.leaf == tls?.leaf?.sha256 else { return nil }
        switch survey.withoutName {
        case .notAsked, .failed: return nil
        case .refused: return tls == nil ? nil : .required
        case .shown(let other):
            guard let leaf = tls?.leaf else { return .rejected(default: other) }
            return other.leaf?.sha256 == leaf.sha256 ? .ignored : .picks(default: other)
        }
    }

    /// True where one more look can tell something: a session stands, or its handshake was broken off.
    public var isSurveyable: Bool {
        guard case .offered = starttls else { return false }
        switch outcome {
        case .ok: return tls?.leaf != nil
        case .tls(let failure): return failure.kind != .legacyOnly && tls == nil
        default: return false
        }
    }
}
