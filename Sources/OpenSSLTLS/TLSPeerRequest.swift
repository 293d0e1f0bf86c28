/// What a server may ask of its client after the handshake; the lab asks it too often, to see that clients bear it.
public enum TLSPeerRequest: Hashable, Sendable {
    /// A new handshake (HelloRequest, RFC 5246 7.4.1.1): TLS 1.2 only.
    case renegotiation
    /// A new key, to be answered with one (RFC 8446 4.6.3): TLS 1.3 only.
    case keyUpdate
}
