/// What a server shows to clients that ask for one of its names.
public struct TLSServerIdentity: Sendable {
    /// SNI names in lower case; `*.example.org` covers exactly one more label.
    public let names: [String]
    /// PEM certificates, leaf first; sent as they stand, also when they do not belong together.
    public let chainPEM: String
    /// PEM private key of the leaf, not encrypted.
    public let keyPEM: String

    public init(names: [String], chainPEM: String, keyPEM: String) {
        self.names = names.map { $0.lowercased() }
        self.chainPEM = chainPEM
        self.keyPEM = keyPEM
    }

    /// True when an SNI name in lower case is one of `names`.
    func answers(to serverName: String) -> Bool {
        names.contains { name in
            guard name.hasPrefix("*.") else { return name == serverName }
            guard let dot = serverName.firstIndex(of: "."), dot != serverName.startIndex else { return false }
            return serverName[dot...] == name.dropFirst()
        }
    }
}
