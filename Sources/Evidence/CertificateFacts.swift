public import FoundationEssentials
public import MTASTS

/// What one certificate of a chain says; read once from its DER.
public struct CertificateFacts: Hashable, Sendable, Codable {
    /// Subject and issuer as one line (RFC 2253), hostile bytes escaped; at most 256 characters.
    public let subject: String
    public let issuer: String
    /// The issuer's common name, or its organisation: what a narrow column shows.
    public let issuerShort: String
    /// SAN dNSNames as written (lower case, may start with `*.`); at most 1,000.
    public let names: [String]
    public let notBefore: Date
    public let notAfter: Date
    /// `RSA 2048`, `EC P-256`, `Ed25519`.
    public let key: String
    /// The key's size in bits.
    public let keyBits: Int
    /// The signature algorithm's short name, such as `ecdsa-with-SHA256`.
    public let signature: String
    /// True when issuer and subject are the same and the key signs itself.
    public let isSelfSigned: Bool
    /// SHA-256 over the DER, lower case hexadecimal.
    public let sha256: String
    /// SHA-256 over the SubjectPublicKeyInfo, lower case hexadecimal.
    public let publicKeySHA256: String

    public init(
        subject: String, issuer: String, issuerShort: String, names: [String], notBefore: Date, notAfter: Date,
        key: String, keyBits: Int, signature: String, isSelfSigned: Bool, sha256: String, publicKeySHA256: String
    ) {
        self.subject = subject
        self.issuer = issuer
        self.issuerShort = issuerShort
        self.names = names
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.key = key
        self.keyBits = keyBits
        self.signature = signature
        self.isSelfSigned = isSelfSigned
        self.sha256 = sha256
        self.publicKeySHA256 = publicKeySHA256
    }

    /// Equal but for ASCII case; a chain may hold a thousand names, so none of them is parsed.
    private static func isSame(_ left: Substring.UTF8View, _ right: Substring.UTF8View) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { one, other in
            one == other || ((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(one) && one | 0x20 == other)
        }
    }

    /// True when a SAN dNSName covers the host: equal, or `*.` for exactly its left-most label; the CN is never
    /// consulted, and a dot at the end of a SAN makes it no host's name (RFC 6125 6.4, RFC 8461 4.2).
    public func covers(_ host: DomainName) -> Bool {
        let parent = host.parent?.text
        return names.contains { name in
            let rest = name.utf8[...]
            guard rest.starts(with: "*.".utf8) else { return Self.isSame(rest, host.text.utf8[...]) }
            return parent.map { Self.isSame(rest.dropFirst(2), $0.utf8[...]) } ?? false
        }
    }
}
