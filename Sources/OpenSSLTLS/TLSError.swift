/// What `TLSHandler` sends through `errorCaught`, once, before it closes the channel.
public enum TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The handshake failed; OpenSSL's words for it, or `not TLS: ...` when the peer's bytes are no TLS records.
    case handshake(String)
    /// The handshake failed because the peer offers only older protocol versions (RFC 8996).
    case legacyPeer(String)
    /// The handshake failed because the peer has nothing for the server name: the fatal alert of RFC 6066 3.
    case unknownName(String)
    /// The connection ended during the handshake, or after it without close_notify (RFC 8446 6.1).
    case closedEarly
    /// A record after the handshake could not be read or written.
    case read(String)
    /// The peer sent more than we take: handshake bytes, certificates, records without data.
    case limit(String)

    public var description: String {
        switch self {
        case .handshake(let reason): "TLS handshake failed: \(reason)"
        case .legacyPeer(let reason): "only old TLS versions are offered: \(reason)"
        case .unknownName(let reason): "the server name is not known there: \(reason)"
        case .closedEarly: "the connection ended without TLS close_notify"
        case .read(let reason): "TLS record failed: \(reason)"
        case .limit(let what): "TLS limit passed: \(what)"
        }
    }
}
