/// Keeps certificates beside what is encoded, each once however many chains hold it.
public protocol CertificateVault: AnyObject {
    /// Keeps a certificate (DER); returns the number under which it is had again.
    func keep(_ der: [UInt8]) throws -> Int64
    /// The certificate of a number (DER).
    func certificate(_ number: Int64) throws -> [UInt8]
}

extension CodingUserInfoKey {
    /// Where a coder's user information holds a `CertificateVault`; without one the certificates are encoded in place.
    public static var certificateVault: CodingUserInfoKey { CodingUserInfoKey(name: "certificateVault") }

    private init(name: String) {
        guard let key = CodingUserInfoKey(rawValue: name) else { preconditionFailure("any text is a key") }
        self = key
    }
}

extension CertificateChain: Codable {
    private enum CodingKeys: CodingKey {
        case der, kept
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let numbers = try container.decodeIfPresent([Int64].self, forKey: .kept) {
            guard let vault = decoder.userInfo[.certificateVault] as? any CertificateVault else {
                throw DecodingError.dataCorruptedError(
                    forKey: .kept, in: container, debugDescription: "the certificates are kept elsewhere")
            }
            self.init(der: try numbers.map(vault.certificate))
        } else {
            self.init(der: try container.decode([RawBytes].self, forKey: .der).map(\.bytes))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let vault = encoder.userInfo[.certificateVault] as? any CertificateVault {
            try container.encode(try der.map(vault.keep), forKey: .kept)
        } else {
            try container.encode(der.map(RawBytes.init), forKey: .der)
        }
    }
}
