public import Evidence
import FoundationEssentials

/// What a TLS server shows and signs with: a chain and its key, as PEM.
public struct LabIdentity: Hashable, Sendable {
    /// The certificates as they are sent, leaf first, as DER.
    public let chain: [[UInt8]]
    /// PKCS#8, not encrypted.
    public let keyPEM: String
    /// `3 1 1`: the SHA-256 of the leaf's public key (RFC 7672 3.1.1).
    public let endEntityTLSA: TLSARecord
    /// `2 1 1`: the SHA-256 of the issuer's public key, nil for a self-signed leaf (RFC 7672 3.1.2).
    public let trustAnchorTLSA: TLSARecord?

    /// The chain as PEM, leaf first.
    public var chainPEM: String { chain.map(Self.pem(certificate:)).joined() }

    static func pem(certificate der: [UInt8]) -> String {
        "-----BEGIN CERTIFICATE-----\n"
            + Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            + "\n-----END CERTIFICATE-----\n"
    }
}
